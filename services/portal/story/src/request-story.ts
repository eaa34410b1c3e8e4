import {
  accessApprovedV1,
  accessCancelledV1,
  accessDeniedV1,
  accessRequestAcceptedV1,
  accessRequestRejectedV1,
  accessRequestedV1,
  accessReviewRefusedV1,
  accessRevocationRefusedV1,
  approvalDecisionRefusedV1,
  approvalExpiredV1,
  approvalRecordedV1,
  approvalRequestedV1,
  cancellationRefusedV1,
  describe,
  requestStatus,
  type AccessRequestedV1,
  type AccessRequestRejectedV1,
  type Actor,
  type ApprovalRequestedV1,
  type Reason,
  type RequestStatus,
} from '@team/contracts';
import { approvalStory, decisionStory, type ApprovalChain, type DecisionStory } from './approval-story.ts';
import type { RecordedEvent } from './recorded-event.ts';
import { disregarded, factsIn, type Facts } from './facts.ts';
import { grantStory, type GrantStory } from './grant-story.ts';
import { reviewStory, type ReviewStory } from './review-story.ts';
import { stallStory, type StallStory } from './stall-story.ts';

/** Everything about one request that people ask for. Times are ISO 8601 UTC. */
export interface RequestStory {
  readonly requestId: string;
  readonly status: RequestStatus;
  /** Why, and by whom, where it was rejected, denied or cancelled. */
  readonly reasons: readonly Why[];
  readonly by?: Actor;
  /** User names as AWS has them; until the request was judged, what its emitter wrote. */
  readonly requester?: string;
  readonly askedBy?: string;
  /** `ReadOnlyAccess in payments-prod (111122223333)`, one each. */
  readonly targets: readonly string[];
  readonly startAt?: string;
  readonly durationMinutes?: number;
  /** Had at once, without approval. */
  readonly breakGlass: boolean;
  /** Of a break glass that was granted. */
  readonly review?: ReviewStory;
  /** The request that this one prolongs, and how long the whole stretch lasts, from its first request on. */
  readonly extends?: { readonly requestId: string; readonly first?: string; readonly wholeMinutes?: number };
  readonly justification?: string;
  readonly ticket?: string;
  /** What people should know, for instance sessions that outlast the grant. */
  readonly warnings: readonly Reason[];
  readonly waitsFor?: { readonly deadlineAt: string; readonly stages: readonly Stage[] };
  readonly decisions: readonly DecisionStory[];
  /** What its targets take, where people were asked. */
  readonly approval: readonly ApprovalChain[];
  readonly grants: readonly GrantStory[];
  /** What should have followed and has not. */
  readonly stalled: readonly StallStory[];
  readonly history: readonly HistoryEntry[];
}

/** Who is waited for now, under one policy. */
export interface Stage {
  readonly policyId: string;
  readonly missing: number;
  readonly approvers: { readonly groupIds: readonly string[]; readonly userIds: readonly string[] };
  /** Who counted for these targets, in whatever stage, by user id: who agreed, and in whose place. None of them counts for them again. */
  readonly counted: readonly string[];
}

/** A reason of TEAM's has a code, one that a person gave has none. */
export interface Why {
  readonly code?: string;
  readonly message: string;
  /** The target that it is about, or the field, where it is about one. */
  readonly about?: string;
}

/** One recorded event of a request. */
export interface HistoryEntry {
  readonly time: string;
  readonly source: string;
  readonly detailType: string;
  readonly eventId: string;
  readonly text: string;
  /** Of a refusal: who had said what does not count, as its emitter named them. */
  readonly answerTo?: string;
  /** Why it says nothing about the request, where that is so. */
  readonly disregarded?: string;
}

/** Tells the story of a request from its recorded events. `undefined` if there are none. */
export function tellStory(requestId: string, events: readonly RecordedEvent[], ownAccount: string): RequestStory | undefined {
  if (events.length === 0) return undefined;
  const facts = factsIn(events, ownAccount);
  const grants = facts(accessApprovedV1)[0]?.grants.map((grant) => grantStory(grant, facts)) ?? [];
  const outcome = outcomeOf(facts, grants);
  return {
    requestId,
    ...outcome,
    breakGlass: (facts(accessApprovedV1)[0] ?? facts(accessRequestAcceptedV1)[0] ?? facts(accessRequestedV1)[0])?.breakGlass === true,
    ...(facts(accessApprovedV1)[0]?.breakGlass === true ? { review: reviewStory(facts) } : {}),
    ...question(facts),
    ...(outcome.status === 'pending' ? waiting(facts) : {}),
    decisions: decisionStory(facts),
    approval: approvalStory(events, ownAccount, outcome.status === 'pending'),
    grants,
    stalled: stallStory(facts),
    history: events.map((event) => historyEntry(event, ownAccount)),
  };
}

/** A request reaches one of these; the first that is found stands. */
function outcomeOf(facts: Facts, grants: readonly GrantStory[]): Pick<RequestStory, 'status' | 'reasons' | 'by'> {
  if (grants.length > 0) return { status: requestStatus(grants.map(({ status }) => status)), reasons: [] };
  const [cancelled] = facts(accessCancelledV1);
  if (cancelled !== undefined) {
    const { by, reason: message } = cancelled;
    return { status: 'cancelled', by, reasons: message === undefined || message === '' ? [] : [{ message }] };
  }
  const [denied] = facts(accessDeniedV1);
  if (denied !== undefined) {
    const { reason, decider } = denied;
    return { status: 'denied', reasons: [reason], ...(decider === undefined ? {} : { by: { kind: 'person', ...decider } }) };
  }
  const [expired] = facts(approvalExpiredV1);
  if (expired !== undefined) {
    return { status: 'approval-expired', reasons: [{ message: `nobody decided by ${expired.deadlineAt}` }] };
  }
  // A rejection of an id that was accepted before answers another request that used it again.
  const [rejected] = facts(accessRequestAcceptedV1).length > 0 ? [] : facts(accessRequestRejectedV1);
  if (rejected !== undefined) return { status: 'rejected', reasons: rejected.reasons.map(whyRejected) };
  return { status: 'pending', reasons: [] };
}

