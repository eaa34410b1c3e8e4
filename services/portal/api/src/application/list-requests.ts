import type { ListQuestion, RequestRow, RequestRows } from '../contract/index.ts';
import { isOwnRow } from './involvement.ts';
import type { ListKey, People, RequestViews, SignedIn, Standing } from './ports.ts';
import { Refusal } from './refusal.ts';
import { standingOf } from './standing-of.ts';

interface ListPorts {
  readonly people: People;
  readonly views: RequestViews;
  /** ms since the epoch */
  readonly now: () => number;
}

/** What to read, and what of it is meant. */
interface Selection {
  readonly keys: readonly ListKey[];
  readonly keep: (row: RequestRow) => boolean;
}

/**
 * A page of a list, of what the person may see alone.
 *
 * @throws ERR_AUDITORS_ONLY for `all`, where they are neither auditor nor administrator
 */
export async function listRequests(question: ListQuestion, person: SignedIn, { people, views, now }: ListPorts): Promise<RequestRows> {
  const { keys, keep } = selectionOf(question, person, await standingOf(people, person, 'recent'));
  const { after, limit } = question;
  const { items, next } = await views.page(keys, { limit, keep: (row) => keep(row) && isMeant(row, question), ...(after === undefined ? {} : { after }) });
  return { items, ...(next === undefined ? {} : { next }), now: new Date(now()).toISOString() };
}

function selectionOf(question: ListQuestion, person: SignedIn, standing: Standing): Selection {
  const all = standing.auditor || standing.administrator;
  switch (question.list) {
    case 'mine':
      // What was rejected has no ids, and stands under the name that was written.
      return { keys: [`own#${person.userId}`, `person#${person.userName.toLowerCase()}`], keep: (row) => isOwnRow(row, person) };
    case 'to-approve':
      return {
        keys: [`for-user#${person.userId}`, ...standing.groupIds.map((id) => `for-group#${id}`)],
        keep: (row) => row.status === 'pending' && !isOwnRow(row, person),
      };
    case 'to-review':
      return { keys: [`review-user#${person.userId}`, ...standing.groupIds.map((id) => `review-group#${id}`)], keep: (row) => !isOwnRow(row, person) };
    case 'decided':
      return { keys: decidedKeys(person, standing), keep: () => true };
    case 'active':
      return { keys: all ? narrowest(question, 'active') : activeKeys(person, standing), keep: ({ status }) => standsOrComes.has(status) };
    case 'all':
      if (!all) throw new Refusal('forbidden', 'ERR_AUDITORS_ONLY', 'only auditors and administrators see all requests; look at list=mine or list=to-approve');
      return { keys: narrowest(question, 'all'), keep: () => true };
  }
}

/** Statuses in which access stands or is on its way. */
const standsOrComes: ReadonlySet<RequestRow['status']> = new Set(['scheduled', 'activating', 'active', 'ending']);

/** Lists of what the person decided; of what they were asked as one of a group, as long as they are in it. */
export const decidedKeys = ({ userId }: SignedIn, { groupIds }: Standing): readonly ListKey[] => [`decided#${userId}`, ...groupIds.map((id) => `decided#${userId}#${id}`)];

/** Lists of what the person has, and of what they may end. */
export function activeKeys({ userId }: SignedIn, { groupIds }: Standing): readonly ListKey[] {
  return [`own#${userId}`, `ends-user#${userId}`, ...groupIds.map((id) => `ends-group#${id}`)];
}

/** The list that holds the fewest besides what is asked for, for those who may read any. */
function narrowest({ person, accountId, status }: ListQuestion, otherwise: ListKey): readonly ListKey[] {
  if (person !== undefined) return [`person#${person.toLowerCase()}`];
  if (accountId !== undefined) return [`account#${accountId}`];
  return [status === undefined ? otherwise : `status#${status}`];
}

function isMeant(row: RequestRow, { status, person, accountId }: ListQuestion): boolean {
  return (
    (status === undefined || row.status === status) &&
    (person === undefined || row.requester.userName.toLowerCase() === person.toLowerCase()) &&
    (accountId === undefined || row.targets.some((target) => target.accountId === accountId))
  );
}
