import type { ListName } from '../../../api/src/contract/index.ts';
import { misused, refused } from '../failure.ts';
import { counted, printable } from '../print/printable.ts';
import { someRequests, type Portal } from './portal.ts';

const complete = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const beginning = /^[0-9a-f-]{8,35}$/;
/** A beginning is looked for among so many of each list, the newest. */
const mostLooked = 600;

/**
 * The request that a person means: its id, or the first eight characters or more of the id of one in these lists.
 * Throws `Failure`: `usage` where it cannot be an id, `refused` where it fits none or several.
 */
export async function meantRequest(portal: Portal, reference: string, lists: readonly ListName[]): Promise<string> {
  const folded = reference.toLowerCase();
  if (complete.test(folded)) return folded;
  if (!beginning.test(folded)) throw misused(`"${printable(reference)}" is no request id: give a UUID, or its first eight characters or more`);
  const pages = await Promise.all(lists.map((list) => someRequests(portal, { list }, mostLooked)));
  const found = new Set(pages.flatMap(({ items }) => items).flatMap(({ requestId }) => (requestId.startsWith(folded) ? [requestId] : [])));
  const [one, ...others] = found;
  if (one === undefined) throw refused(`no request of yours in ${lists.join(', ')} begins with "${folded}": give the whole id`);
  if (others.length > 0) throw refused(`${counted(found.size, 'request')} begin with "${folded}": ${[...found].join(', ')}`);
  return one;
}