function whyRejected({ code, message, target, field }: AccessRequestRejectedV1['reasons'][number]): Why {
  const about = target === undefined ? field?.replace(/^data\./, '') : [target.permissionSet, target.accountId].filter((part) => part !== undefined).join(' in ');
  return { code, message, ...(about === undefined || about === '' ? {} : { about }) };
}

type Question = Pick<RequestStory, 'requester' | 'askedBy' | 'targets' | 'startAt' | 'durationMinutes' | 'extends' | 'justification' | 'ticket' | 'warnings'>;

function targetAsAsked(target: AccessRequestedV1['targets'][number]): string {
  if ('bundle' in target) return `bundle ${target.bundle}`;
  return `${'permissionSetArn' in target ? target.permissionSetArn : target.permissionSetName} in ${target.accountId}`;
}

function question(facts: Facts): Question {
  const [accepted] = facts(accessRequestAcceptedV1);
  const [asked] = facts(accessRequestedV1);
  const words = accepted ?? asked;
  if (words === undefined) return { targets: [], warnings: [] };
  const { startAt, durationMinutes, justification, ticket } = words;
  const requester = accepted?.requester.userName ?? asked?.requester;
  const askedBy = accepted?.askedBy?.userName ?? asked?.askedBy;
  const stretch = accepted?.stretch;
  return {
    targets:
      accepted?.grants.map(({ permissionSetName, accountName, accountId }) => `${permissionSetName} in ${accountName} (${accountId})`) ??
      asked?.targets.map(targetAsAsked) ??
      [],
    ...(durationMinutes === undefined ? {} : { durationMinutes }),
    ...(words.extends === undefined
      ? {}
      : { extends: { requestId: words.extends, ...(stretch === undefined ? {} : { first: stretch.requestId, wholeMinutes: stretch.durationMinutes }) } }),
    warnings: accepted?.warnings ?? [],
    ...(requester === undefined ? {} : { requester }),
    ...(askedBy === undefined ? {} : { askedBy }),
    ...(startAt === undefined ? {} : { startAt }),
    ...(justification === undefined ? {} : { justification }),
    ...(ticket === undefined ? {} : { ticket: ticket.id }),
  };
}

function waiting(facts: Facts): Pick<RequestStory, 'waitsFor'> {
  const asked = facts(approvalRequestedV1).at(-1);
  if (asked === undefined) return {};
  const stages = asked.openStages.map((stage) => ({ policyId: stage.policyId, missing: missingIn(stage, facts), approvers: stage.approvers, counted: countedFor(stage, facts) }));
  return { waitsFor: { deadlineAt: asked.deadlineAt, stages: stages.filter(({ missing }) => missing > 0) } };
}

/** How many must still agree: people are asked when a stage opens, and what they say is recorded one by one. Each stage before it took its whole quorum. */
function missingIn({ grantIds, stage, quorum, missing }: ApprovalRequestedV1['openStages'][number], facts: Facts): number {
  const concerns = (others: readonly string[]): boolean => others.some((id) => grantIds.includes(id));
  const agreed = agreedTo(grantIds, facts).length;
  const earlier = facts(approvalRequestedV1).flatMap(({ openStages }) => openStages.filter((other) => other.stage < stage && concerns(other.grantIds)));
  const taken = [...new Map(earlier.map((other) => [other.stage, other.quorum])).values()].reduce((sum, each) => sum + each, 0);
  return Math.min(missing, Math.max(0, quorum + taken - agreed));
}

const agreedTo = (grantIds: readonly string[], facts: Facts) => facts(approvalRecordedV1).filter((decision) => decision.verdict === 'approve' && decision.grantIds.some((id) => grantIds.includes(id)));

/** All targets of a stage stand at the same point, so whoever counted for one of them counted for all. */
function countedFor({ grantIds }: ApprovalRequestedV1['openStages'][number], facts: Facts): readonly string[] {
  return [...new Set(agreedTo(grantIds, facts).flatMap(({ decider, onBehalfOf = decider }) => [decider.userId, onBehalfOf.userId]))];
}

function historyEntry(event: RecordedEvent, ownAccount: string): HistoryEntry {
  const { time, recordedAt, source, detailType, eventId, detail } = event;
  const why = disregarded(event, ownAccount);
  const answerTo = whoIsRefused(factsIn([event], ownAccount));
  return {
    time: time ?? recordedAt,
    source,
    detailType,
    eventId,
    text: describe(detailType, detail?.['data']),
    ...(answerTo === undefined ? {} : { answerTo }),
    ...(why === undefined ? {} : { disregarded: why }),
  };
}

/** Who had said what an event refuses. */
function whoIsRefused(facts: Facts): string | undefined {
  const end = facts(cancellationRefusedV1)[0] ?? facts(accessRevocationRefusedV1)[0];
  return facts(approvalDecisionRefusedV1)[0]?.decider ?? facts(accessReviewRefusedV1)[0]?.reviewer ?? end?.by;
}
