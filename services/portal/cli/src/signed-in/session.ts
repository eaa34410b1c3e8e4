import { signInFirst } from '../failure.ts';
import { moment } from '../print/printable.ts';
import { signInAnew } from './device-sign-in.ts';
import { portalAt, type Portal } from './portal.ts';
import type { PortalContext } from './portal-context.ts';
import type { SignIn } from './sign-in-store.ts';

/** A token that ends while a call is on its way is of no use (ms). */
const leewayMs = 30_000;

/** The portal at which somebody is signed in. Throws `Failure` (sign in) where nobody is. */
export async function signedIn(context: PortalContext): Promise<Portal> {
  const kept = await context.signIns.read();
  if (kept === undefined) throw signInFirst('nobody is signed in. Sign in with: npx team login');
  let known = kept;
  let renewing: Promise<SignIn> | undefined;
  return portalAt(context, kept.portal, async () => {
    // All calls wait for one: a refresh token may be good for once. One that failed is not remembered: an outage of the issuer passes.
    renewing ??= fresh(context, known).finally(() => (renewing = undefined));
    known = await renewing;
    return known.accessToken;
  });
}

async function fresh(context: PortalContext, known: SignIn): Promise<SignIn> {
  const { endsAt, refreshToken, portal } = known;
  if (endsAt === undefined || context.now() < Date.parse(endsAt) - leewayMs) return known;
  if (refreshToken === undefined) throw signInFirst(`the sign-in ended at ${moment(endsAt)}. Sign in again with: npx team login --portal ${portal}`);
  const renewed = { ...known, ...(await signInAnew(context, { ...known, refreshToken })) };
  await context.signIns.write(renewed);
  return renewed;
}
