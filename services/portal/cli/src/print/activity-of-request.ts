import type { ActivityCall } from '@team/contracts';
import type { Output } from '../context.ts';
import { activityLines, callLine, type Collected } from './activity-lines.ts';
import { printable } from './printable.ts';

/** A grant, and what was collected of it. */
interface ActiveGrant {
  readonly grantId: string;
  readonly accountId: string;
  readonly accountName: string;
  readonly permissionSetName: string;
  readonly removedAt?: string | undefined;
  readonly activity?: Collected | undefined;
}

interface Telling {
  readonly json: boolean;
  /** The calls that are kept of a grant, page by page; asked for in the order of the grants. */
  readonly callsOf: (grantId: string) => AsyncIterable<readonly ActivityCall[]>;
}

/** Says what was done under the grants of a request, call by call; as JSON the calls alone, a line each. */
export async function sayActivity({ say, remark }: Output, requestId: string, grants: readonly ActiveGrant[], { json, callsOf }: Telling): Promise<void> {
  const tell = json ? remark : say;
  for (const { grantId, permissionSetName, accountName, accountId, activity, removedAt } of grants) {
    tell(printable(`${permissionSetName} in ${accountName} (${accountId})  grant ${grantId}`));
    for (const line of activity === undefined ? ['nothing was collected yet'] : activityLines(activity)) tell(printable(`  ${line}`));
    let shown = 0;
    for await (const calls of callsOf(grantId)) {
      shown += calls.length;
      for (const call of calls) say(json ? JSON.stringify({ requestId, grantId, ...call }) : printable(`  ${callLine(call, removedAt)}`));
    }
    const made = (activity?.reads ?? 0) + (activity?.writes ?? 0);
    if (made > shown) remark(`${made - shown} more calls were counted and are not kept`);
  }
  if (grants.length === 0) remark('the request has no grants');
}
