import { policyIdPattern } from '@team/contracts/policy-id';
import { requestStatuses } from '@team/contracts/request-status';
import { Argument, InvalidArgumentError, Option, type Command } from 'commander';
import { lists } from '../../../api/src/contract/choices.ts';
import { collected, numberFrom1 } from '../options.ts';
import type { DecideOptions } from '../signed-in/decide.ts';
import type { EnsureOptions } from '../signed-in/ensure.ts';
import type { ExtendOptions } from '../signed-in/extend.ts';
import type { ListOptions } from '../signed-in/list.ts';
import { mayBeSentTokens, usualPortal } from '../signed-in/origin.ts';
import type { PerformAtPortal } from '../signed-in/portal-context.ts';
import type { RequestOptions } from '../signed-in/request.ts';
import { shells, type Shell } from '../signed-in/shells.ts';
import type { LoginOptions } from '../signed-in/sign-in.ts';

/** The commands of somebody who signed in at the portal. */
export function signedInCommands(program: Command, perform: PerformAtPortal): void {
  program
    .command('login')
    .description('sign in at the portal: through a browser of this machine, or with a code to enter in any other')
    .addOption(new Option('--portal <url>', `where the portal is; without it where it was the last time, or ${usualPortal}`).env('TEAM_PORTAL').argParser(originOf))
    .addOption(new Option('--browser', 'through a browser of this machine, which comes back to it').conflicts('device'))
    .option('--device', 'with a code, to be entered in a browser anywhere')
    .option('--no-open', 'print the page to open, and open nothing')
    .option('--json', 'who is signed in, as one JSON document')
    .action((options: LoginOptions) => perform((context) => import('../signed-in/sign-in.ts').then(({ login }) => login(context, options))));
  program
    .command('logout')
    .description('forget the sign-in on this machine')
    .action(() => perform((context) => import('../signed-in/sign-in.ts').then(({ logout }) => logout(context))));
  program
    .command('whoami')
    .description('who is signed in, where, and what they may look at')
    .option('--json', 'as one JSON document')
    .action((options: { readonly json?: true }) => perform((context) => import('../signed-in/sign-in.ts').then(({ whoAmI }) => whoAmI(context, options.json === true))));
  program
    .command('list')
    .description('requests: yours, those that wait for you, or what is active now')
    .addOption(new Option('--list <name>', 'which of them').choices(lists).default('mine'))
    .addOption(new Option('--status <status>', 'only of this status').choices(requestStatuses))
    .option('--limit <n>', 'at most so many', numberFrom1, 50)
    .option('--json', 'as one JSON document')
    .action((options: ListOptions) => perform((context) => import('../signed-in/list.ts').then(({ list }) => list(context, options))));
  program
    .command('request')
    .description('ask for access; on a terminal, what is not said is asked for')
    .option('--for <user>', 'who is to have the access, where that is somebody else: user name; what is named or picked is what they may ask for')
    .option('--account <account>', 'name or id of an account')
    .option('--permission-set <set>', 'name or ARN of a permission set')
    .option('--target <account/permission-set>', 'one of several targets; can be repeated', collected)
    .option('--bundle <name>', 'several targets under one name; can be repeated', bundleNamed)
    .option('--minutes <n>', 'how long', numberFrom1)
    .option('--why <text>', 'the justification that approvers read')
    .option('--start <time>', 'when it begins, such as 2026-11-22T10:00:00Z; without it as soon as it is approved')
    .option('--ticket <id>', 'id in the ticket system')
    .option('--break-glass', 'have it at once, without approval, where a policy allows; it is reviewed afterwards')
    .option('--extends <request>', 'goes on where this request ends, which runs now')
    .option('--wait', 'go on until the access is there, or will not be')
    .option('--json', 'the request as one JSON document')
    .action((options: RequestOptions) => perform((context) => import('../signed-in/request.ts').then(({ request }) => request(context, options))));
  for (const verdict of ['approve', 'deny'] as const) {
    program
      .command(verdict)
      .description(verdict === 'approve' ? 'say yes to requests that wait for you' : 'say no to requests that wait for you')
      .argument('<request...>', 'id of a request, or its first eight characters or more')
      .option('--comment <text>', 'what the requester and the audit trail are told')
      .option('--json', 'what became of each, as one JSON document')
      .action((references: readonly string[], options: DecideOptions) =>
        perform((context) => import('../signed-in/decide.ts').then(({ decideAll }) => decideAll(context, references, verdict, options))),
      );
  }
  program
    .command('extend')
    .description('have access that is there go on for longer')
    .argument('<request>', 'id of the request, or its first eight characters or more')
    .requiredOption('--minutes <n>', 'how much longer', numberFrom1)
    .option('--why <text>', 'the justification that approvers read; without it that of the request')
    .option('--ticket <id>', 'id in the ticket system; without it that of the request')
    .option('--wait', 'go on until it is extended, or will not be')
    .option('--json', 'the extension, a request of its own, as one JSON document')
    .action((reference: string, options: ExtendOptions) => perform((context) => import('../signed-in/extend.ts').then(({ extend }) => extend(context, reference, options))));
  program
    .command('ensure')
    .description('have access now: uses what is there, extends what ends too soon, waits for what was asked for, or asks; for scripts')
    .requiredOption('--account <account>', 'name or id of an account')
    .requiredOption('--permission-set <set>', 'name or ARN of a permission set')
    .requiredOption('--minutes <n>', 'how long the access is to last from now on, where it has to be asked for or extended', numberFrom1)
    .option('--remaining <n>', 'so many minutes must be left of what is there; without it half of --minutes', numberFrom1)
    .option('--why <text>', 'the justification that approvers read')
    .option('--ticket <id>', 'id in the ticket system')
    .option('--json', 'the request that it is had by, as one JSON document')
    .action((options: EnsureOptions) => perform((context) => import('../signed-in/ensure.ts').then(({ ensure }) => ensure(context, options))));
  program
    .command('completion')
    .description('print a script with which a shell completes `team`: source it where the shell starts')
    .addArgument(new Argument('<shell>').choices(shells))
    .action((shell: Shell) => perform((context) => import('../signed-in/completion.ts').then(({ completion }) => completion(context, shell, program))));
}

/** The origin of a URL that a token may be sent to. */
function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) throw new InvalidArgumentError(`It must be a URL such as ${usualPortal}.`);
  if (!mayBeSentTokens(text)) throw new InvalidArgumentError('It must be https: a token is sent there.');
  return url.origin;
}

/** A bundle's name, one of several. */
function bundleNamed(name: string, before?: readonly string[]): readonly string[] {
  if (!policyIdPattern.test(name)) throw new InvalidArgumentError('It must be the name of a bundle: small letters, digits and hyphens.');
  return collected(name, before);
}
