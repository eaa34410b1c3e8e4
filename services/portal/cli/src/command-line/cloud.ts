import { Argument, Option, type Command } from 'commander';
import type { AskOptions } from '../commands/ask.ts';
import type { DecideOptions, Verdict } from '../commands/decide.ts';
import type { EventsOptions } from '../commands/events.ts';
import type { RedriveOptions } from '../commands/redrive.ts';
import type { ReviewsOptions } from '../commands/reviews.ts';
import type { Perform } from '../context.ts';
import type { DoctorOptions } from '../doctor/examination.ts';
import { collected, numberFrom1, wholeNumber } from '../options.ts';

/** Longer than events are kept, unless a deployment says otherwise: each day takes a look. */
const longerThanKept = '400d';

/** The commands at the AWS APIs alone: `team events`, `redrive`, `ask`, `decide`, `reviews`, `portal rebuild`, `doctor`. */
export function cloudCommands(program: Command, perform: Perform): void {
  program
    .command('events')
    .description('follow what happens, from a day ago until Ctrl-C')
    .option('--request <id>', 'only the events of this request')
    .option('--since <when>', 'begin at a time (2026-11-22T10:00:00Z) or so long ago (30s, 15m, 2h, 7d)')
    .option('--json', 'a line of JSON for each event, as it was recorded')
    .option('--once', 'stop when there is nothing more')
    .action((options: EventsOptions, command: Command) => perform(command, (context) => import('../commands/events.ts').then(({ followEvents }) => followEvents(context, options))));
  program
    .command('redrive')
    .description('show dead letters and send them back to where they came from; nothing is done twice by that')
    .argument('[queue]', 'name of a queue or of its dead-letter queue; without it all')
    .option('--dry-run', 'only show them')
    .action((queue: string | undefined, options: RedriveOptions, command: Command) => perform(command, (context) => import('../commands/redrive.ts').then(({ redrive }) => redrive(context, queue, options))));
  program
    .command('ask')
    .description('ask for access, in the local run')
    .requiredOption('--as <user>', 'who asks: user name or user id')
    .option('--for <user>', 'who is to have the access, where that is somebody else')
    .option('--account <id>', 'twelve digits')
    .option('--permission-set <name>', 'name or ARN of a permission set')
    .option('--target <account/permission-set>', 'one of several targets; can be repeated', collected)
    .option('--bundle <id>', 'all targets of a bundle, as the policies name it; can be repeated', collected)
    .option('--minutes <n>', 'how long; without it, as long as the limits say', numberFrom1)
    .option('--why <text>', 'the justification that approvers read')
    .option('--start <time>', 'when it begins, such as 2026-11-22T10:00:00Z; without it as soon as it is approved')
    .option('--ticket <id>', 'id in the ticket system')
    .option('--break-glass', 'have it at once, without approval, where a policy allows; it is told to everybody who watches, and reviewed afterwards')
    .option('--extends <request>', 'goes on where this request ends, which runs now: its id, or its first eight characters or more')
    .option('--wait', 'go on until the access is there, or will not be')
    .action((options: AskOptions, command: Command) => perform(command, (context) => import('../commands/ask.ts').then(({ ask }) => ask(context, options))));
  program
    .command('decide')
    .description('approve or deny a request, in the local run')
    .argument('<request>', 'id of the request, or its first eight characters or more')
    .addArgument(new Argument('<verdict>').choices(['approve', 'deny']))
    .requiredOption('--as <user>', 'who decides: user name or user id')
    .option('--comment <text>', 'what the requester is told')
    .action((reference: string, verdict: Verdict, options: DecideOptions, command: Command) =>
      perform(command, (context) => import('../commands/decide.ts').then(({ decide }) => decide(context, reference, verdict, options))),
    );
  program
    .command('reviews')
    .description('break glass that nobody has reviewed yet; exit code 1 where a review is overdue')
    .option('--since <when>', 'look at what was recorded since a time (2026-11-22T10:00:00Z) or so long ago (2h, 7d)', '30d')
    .option('--json', 'as one JSON document')
    .action((options: ReviewsOptions, command: Command) => perform(command, (context) => import('../commands/reviews.ts').then(({ reviews }) => reviews(context, options))));
  program
    .command('portal')
    .description('what the portal shows')
    .command('rebuild')
    .description('make what the portal shows again, from the audit trail; changes nothing that is there already')
    .option('--since <when>', 'begin with what was recorded since a time (2026-11-22T10:00:00Z) or so long ago (7d)', longerThanKept)
    .action(({ since }: { readonly since: string }, command: Command) => perform(command, (context) => import('../commands/portal-rebuild.ts').then(({ rebuild }) => rebuild(context, since))));
  program
    .command('doctor')
    .description('look whether a deployment and what it needs are as they should be; only reads')
    .option('--aws', 'the deployment in the account of your AWS credentials; without it the local run')
    .option('--prerequisites', 'only what must be there before TEAM is deployed')
    .option('--prefix <text>', 'what the names of the deployment begin with', 'team')
    .option('--portal', 'there must be a portal; without it one is looked for where anything of it is seen')
    .option('--instance-arn <arn>', 'the instance of IAM Identity Center, where several are seen')
    .option('--grant-minutes <n>', 'compare sessions with grants of this length; without it with the longest that the limits allow', wholeNumber(1, 10_000))
    .option('--all', 'name every place with standing access')
    .option('--calls-per-second <n>', 'calls to IAM Identity Center, which allows twenty for everybody', wholeNumber(1, 20), 5)
    .addOption(new Option('--most-calls <n>', 'calls in looking for standing access; 0 leaves it out').argParser(wholeNumber(0, 1_000_000)).default(500))
    .option('--json', 'what was found as JSON')
    .action((options: DoctorOptions, command: Command) => perform(command, (context) => import('../commands/doctor.ts').then(({ doctor }) => doctor(context, options))));
}
