import {
  accessApprovedV1,
  accessRequestAcceptedV1,
  accessRequestedV1,
  accessRequestRejectedV1,
  accessReviewedV1,
  accessReviewOverdueV1,
  accessReviewRequestedV1,
  approvalRecordedV1,
  approvalRequestedV1,
  findContract,
  isFinal,
  machineSource,
  type AccessRequestedV1,
} from '@team/contracts';
import { disregarded, factsIn, type Facts } from '../../../story/src/facts.ts';
import { endOf } from '../../../story/src/grant-story.ts';
import type { RecordedEvent } from '../../../story/src/recorded-event.ts';
import { tellStory, type RequestStory } from '../../../story/src/request-story.ts';
import type { ListKey, Named, RequestView } from '../application/ports.ts';
import type { RequestRow } from '../contract/index.ts';
import { listKey } from './list-key.ts';
import { same } from './same.ts';

const nobody: Named = { groupIds: [], userIds: [] };

/** What is told of a request by its events, in whatever order they came; undefined where none of them says anything. It was asked for when the first fact about it was, or, where there is none yet, when somebody's wish arrived. */
export function viewOf(requestId: string, events: readonly RecordedEvent[], ownAccount: string): RequestView | undefined {
  const inTime = events.toSorted((a, b) => (timeOf(a) < timeOf(b) ? -1 : timeOf(a) > timeOf(b) ? 1 : a.eventId < b.eventId ? -1 : 1));
  const counting = inTime.filter((event) => disregarded(event, ownAccount) === undefined);
  // What a service says it says once, with a time of its own; when a wish arrived is told otherwise by everybody whom it reaches.
  const first = counting.find(({ detailType }) => findContract(detailType)?.kind === 'fact') ?? counting[0];
  const story = tellStory(requestId, inTime, ownAccount);
  if (first === undefined || story === undefined) return undefined;
  const facts = factsIn(inTime, ownAccount);
  const requester = requesterIn(facts);
  const [accepted] = facts(accessRequestAcceptedV1);
  const openStages = story.waitsFor?.stages.map(({ approvers, counted }) => ({ approvers, counted })) ?? [];
  const ownIds = [accepted?.requester.userId, accepted?.askedBy?.userId].flatMap((id) => id ?? []);
  return {
    story,
    row: rowOf(story, { askedAt: timeOf(first), approvedAt: approvedByPeople(facts), requester, targets: targetsOf(story, facts) }),
    ownIds,
    waitsFor: together(openStages.map(({ approvers }) => approvers)),
    openStages,
    revocableBy: facts(accessApprovedV1)[0]?.revocableBy ?? nobody,
    deciderIds: [...new Set(facts(approvalRecordedV1).map(({ decider }) => decider.userId))],
    decidedFor: facts(approvalRecordedV1).flatMap(({ decider, onBehalfOf }) => (onBehalfOf === undefined ? [] : [{ deciderId: decider.userId, absentId: onBehalfOf.userId }])),
    wasAsked: together(facts(approvalRequestedV1).flatMap(({ openStages }) => openStages.map(({ approvers }) => approvers))),
    reviewerIds: facts(accessReviewedV1).map(({ reviewer }) => reviewer.userId),
    wasAskedToReview: together([...facts(accessReviewRequestedV1), ...facts(accessReviewOverdueV1)].map(({ reviewers }) => reviewers)),
    machine: machineIn(inTime, ownAccount),
    requestDigest: facts(approvalRequestedV1).at(-1)?.requestDigest,
  };
}

/** The lists that a request stands in; see `ListKey`. */
export function listsOf(view: RequestView): readonly ListKey[] {
  const { row, story, ownIds, waitsFor, revocableBy } = view;
  const open = row.status !== 'pending' && !isFinal(row.status);
  const reviewers = reviewersIn(story);
  const lists = [
    listKey('all'),
    listKey('status', row.status),
    listKey('person', row.requester.userName),
    ...(ownIds.length > 0 ? ownIds.map((id) => listKey('own', id)) : [row.requester.userName, row.askedBy].flatMap((written) => (written === undefined ? [] : [listKey('unjudged', written)]))),
    ...(view.machine === undefined ? [] : [listKey('machine', view.machine)]),
    // Once it was accepted: whoever merely says that they extend something keeps nobody from extending it.
    ...(story.extends === undefined || ownIds.length === 0 || isFinal(row.status) ? [] : [listKey('extends', story.extends.requestId)]),
    ...row.targets.flatMap(({ accountId }) => (accountId === undefined ? [] : [listKey('account', accountId)])),
    ...waitsFor.groupIds.map((id) => listKey('for-group', id)),
    ...waitsFor.userIds.map((id) => listKey('for-user', id)),
    ...asOneOf('decided', view.deciderIds, view.wasAsked),
    ...view.decidedFor.map(({ deciderId, absentId }) => listKey('decided-for', deciderId, absentId)),
    ...asOneOf('reviewed', view.reviewerIds, view.wasAskedToReview),
    ...reviewers.groupIds.map((id) => listKey('review-group', id)),
    ...reviewers.userIds.map((id) => listKey('review-user', id)),
    ...(open ? [listKey('active'), ...revocableBy.groupIds.map((id) => listKey('ends-group', id)), ...revocableBy.userIds.map((id) => listKey('ends-user', id))] : []),
  ];
  return [...new Set(lists)];
}

