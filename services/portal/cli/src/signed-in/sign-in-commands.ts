import { InvalidArgumentError, Option, type Command } from 'commander';
import { exitCodes, misused, refused, type ExitCode, Failure } from '../failure.ts';
import { moment, printable } from '../print/printable.ts';
import { onThisMachine, revokeSignIn, signInByDevice } from './device-sign-in.ts';
import { configurationOf, portalAt } from './portal.ts';
import type { PerformAtPortal, PortalContext } from './portal-context.ts';
import { signedIn } from './session.ts';

interface LoginOptions {
  readonly portal?: string;
  readonly json?: true;
}

/** Where `npm start` serves the portal. */
const usualPortal = 'http://localhost:8043';

/** `team login`, `team logout` and `team whoami`. */
export function signInCommands(program: Command, perform: PerformAtPortal): void {
  program
    .command('login')
    .description('sign in at the portal, on a page that any browser can open')
    .addOption(new Option('--portal <url>', `where the portal is; without it where it was the last time, or ${usualPortal}`).env('TEAM_PORTAL').argParser(originOf))
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

async function login(context: PortalContext, { portal, json }: LoginOptions): Promise<ExitCode> {
  const { remark, say, signIns } = context;
  const origin = portal ?? (await lastPortal(context)) ?? usualPortal;
  const { issuer, clientId } = await configurationOf(context, origin);
  if (clientId === undefined) throw refused(`people sign in at ${origin} with a browser alone: its issuer has no client for this command`);
  if (!issuer.startsWith('https:') && !onThisMachine(issuer)) throw misused(`${origin} wants people to sign in at ${printable(issuer)}, which anybody on the way could read: it must be https`);
  const tokens = await signInByDevice(context, { issuer, clientId }, ({ url, code, wholeUrl }) => {
    remark(printable(`Open ${url} in a browser and enter the code ${code}`));
    if (wholeUrl !== undefined) remark(printable(`or open ${wholeUrl}`));
    remark('Waiting for you to sign in there …');
  });
  const me = await portalAt(context, origin, async () => tokens.accessToken).me();
  await signIns.write({ id: context.newId(), portal: origin, issuer, clientId, ...tokens });
  say(json ? JSON.stringify({ portal: origin, ...me }, undefined, 2) : printable(`Signed in at ${origin} as ${me.userName}.`));
  return exitCodes.ok;
}

/** That of a sign-in which is over, or cannot be understood any more, is none to insist on. */
async function lastPortal({ signIns }: PortalContext): Promise<string | undefined> {
  try {
    return (await signIns.read())?.portal;
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
