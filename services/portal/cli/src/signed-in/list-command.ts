import { Option, type Command } from 'commander';
import { lists, statuses, type ListName, type Status } from '../../../api/src/contract/index.ts';
import { exitCodes, type ExitCode } from '../failure.ts';
import { counted } from '../print/printable.ts';
import { numberFrom1 } from '../options.ts';
import { someRequests } from './portal.ts';
import type { PerformAtPortal, PortalContext } from './portal-context.ts';
import { rowLines } from './row-lines.ts';
import { signedIn } from './session.ts';

interface ListOptions {
  readonly list: ListName;
  readonly status?: Status;
  readonly limit: number;
  readonly json?: true;
}

/** `team list`: requests that the person may see, the newest first. */
export function listCommand(program: Command, perform: PerformAtPortal): void {
  program
    .command('list')
    .description('requests: yours, those that wait for you, or what is active now')
    .addOption(new Option('--list <name>', 'which of them').choices(lists).default('mine'))
    .addOption(new Option('--status <status>', 'only of this status').choices(statuses))
    .option('--limit <n>', 'at most so many', numberFrom1, 50)
    .option('--json', 'as one JSON document')
    .action((options: ListOptions) => perform((context) => list(context, options)));
}

async function list(context: PortalContext, { list, status, limit, json }: ListOptions): Promise<ExitCode> {
  const { say, remark } = context;
  const { items, more, now } = await someRequests(await signedIn(context), { list, ...(status === undefined ? {} : { status }) }, limit);
  if (json) say(JSON.stringify({ items, more, now }, undefined, 2));
  else if (items.length === 0) remark('There are none.');
  else for (const line of items.flatMap(rowLines)) say(line);
  if (more) remark(`These are the first ${counted(items.length, 'request')}: --limit shows more.`);
  return exitCodes.ok;
}
