import { InvalidArgumentError, Option, type Command } from 'commander';
import { requestsAnswer, requestsBy, type RequestsBy, type RequestsQuestion } from '@team/contracts';
import { askFunction } from '../cloud/ask-function.ts';
import type { Auditor } from '../auditor.ts';
import type { Context } from '../context.ts';
import type { PerformEitherWay } from '../either-way.ts';
import { exitCodes, type ExitCode } from '../failure.ts';
import { sayRequests, shownToPeople, type Form } from '../print/request-pages.ts';
import { auditorAtPortal } from '../signed-in/audit/auditor.ts';
import { momentOf } from '../timestamp.ts';

interface Period {
  readonly from?: string;
  readonly to?: string;
}

interface ByOptions extends Period, Form {
  readonly person?: string;
  readonly approver?: string;
  readonly account?: string;
  readonly permissionSet?: string;
  readonly ticket?: string;
  readonly emitter?: string;
  readonly status?: RequestsBy['status'];
  readonly breakGlass?: true;
}

/** A question without how much of the answer is wanted, and from where on. */
type Asked<Question = RequestsQuestion> = Question extends RequestsQuestion ? Omit<Question, 'after' | 'limit'> : never;

/** `team audit requests`, `who-could-reach`, `held`, `quick-approvals`, `unreviewed`, `unused`, `stalled`. */
export function auditQuestions(audit: Command, performEitherWay: PerformEitherWay): void {
  const perform = (command: Command, work: (auditor: Auditor) => Promise<ExitCode>): Promise<void> =>
    performEitherWay(command, { atPortal: async (context) => work(await auditorAtPortal(context)), atLocalRun: (context) => work(auditorOf(context)) });
  const question = (name: string, description: string): Command => withForm(audit.command(name).description(description));
  withPeriod(question('requests', 'requests by whatever is known of them, the newest first'))
    .option('--person <name>', 'asked by or for: user name or id')
    .option('--approver <name>', 'decided by: user name or id')
    .option('--account <id>', 'account id')
    .option('--permission-set <name>', 'name or ARN')
    .option('--ticket <id>', 'ticket')
    .option('--emitter <name>', 'asked through')
    .addOption(new Option('--status <status>', 'status now').choices(requestsBy.shape.status.unwrap().options))
    .option('--break-glass', 'break glass only')
    .action((options: ByOptions, command: Command) =>
      perform(command, async (auditor) => {
        const { person, approver, account: accountId, permissionSet, ticket, emitter, status, breakGlass } = options;
        return answer(auditor, { op: 'requests', by: { person, approver, accountId, permissionSet, ticket, emitter, status, breakGlass }, ...(await periodOf(auditor, options)) }, options);
      }),
    );
  question('who-could-reach', 'who could reach an account at a moment, by credentials that outlasted the removal too')
    .argument('<account>', 'account id')
    .requiredOption('--at <when>', 'a time (2026-11-22T10:00:00Z), a day, or so long ago (2h)')
    .action((accountId: string, options: Form & { readonly at: string }, command: Command) =>
      perform(command, async (auditor) => answer(auditor, { op: 'who-could-reach', accountId, at: await momentOf(options.at, '--at', auditor) }, options)),
    );
  question('held', 'what a person held at any time of a period')
    .argument('<person>', 'user name or id')
    .requiredOption('--from <when>', 'a time (2026-11-22T10:00:00Z), a day, or so long ago (7d)')
    .option('--to <when>', 'before this; without it until now', '0s')
    .action((person: string, options: Form & Required<Period>, command: Command) =>
      perform(command, async (auditor) => answer(auditor, { op: 'held', person, from: await momentOf(options.from, '--from', auditor), to: await momentOf(options.to, '--to', auditor) }, options)),
    );
  withPeriod(question('quick-approvals', 'what people approved within a minute'))
    .option('--within <seconds>', 'within so many seconds', wholeNumberUpTo(3_600), 60)
    .action((options: Form & Period & { readonly within: number }, command: Command) =>
      perform(command, async (auditor) => answer(auditor, { op: 'quick-approvals', withinSeconds: options.within, ...(await periodOf(auditor, options)) }, options)),
    );
  withPeriod(question('unreviewed', 'break glass that nobody has reviewed')).action((options: Form & Period, command: Command) =>
    perform(command, async (auditor) => answer(auditor, { op: 'unreviewed', ...(await periodOf(auditor, options)) }, options)),
  );
  withPeriod(question('unused', 'grants that nobody used, as far as it was collected'))
    .option('--only-reads', 'grants with which nothing was changed, instead')
    .action((options: Form & Period & { readonly onlyReads?: true }, command: Command) =>
      perform(command, async (auditor) => answer(auditor, { op: 'unused', kind: options.onlyReads === true ? 'only-reads' : 'unused', ...(await periodOf(auditor, options)) }, options)),
    );
  question('stalled', 'requests of which something is missing, the longest missing first; exit code 1 where there is one').action((options: Form, command: Command) =>
    perform(command, async (auditor) => answer(auditor, { op: 'stalled' }, options, exitCodes.refused)),
  );
}

function withForm(command: Command): Command {
  return command
    .addOption(new Option('--csv', 'as CSV, a row for each grant').conflicts(['json', 'jsonl']))
    .addOption(new Option('--jsonl', 'as JSON Lines').conflicts('json'))
    .option('--json', 'as one JSON document')
    .option('--limit <n>', `so many at most; ${shownToPeople} unless told, all with --csv, --jsonl and --json`, wholeNumberUpTo(10_000_000));
}

const withPeriod = (command: Command): Command =>
  command.option('--from <when>', 'asked since a time (2026-11-22T10:00:00Z), a day, or so long ago (7d)').option('--to <when>', 'asked before then');

function wholeNumberUpTo(most: number) {
  return (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < 1 || value > most) throw new InvalidArgumentError(`It must be a whole number from 1 to ${most}.`);
    return value;
  };
}

async function periodOf(auditor: Auditor, { from, to }: Period) {
  const moment = async (text: string | undefined, option: string) => (text === undefined ? undefined : momentOf(text, option, auditor));
  return { from: await moment(from, '--from'), to: await moment(to, '--to') };
}

/** At the AWS APIs: what asks the audit service's function. */
const auditorOf = ({ connection, bus, say, remark, roomForMore, signal }: Context): Auditor => ({
  ...{ say, remark, signal },
  ...(roomForMore === undefined ? {} : { roomForMore }),
  describe: () => bus.describe(),
  ask: (question) => askFunction(connection, 'audit', question, requestsAnswer),
});

async function answer(auditor: Auditor, question: Asked, form: Form, whereFound: ExitCode = exitCodes.ok): Promise<ExitCode> {
  const count = await sayRequests(auditor, form, (page) => auditor.ask({ ...question, ...page }));
  return count === 0 ? exitCodes.ok : whereFound;
}
