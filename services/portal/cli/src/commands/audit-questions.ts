import { InvalidArgumentError, Option, type Command } from 'commander';
import { requestsAnswer, requestsBy, type RequestSummary } from '@team/contracts';
import { askFunction } from '../cloud/ask-function.ts';
import type { Context, Perform } from '../context.ts';
import { exitCodes, type ExitCode } from '../failure.ts';
import { csvOf } from '../print/csv.ts';
import { requestLines, requestRows } from '../print/request-rows.ts';
import { momentOf } from '../timestamp.ts';

interface Form {
  readonly json?: true;
  readonly jsonl?: true;
  readonly csv?: true;
  readonly limit?: number;
}

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
  readonly status?: string;
  readonly breakGlass?: true;
}

/** Requests that the audit service is asked for at a time. */
const pageSize = 200;
/** So many are shown to people who ask for no other number; what goes into a file is everything. */
const shownToPeople = 50;

/** `team audit requests`, `who-could-reach`, `held`, `quick-approvals`, `unreviewed`, `unused`, `stalled`. */
export function auditQuestions(audit: Command, perform: Perform): void {
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
      perform(command, async (context) => {
        const { person, approver, account: accountId, permissionSet, ticket, emitter, status, breakGlass } = options;
        return answer(context, { op: 'requests', by: { person, approver, accountId, permissionSet, ticket, emitter, status, breakGlass }, ...(await periodOf(context, options)) }, options);
      }),
    );
  question('who-could-reach', 'who could reach an account at a moment, by credentials that outlasted the removal too')
    .argument('<account>', 'account id')
    .requiredOption('--at <when>', 'a time (2026-11-22T10:00:00Z), a day, or so long ago (2h)')
    .action((accountId: string, options: Form & { readonly at: string }, command: Command) =>
      perform(command, async (context) => answer(context, { op: 'who-could-reach', accountId, at: await momentOf(options.at, '--at', context.bus) }, options)),
    );
  question('held', 'what a person held at any time of a period')
    .argument('<person>', 'user name or id')
    .requiredOption('--from <when>', 'a time (2026-11-22T10:00:00Z), a day, or so long ago (7d)')
    .option('--to <when>', 'before this; without it until now', '0s')
    .action((person: string, options: Form & Required<Period>, command: Command) =>
      perform(command, async (context) => answer(context, { op: 'held', person, ...(await periodOf(context, options)) }, options)),
    );
  withPeriod(question('quick-approvals', 'what people approved within a minute'))
    .option('--within <seconds>', 'within so many seconds', wholeNumberUpTo(3_600), 60)
    .action((options: Form & Period & { readonly within: number }, command: Command) =>
      perform(command, async (context) => answer(context, { op: 'quick-approvals', withinSeconds: options.within, ...(await periodOf(context, options)) }, options)),
    );
  withPeriod(question('unreviewed', 'break glass that nobody has reviewed')).action((options: Form & Period, command: Command) =>
    perform(command, async (context) => answer(context, { op: 'unreviewed', ...(await periodOf(context, options)) }, options)),
  );
  withPeriod(question('unused', 'grants that nobody used, as far as it was collected'))
    .option('--only-reads', 'grants with which nothing was changed, instead')
    .action((options: Form & Period & { readonly onlyReads?: true }, command: Command) =>
      perform(command, async (context) => answer(context, { op: 'unused', kind: options.onlyReads === true ? 'only-reads' : 'unused', ...(await periodOf(context, options)) }, options)),
    );
  question('stalled', 'requests of which something is missing, the longest missing first; exit code 1 where there is one').action((options: Form, command: Command) =>
    perform(command, async (context) => answer(context, { op: 'stalled' }, options, exitCodes.refused)),
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

async function periodOf({ bus }: Context, { from, to }: Period) {
  const moment = async (text: string | undefined, option: string) => (text === undefined ? undefined : momentOf(text, option, bus));
  return { from: await moment(from, '--from'), to: await moment(to, '--to') };
}

/** Says an answer page by page: nothing is kept, and the next page is asked for when there is room for it. */
async function answer(context: Context, question: object, form: Form, whereFound: ExitCode = exitCodes.ok): Promise<ExitCode> {
  const { say, remark, roomForMore = async () => undefined, signal } = context;
  const most = form.limit ?? (form.json ?? form.jsonl ?? form.csv ?? false ? Infinity : shownToPeople);
  const said = writerOf(form, say);
  let count = 0;
  for (let after: string | undefined; ; ) {
    signal.throwIfAborted();
    const limit = Math.min(pageSize, most - count);
    const { requests, next } = await askFunction(context.connection, 'audit', { ...question, after, limit }, requestsAnswer);
    said.page(requests);
    await roomForMore();
    count += requests.length;
    after = next;
    if (after === undefined || count >= most) break;
  }
  said.end();
  if (count === 0) remark('Nothing of this is recorded.');
  else if (count >= most) remark(`The first ${count}; --limit shows more.`);
  return count === 0 ? exitCodes.ok : whereFound;
}

interface Writer {
  page(requests: readonly RequestSummary[]): void;
  end(): void;
}

function writerOf({ json, jsonl, csv }: Form, say: Context['say']): Writer {
  let begun = false;
  const page = (requests: readonly RequestSummary[]): void => {
    if (requests.length === 0) return;
    if (csv === true) say(csvOf(requests.flatMap(requestRows), !begun));
    else if (jsonl === true) say(requests.map((request) => JSON.stringify(request)).join('\n'));
    else if (json === true) say(`${begun ? ',' : '['}${requests.map((request) => JSON.stringify(request)).join(',\n')}`);
    else for (const line of requests.flatMap(requestLines)) say(line);
    begun = true;
  };
  return { page, end: () => (json === true ? say(begun ? ']' : '[]') : undefined) };
}
