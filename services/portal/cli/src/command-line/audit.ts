import { Option, type Command } from 'commander';
import { requestStatuses } from '@team/contracts/request-status';
import type { Auditor } from '../auditor.ts';
import type { HourOptions } from '../commands/audit-archive.ts';
import type * as Questions from '../commands/audit-questions.ts';
import type { VerifyOptions } from '../commands/audit-verify.ts';
import type { Perform } from '../context.ts';
import type { PerformEitherWay } from '../either-way.ts';
import { misused, type ExitCode } from '../failure.ts';
import { shownToPeople, wholeNumber } from '../options.ts';
import type { Form } from '../print/request-pages.ts';
import { notAtPortal } from '../signed-in/not-at-portal.ts';

/** How the commands of `team audit` are run: in either place, or at the AWS APIs alone. */
interface Performers {
  readonly perform: Perform;
  readonly performEitherWay: PerformEitherWay;
}

/** `team audit …`: whether the trail is as it was written, here or in a copy of its archive, and questions about requests. */
export function auditCommands(program: Command, { perform, performEitherWay }: Performers): void {
  const audit = program.command('audit').description('what can be proven');
  audit
    .command('verify')
    .description('recompute the audit trail, or one request’s part of it; exit code 1 when something is wrong with it')
    .argument('[request]', 'id of a request, or its first eight characters or more; without it everything')
    .option('--from <time>', 'the checkpoints from the hour of this moment on, and the chains that they list: a time, or how long ago (2h, 7d)')
    .option('--to <time>', 'up to the hour of this moment')
    .option('--archive <folder>', 'verify what `team audit export` wrote, or another copy of the archive, and ask nobody')
    .option('--key <file>', 'with --archive: the public key in PEM, from who is to be believed')
    .option('--json', 'what was found, as one JSON document')
    .action((reference: string | undefined, options: VerifyOptions, command: Command) => {
      check(reference, options);
      const { archive } = options;
      // A copy is verified where it lies: nobody is asked.
      if (archive !== undefined) return perform(command, (context) => import('../commands/audit-archive.ts').then(({ verifyFolder }) => verifyFolder(context, archive, options)));
      return performEitherWay(command, {
        atPortal: reference === undefined || isOfHours(options) ? whole : (context) => import('../signed-in/audit/verify.ts').then(({ verifyAtPortal }) => verifyAtPortal(context, reference, options)),
        atLocalRun: (context) => import('../commands/audit-verify.ts').then(({ verify }) => verify(context, reference, options)),
      });
    });
  audit
    .command('export')
    .description('copy the archive of the audit trail: records, checkpoints, public key; it can be verified anywhere with `team audit verify --archive`')
    .argument('<folder>', 'it is made; files in it that are not of the archive stay')
    .option('--from <time>', 'from the hour of this moment on: a time, or how long ago (2h, 7d)')
    .option('--to <time>', 'up to the hour of this moment')
    .action((folder: string, options: HourOptions, command: Command) =>
      performEitherWay(command, {
        atPortal: notAtPortal({ command: 'audit export', needs: 'the archive of the trail' }),
        atLocalRun: (context) => import('../commands/audit-archive.ts').then(({ write }) => write(context, folder, options)),
      }),
    );
  auditQuestions(audit, performEitherWay);
  audit
    .command('activity')
    .description('what was done under a request’s grants, call by call, as CloudTrail recorded it')
    .argument('<request>', 'id of the request, or its first eight characters or more')
    .option('--json', 'one JSON object a line: each call with the id of its grant')
    .action((reference: string, { json }: { readonly json?: true }, command: Command) =>
      performEitherWay(command, {
        atPortal: (context) => import('../signed-in/audit/activity.ts').then(({ activityAtPortal }) => activityAtPortal(context, reference, json === true)),
        atLocalRun: (context) => import('../commands/audit-activity.ts').then(({ activity }) => activity(context, reference, json === true)),
      }),
    );
  audit
    .command('rebuild')
    .description('make what questions are answered from again, from the trail; changes nothing that is there already')
    .argument('[request]', 'id of a request, or its first eight characters or more; without it everything')
    .action((reference: string | undefined, _options: object, command: Command) =>
      performEitherWay(command, {
        atPortal: notAtPortal({ command: 'audit rebuild', needs: 'the audit service’s function itself' }),
        atLocalRun: (context) => import('../commands/audit-verify.ts').then(({ rebuild }) => rebuild(context, reference)),
      }),
    );
}