/** Lists of people who decided or reviewed, each as one of those who were asked: by name, or in a group. */
const asOneOf = (kind: 'decided' | 'reviewed', ids: readonly string[], { groupIds, userIds }: Named): readonly ListKey[] =>
  ids.flatMap((id) => [...groupIds.map((group) => listKey(kind, id, group)), ...(userIds.some((asked) => same(asked, id)) ? [listKey(kind, id)] : [])]);

/** Who is asked to review it now. */
const reviewersIn = ({ review }: RequestStory): Named => (review?.status === 'waiting' || review?.status === 'overdue' ? review.reviewers : nobody);

/**
 * Source of the machine that asked, by the bus's word until the request service said whose request was accepted. Two may choose the same id.
 */
function machineIn(events: readonly RecordedEvent[], ownAccount: string): string | undefined {
  const [accepted] = factsIn(events, ownAccount)(accessRequestAcceptedV1);
  const { source, account } = accepted?.emitter ?? events.find((event) => event.detailType === accessRequestedV1.detailType && disregarded(event, ownAccount) === undefined) ?? {};
  return account === ownAccount && source?.startsWith(machineSource('')) === true ? source : undefined;
}

/** When people agreed; undefined where a policy did, or nobody yet. */
function approvedByPeople(facts: Facts): string | undefined {
  const [approved] = facts(accessApprovedV1);
  return approved === undefined || approved.approvals.length === 0 ? undefined : approved.approvedAt;
}

/** Until AWS was asked who that is, the name is what an emitter wrote. */
function requesterIn(facts: Facts): RequestRow['requester'] {
  const [accepted] = facts(accessRequestAcceptedV1);
  if (accepted !== undefined) return { userId: accepted.requester.userId, userName: accepted.requester.userName };
  return { userName: facts(accessRequestedV1)[0]?.requester ?? facts(accessRequestRejectedV1)[0]?.requester ?? 'unknown' };
}

function targetsOf({ grants }: RequestStory, facts: Facts): RequestRow['targets'] {
  if (grants.length > 0) return grants.map(({ accountId, accountName, permissionSetName }) => ({ accountId, accountName, permissionSetName }));
  const [accepted] = facts(accessRequestAcceptedV1);
  if (accepted !== undefined) return accepted.grants.map(({ accountId, accountName, permissionSetName }) => ({ accountId, accountName, permissionSetName }));
  return facts(accessRequestedV1)[0]?.targets.map(asAsked) ?? [];
}

function asAsked(target: AccessRequestedV1['targets'][number]): RequestRow['targets'][number] {
  if ('bundle' in target) return { accountName: `bundle ${target.bundle}`, permissionSetName: 'all of it', bundle: target.bundle };
  const { accountId } = target;
  return { accountId, accountName: accountId, permissionSetName: 'permissionSetArn' in target ? target.permissionSetArn : target.permissionSetName };
}

function rowOf(story: RequestStory, { approvedAt, ...known }: Pick<RequestRow, 'askedAt' | 'requester' | 'targets'> & { readonly approvedAt: string | undefined }): RequestRow {
  const { requestId, status, askedBy, startAt, durationMinutes, justification, ticket, breakGlass, waitsFor, reasons, grants } = story;
  const ends = grants.flatMap((grant) => grant.endedAt ?? endOf(grant) ?? []).toSorted();
  return {
    ...{ requestId, status, breakGlass, ...known },
    ...present({ approvedAt, askedBy, startAt, durationMinutes, justification, ticket, extends: story.extends?.requestId, deadlineAt: waitsFor?.deadlineAt, endsAt: ends.at(-1), reason: reasons[0]?.message ?? grants.find(({ reason }) => reason !== undefined)?.reason?.message }),
  };
}

type Present<T> = { readonly [Name in keyof T]?: Exclude<T[Name], undefined> };

/** What has a value, so that nothing is stored that is not there. */
function present<T extends object>(values: T): Present<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Present<T>;
}

function together(all: readonly Named[]): Named {
  return { groupIds: [...new Set(all.flatMap(({ groupIds }) => groupIds))], userIds: [...new Set(all.flatMap(({ userIds }) => userIds))] };
}

const timeOf = ({ time, recordedAt }: RecordedEvent): string => time ?? recordedAt;
