import type { ListQuestion, RequestRow, RequestRows } from '../contract/index.ts';
import { listKey } from '../domain/list-key.ts';
import { same } from '../domain/same.ts';
import { capacityOf, isOwn, type Looking } from './involvement.ts';
import { activeLists, ownLists, readingDecided, toApproveLists, toReviewLists, withThoseAway } from './lists-of-person.ts';
import { lookingOf } from './looking-of.ts';
import { withNames, type Naming } from './named.ts';
import type { Listed, ListKey, People, RequestViews, SignedIn } from './ports.ts';
import { Refusal } from './refusal.ts';
import { standingOf } from './standing-of.ts';

interface ListPorts {
  readonly people: People;
  readonly views: RequestViews;
  readonly places: Naming;
  /** ms since the epoch */
  readonly now: () => number;
}

/** What to read, and what of it is meant. */
interface Selection {
  readonly lists: readonly ListKey[];
  readonly keep: (listed: Listed) => boolean;
}

/**
 * A page of a list, of what the person may see alone.
 *
 * @throws ERR_AUDITORS_ONLY for `all`, where they are neither auditor nor administrator
 */
export async function listRequests(question: ListQuestion, person: SignedIn, { people, views, places, now }: ListPorts): Promise<RequestRows> {
  // Who decides for others matters to these two lists alone.
  const standing = question.list === 'to-approve' || question.list === 'decided' ? await lookingOf(people, person, 'recent') : { ...(await standingOf(people, person, 'recent')), standsInFor: [] };
  const { lists, keep } = selectionOf(question, person, standing);
  const { after, limit } = question;
  const inPlaces = new Map<string, string>();
  const kept = (listed: Listed): boolean => {
    const inPlaceOf = standing.standsInFor.length === 0 ? undefined : capacityOf(listed, person, standing)?.inPlaceOf;
    if (inPlaceOf !== undefined) inPlaces.set(listed.row.requestId, inPlaceOf.userName);
    return keep(listed) && isMeant(listed.row, question);
  };
  const { items: rows, next } = await views.page(lists, { limit, keep: kept, ...(after === undefined ? {} : { after }) });
  const items = (await withNames(rows, places)).map((row) => ({ ...row, ...inPlaceOf(inPlaces.get(row.requestId)) }));
  return { items, ...(next === undefined ? {} : { next }), now: new Date(now()).toISOString() };
}

/** In whose place the caller would decide on a request. */
export const inPlaceOf = (userName: string | undefined): Pick<RequestRow, 'inPlaceOf'> => (userName === undefined ? {} : { inPlaceOf: userName });

function selectionOf(question: ListQuestion, person: SignedIn, standing: Looking): Selection {
  const all = standing.auditor || standing.administrator;
  switch (question.list) {
    case 'mine':
      return { lists: ownLists(person), keep: () => true };
    case 'to-approve':
      return {
        lists: withThoseAway(toApproveLists(person, standing), standing.standsInFor, (away) => toApproveLists(away, away)).lists,
        keep: (listed) => capacityOf(listed, person, standing) !== undefined,
      };
    case 'to-review':
      return { lists: toReviewLists(person, standing), keep: (listed) => !isOwn(listed, person) };
    case 'decided':
      return readingDecided(person, standing);
    case 'active':
      return { lists: all ? narrowest(question, listKey('active')) : activeLists(person, standing), keep: ({ row }) => standsOrComes.has(row.status) };
    case 'all':
      if (!all) throw new Refusal('forbidden', 'ERR_AUDITORS_ONLY', 'only auditors and administrators see all requests; look at list=mine or list=to-approve');
      return { lists: narrowest(question, listKey('all')), keep: () => true };
  }
}

/** Statuses in which access stands or is on its way. */
const standsOrComes: ReadonlySet<RequestRow['status']> = new Set(['scheduled', 'activating', 'active', 'ending']);

/** The list that holds the fewest besides what is asked for, for those who may read any. */
function narrowest({ person, accountId, status }: ListQuestion, otherwise: ListKey): readonly ListKey[] {
  if (person !== undefined) return [listKey('person', person)];
  if (accountId !== undefined) return [listKey('account', accountId)];
  return [status === undefined ? otherwise : listKey('status', status)];
}

/** Whether a row fits what is filtered by. */
export function isMeant(row: RequestRow, { status, person, accountId }: ListQuestion): boolean {
  return (
    (status === undefined || row.status === status) &&
    (person === undefined || same(row.requester.userName, person)) &&
    (accountId === undefined || row.targets.some((target) => target.accountId === accountId))
  );
}
