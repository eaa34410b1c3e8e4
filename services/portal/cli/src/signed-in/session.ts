import { signInFirst } from '../failure.ts';
import { moment } from '../print/printable.ts';
import type { Portal } from './portal.ts';
import type { PortalContext } from './portal-context.ts';
import type { SignIn } from './kept-sign-in.ts';

/** A token that ends while a call is on its way is of no use (ms). */
const leewayMs = 30_000;

/** The portal at which somebody is signed in. Throws `Failure` (sign in) where nobody is. */
export async function signedIn(context: PortalContext): Promise<Portal> {
  const kept = await context.signIns.read();
  if (kept === undefined) throw signInFirst('nobody is signed in. Sign in with: npx team login');
  // Loaded when there is somebody: what the portal answers takes longer to load than to say that there is nobody.
  const { portalAt } = await import('./portal.ts');
  let known = kept;
  let renewing: Promise<SignIn> | undefined;
  return portalAt(context, kept.portal, async () => {
    // All calls wait for one: a refresh token may be good for once. One that failed is not remembered: an outage of the issuer passes.
    renewing ??= fresh(context, known).finally(() => (renewing = undefined));
    known = await renewing;
    return known.accessToken;
  });
}

/** A sign-in whose token is good for now: the one that is known, what another process has renewed since, or one renewed here. */
async function fresh(context: PortalContext, known: SignIn): Promise<SignIn> {
  if (isGood(context, known)) return known;
  const kept = await sameSignIn(context, known);
  if (kept === undefined) throw signInFirst('the sign-in that this command began with was ended, or another took its place. Sign in with: npx team login');
  if (isGood(context, kept)) return kept;
  const { endsAt, refreshToken, portal } = kept;
  if (refreshToken === undefined) throw signInFirst(`the sign-in ended at ${moment(endsAt ?? '?')}. Sign in again with: npx team login --portal ${portal}`);
  const { signInAnew } = await import('./renew-sign-in.ts');
  const renewed = await signInAnew(context, { ...kept, refreshToken }).catch(async (error: unknown) => {
    // A refresh token may be good for once: who renewed it at the same time, and came first, has written what is good now.
    const others = await sameSignIn(context, known);
    if (others !== undefined && isGood(context, others)) return others;
    throw error;
  });
  // A sign-out, a sign-in or what another has renewed meanwhile is not written over.
  if ((await sameSignIn(context, known))?.accessToken === kept.accessToken) await context.signIns.write({ ...kept, ...renewed });
  return { ...kept, ...renewed };
}

const isGood = ({ now }: PortalContext, { endsAt }: SignIn): boolean => endsAt === undefined || now() < Date.parse(endsAt) - leewayMs;

/** What is kept of this sign-in by now; nothing where somebody signed out, or in anew. */
async function sameSignIn({ signIns }: PortalContext, { portal, id }: SignIn): Promise<SignIn | undefined> {
  const kept = await signIns.read();
  return kept?.portal === portal && kept.id === id ? kept : undefined;
}
