import { exitCodes, misused, refused, type ExitCode, Failure } from '../failure.ts';
import { moment, printable } from '../print/printable.ts';
import { signInByBrowser } from './browser-sign-in.ts';
import { signInByDevice, type DeviceCode } from './device-sign-in.ts';
import { atIssuer, type Tokens } from './issuer.ts';
import { onThisMachine, usualPortal } from './origin.ts';
import { configurationOf, portalAt } from './portal.ts';
import type { PortalContext } from './portal-context.ts';
import { revokeSignIn } from './renew-sign-in.ts';
import { signedIn } from './session.ts';
import type { SignIn } from './kept-sign-in.ts';
import { signInWay, type SignInWay } from './sign-in-way.ts';

export interface LoginOptions {
  readonly portal?: string;
  readonly browser?: true;
  readonly device?: true;
  readonly open: boolean;
  readonly json?: true;
}

/** `team login` */
export async function login(context: PortalContext, { portal, browser, device, open, json }: LoginOptions): Promise<ExitCode> {
  const { remark, say, signIns, openPage } = context;
  const before = await signInBefore(context);
  const origin = portal ?? before?.portal ?? usualPortal;
  const { issuer, clientId, redirectUris } = await configurationOf(context, origin);
  if (clientId === undefined) throw refused(`people sign in at ${origin} with a browser alone: its issuer has no client for this command`);
  if (!issuer.startsWith('https:') && !onThisMachine(issuer)) throw misused(`${origin} wants people to sign in at ${printable(issuer)}, which anybody on the way could read: it must be https`);
  const said: SignInWay['by'] | undefined = browser ? 'browser' : device ? 'device' : undefined;
  const tokens = await atIssuer(context, { issuer, clientId }, async (provider): Promise<Tokens> => {
    const way = signInWay(provider, { redirectUris }, { said, hasBrowser: openPage !== undefined });
    if (way.by === 'device') return signInByDevice(context, provider, (code) => tellCode(remark, code));
    // Who signs in although they are signed in wants to be fresh, for decisions.
    return signInByBrowser(context, provider, { redirectUris: way.redirectUris, again: before?.portal === origin }, (url) => {
      remark(`Open this page in a browser of this machine${open && openPage !== undefined ? ', where it does not open by itself' : ''}:\n${printable(url)}`);
      remark('Waiting for you to sign in there …');
      if (open) openPage?.(url);
    });
  });
  const me = await portalAt(context, origin, async () => tokens.accessToken).me();
  await signIns.write({ id: context.newId(), portal: origin, issuer, clientId, ...tokens });
  say(json ? JSON.stringify({ portal: origin, ...me }, undefined, 2) : printable(`Signed in at ${origin} as ${me.userName}.`));
  return exitCodes.ok;
}

function tellCode(remark: PortalContext['remark'], { url, code, wholeUrl }: DeviceCode): void {
  remark(printable(`Open ${url} in a browser and enter the code ${code}`));
  if (wholeUrl !== undefined) remark(printable(`or open ${wholeUrl}`));
  remark('Waiting for you to sign in there …');
}

/** One that is over, or cannot be understood any more, is none to insist on. */
async function signInBefore({ signIns }: PortalContext): Promise<SignIn | undefined> {
  try {
    return await signIns.read();
  } catch (error) {
    // A file that cannot be read could not be written either, when all is done.
    if (error instanceof Failure && error.exitCode === exitCodes.signIn) return undefined;
    throw error;
  }
}

/** `team logout` */
export async function logout(context: PortalContext): Promise<ExitCode> {
  const { signIns, say, remark } = context;
  const kept = await signIns.read().catch((error: unknown) => {
    // It is forgotten all the same.
    if (error instanceof Failure) return undefined;
    throw error;
  });
  await signIns.forget();
  say(kept === undefined ? 'Nobody was signed in.' : `Signed out of ${kept.portal} on this machine.`);
  if (kept !== undefined) {
    await revokeSignIn(context, kept).catch((error: unknown) => {
      if (!(error instanceof Failure)) throw error;
      remark(`The issuer could not be told: ${error.message}`);
    });
  }
  return exitCodes.ok;
}

/** `team whoami` */
export async function whoAmI(context: PortalContext, json: boolean): Promise<ExitCode> {
  const portal = await signedIn(context);
  const me = await portal.me();
  if (json) {
    context.say(JSON.stringify({ portal: portal.origin, ...me }, undefined, 2));
    return exitCodes.ok;
  }
  const personas = Object.entries(me.personas).flatMap(([name, is]) => (is ? [name] : []));
  const name = me.displayName === undefined ? '' : ` (${me.displayName})`;
  context.say(printable(`${me.userName}${name} at ${portal.origin}`));
  context.say(`signed in at ${moment(me.signedInAt)}${personas.length === 0 ? '' : `; ${personas.join(', ')}`}`);
  return exitCodes.ok;
}