const whole = notAtPortal({ command: 'audit verify', needs: 'the whole trail, of which the portal verifies one request’s part at a time (team audit verify REQUEST)' });
const isOfHours = ({ from, to }: HourOptions): boolean => from !== undefined || to !== undefined;

function check(reference: string | undefined, { archive, key, ...hours }: VerifyOptions): void {
  if (reference !== undefined && (isOfHours(hours) || archive !== undefined)) throw misused('name a request, or hours, or an archive');
  if (key !== undefined && archive === undefined) throw misused('--key is for --archive: the audit service has its own');
}

/** `team audit requests`, `who-could-reach`, `held`, `quick-approvals`, `unreviewed`, `unused`, `stalled`. */
function auditQuestions(audit: Command, performEitherWay: PerformEitherWay): void {
  const ask = (command: Command, work: (questions: typeof Questions, auditor: Auditor) => Promise<ExitCode>): Promise<void> =>
    performEitherWay(command, {
      atPortal: (context) => Promise.all([import('../commands/audit-questions.ts'), import('../signed-in/audit/auditor.ts')]).then(async ([questions, { auditorAtPortal }]) => work(questions, await auditorAtPortal(context))),
      atLocalRun: (context) => import('../commands/audit-questions.ts').then((questions) => work(questions, questions.auditorOf(context))),
    });
  const question = (name: string, description: string): Command => withForm(audit.command(name).description(description));
  withPeriod(question('requests', 'requests by whatever is known of them, the newest first'))
    .option('--person <name>', 'asked by or for: user name or id')
    .option('--approver <name>', 'decided by: user name or id')
    .option('--account <id>', 'account id')
    .option('--permission-set <name>', 'name or ARN')
    .option('--ticket <id>', 'ticket')
    .option('--emitter <name>', 'asked through')
    .addOption(new Option('--status <status>', 'status now').choices(requestStatuses))
    .option('--break-glass', 'break glass only')
    .action((options: Questions.ByOptions, command: Command) => ask(command, ({ requests }, auditor) => requests(auditor, options)));
  question('who-could-reach', 'who could reach an account at a moment, by credentials that outlasted the removal too')
    .argument('<account>', 'account id')
    .requiredOption('--at <when>', 'a time (2026-11-22T10:00:00Z), a day, or so long ago (2h)')
    .action((accountId: string, options: Form & { readonly at: string }, command: Command) => ask(command, ({ whoCouldReach }, auditor) => whoCouldReach(auditor, accountId, options)));
  question('held', 'what a person held at any time of a period')
    .argument('<person>', 'user name or id')
    .requiredOption('--from <when>', 'a time (2026-11-22T10:00:00Z), a day, or so long ago (7d)')
    .option('--to <when>', 'before this; without it until now', '0s')
    .action((person: string, options: Form & Required<Questions.Period>, command: Command) => ask(command, ({ held }, auditor) => held(auditor, person, options)));
  withPeriod(question('quick-approvals', 'what people approved within a minute'))
    .option('--within <seconds>', 'within so many seconds', wholeNumber(1, 3_600), 60)
    .action((options: Form & Questions.Period & { readonly within: number }, command: Command) => ask(command, ({ quickApprovals }, auditor) => quickApprovals(auditor, options)));
  withPeriod(question('unreviewed', 'break glass that nobody has reviewed'))
    .action((options: Form & Questions.Period, command: Command) => ask(command, ({ unreviewed }, auditor) => unreviewed(auditor, options)));
  withPeriod(question('unused', 'grants that nobody used, as far as it was collected'))
    .option('--only-reads', 'grants with which nothing was changed, instead')
    .action((options: Form & Questions.Period & { readonly onlyReads?: true }, command: Command) => ask(command, ({ unused }, auditor) => unused(auditor, options)));
  question('stalled', 'requests of which something is missing, the longest missing first; exit code 1 where there is one')
    .action((options: Form, command: Command) => ask(command, ({ stalled }, auditor) => stalled(auditor, options)));
}

function withForm(command: Command): Command {
  return command
    .addOption(new Option('--csv', 'as CSV, a row for each grant').conflicts(['json', 'jsonl']))
    .addOption(new Option('--jsonl', 'as JSON Lines').conflicts('json'))
    .option('--json', 'as one JSON document')
    .option('--limit <n>', `so many at most; ${shownToPeople} unless told, all with --csv, --jsonl and --json`, wholeNumber(1, 10_000_000));
}

const withPeriod = (command: Command): Command =>
  command.option('--from <when>', 'asked since a time (2026-11-22T10:00:00Z), a day, or so long ago (7d)').option('--to <when>', 'asked before then');
