import { InvalidArgumentError, Option, type Command } from 'commander';
import { exitCodes, misused, refused, type ExitCode, Failure } from '../failure.ts';
import { moment, printable } from '../print/printable.ts';
import { signInByBrowser } from './browser-sign-in.ts';
import { signInByDevice, type DeviceCode } from './device-sign-in.ts';
import { atIssuer, onThisMachine, type Tokens } from './issuer.ts';
import { configurationOf, portalAt } from './portal.ts';
import type { PerformAtPortal, PortalContext } from './portal-context.ts';
import { revokeSignIn } from './renew-sign-in.ts';
import { signedIn } from './session.ts';
import type { SignIn } from './sign-in-store.ts';
import { signInWay, type SignInWay } from './sign-in-way.ts';

interface LoginOptions {
  readonly portal?: string;
  readonly browser?: true;
  readonly device?: true;
  readonly open: boolean;
  readonly json?: true;
}

/** Where `npm start` serves the portal. */
const usualPortal = 'http://localhost:8043';

/** `team login`, `team logout` and `team whoami`. */
export function signInCommands(program: Command, perform: PerformAtPortal): void {
  program
    .command('login')
    .description('sign in at the portal: through a browser of this machine, or with a code to enter in any other')
    .addOption(new Option('--portal <url>', `where the portal is; without it where it was the last time, or ${usualPortal}`).env('TEAM_PORTAL').argParser(originOf))
    .addOption(new Option('--browser', 'through a browser of this machine, which comes back to it').conflicts('device'))
    .option('--device', 'with a code, to be entered in a browser anywhere')
    .option('--no-open', 'print the page to open, and open nothing')
    .option('--json', 'who is signed in, as one JSON document')
    .action((options: LoginOptions) => perform((context) => login(context, options)));
  program
    .command('logout')
    .description('forget the sign-in on this machine')
    .action(() => perform(logout));
  program
    .command('whoami')
    .description('who is signed in, where, and what they may look at')
    .option('--json', 'as one JSON document')
    .action((options: { readonly json?: true }) => perform((context) => whoAmI(context, options.json === true)));
}

async function login(context: PortalContext, { portal, browser, device, open, json }: LoginOptions): Promise<ExitCode> {
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
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

async function logout(context: PortalContext): Promise<ExitCode> {
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

async function whoAmI(context: PortalContext, json: boolean): Promise<ExitCode> {
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

/** The origin of a URL that a token may be sent to. */
function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) throw new InvalidArgumentError(`It must be a URL such as ${usualPortal}.`);
  if (url.protocol === 'http:' && !onThisMachine(text)) throw new InvalidArgumentError('It must be https: a token is sent there.');
  return url.origin;
}
