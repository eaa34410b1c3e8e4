import { sessionActivityCollectedV1 } from '@team/contracts';
import type { RequestDetail, RequestRow } from '../contract/index.ts';
import { listKey } from '../domain/list-key.ts';
import { detailOf } from './detail-of.ts';
import { findVisible } from './find-visible.ts';
import { capacityOf, hasAccess, mayEnd, mayExtend, mayKnowOfRequester, mayReview, type Capacity } from './involvement.ts';
import { isExtended } from './is-extended.ts';
import { inPlaceOf } from './list-requests.ts';
import { withNames, type Naming } from './named.ts';
import type { Named, People, RequestView, RequestViews, SignedIn, Standing } from './ports.ts';

interface ShowPorts {
  readonly people: People;
  readonly views: RequestViews;
  readonly places: Naming;
  readonly mayAskForOthers: Named;
  /** ms since the epoch */
  readonly now: () => number;
}

/** Earlier requests of the same person that are counted, the newest. */
const mostBefore = 200;
/** Access was had, or is. */
const wasGiven: ReadonlySet<RequestRow['status']> = new Set(['active', 'ending', 'ended', 'revoked']);

/**
 * Everything about one request, and what the person may do with it now.
 *
 * @throws ERR_REQUEST_UNKNOWN
 */
export async function showRequest(requestId: string, person: SignedIn, { people, views, places, mayAskForOthers, now }: ShowPorts): Promise<RequestDetail> {
  const { view: found, standing } = await findVisible(requestId, person, 'recent', { people, views });
  const view = await viewWithNames(found, places);
  const knows = mayKnowOfRequester(view, person, standing);
  const couldExtend = mayExtend(view, person, standing, mayAskForOthers);
  const [names, requesterBefore, extended] = await Promise.all([namesOfStages(view, people), knows ? timesBefore(view.row, views) : [], couldExtend && isExtended(requestId, views)]);
  const detail = detailOf(view, names);
  const capacity = capacityOf(view, person, standing);
  const may = { ...whatTheyMay(view, person, standing, capacity), extend: couldExtend && !extended };
  const row = { ...detail.row, ...inPlaceOf(capacity?.inPlaceOf?.userName) };
  return { ...detail, row, ...(knows ? {} : withoutActivity(detail)), may, requesterBefore, now: new Date(now()).toISOString() };
}

/** The same, with what was asked for by its name. */
export async function viewWithNames(view: RequestView, places: Naming): Promise<RequestView> {
  const [row = view.row] = await withNames([view.row], places);
  return { ...view, row };
}

/** Names of those who are waited for, and of those who were, by id. */
export function namesOfStages({ story: { waitsFor, approval } }: RequestView, people: Pick<People, 'namesOf'>): Promise<ReadonlyMap<string, string>> {
  const asked = [...(waitsFor?.stages ?? []), ...approval.flatMap(({ steps }) => steps)].map(({ approvers }) => approvers);
  return people.namesOf({
    userIds: [...new Set(asked.flatMap(({ userIds }) => userIds))],
    groupIds: [...new Set(asked.flatMap(({ groupIds }) => groupIds))],
  });
}

/** The same without what the requester did: the history says that in words, which tell as much as the numbers of a grant. */
export function withoutActivity({ grants, history }: Pick<RequestDetail, 'grants' | 'history'>): Pick<RequestDetail, 'grants' | 'history'> {
  return {
    grants: grants.map(({ activity: _theirs, ...grant }) => grant),
    history: history.filter(({ detailType }) => detailType !== sessionActivityCollectedV1.detailType),
  };
}

function whatTheyMay(view: RequestView, person: SignedIn, standing: Standing, capacity: Capacity | undefined): Omit<RequestDetail['may'], 'extend'> {
  const { row } = view;
  const ends = mayEnd(view, person, standing);
  return {
    decide: capacity !== undefined,
    cancel: ends && row.status === 'pending',
    end: ends && hasAccess(view),
    review: mayReview(view, person, standing),
  };
}

/** How often the requester had each of these before: who decides sees what is usual. None where nobody knows yet who that is. */
async function timesBefore({ requestId, requester, targets, askedAt }: RequestRow, views: RequestViews): Promise<RequestDetail['requesterBefore']> {
  if (requester.userId === undefined) return [];
  const { items } = await views.page([listKey('own', requester.userId)], { limit: mostBefore });
  // What they asked for somebody else stands among their own as well.
  const earlier = items.filter((row) => row.requester.userId === requester.userId && row.requestId !== requestId && row.askedAt <= askedAt);
  const before = new Map<string, number>();
  for (const row of earlier.filter(({ status }) => wasGiven.has(status))) for (const name of new Set(row.targets.map(nameOf))) before.set(name, (before.get(name) ?? 0) + 1);
  return targets.map((target) => ({
    accountName: target.accountName,
    permissionSetName: target.permissionSetName,
    times: before.get(nameOf(target)) ?? 0,
  }));
}

const nameOf = ({ accountId, accountName, permissionSetName }: RequestRow['targets'][number]): string => `${accountId ?? accountName}/${permissionSetName}`;
