import type { ListName, Status } from '../../../api/src/contract/index.ts';
import { exitCodes, type ExitCode } from '../failure.ts';
import { counted } from '../print/printable.ts';
import type { PortalContext } from './portal-context.ts';
import { rowLines } from './row-lines.ts';
import { signedIn } from './session.ts';
import { someRequests } from './some-requests.ts';

export interface ListOptions {
  readonly list: ListName;
  readonly status?: Status;
  readonly limit: number;
  readonly json?: true;
}

/** `team list`: requests that the person may see, the newest first. */
export async function list(context: PortalContext, { list, status, limit, json }: ListOptions): Promise<ExitCode> {
  const { say, remark } = context;
  const { items, more, now } = await someRequests(await signedIn(context), { list, ...(status === undefined ? {} : { status }) }, limit);
  if (json) say(JSON.stringify({ items, more, now }, undefined, 2));
  else if (items.length === 0) remark('There are none.');
  else for (const line of items.flatMap(rowLines)) say(line);
  if (more) remark(`These are the first ${counted(items.length, 'request')}: --limit shows more.`);
  return exitCodes.ok;
}
