import { escalate } from './escalation.ts';
import type { ApprovalEvent, DataOf } from './events.ts';
import { count, type Counted } from './progress.ts';
import type { Review } from './review.ts';
import type { CountedApproval, Over, Pending, State } from './state.ts';

/** Refusals remembered by digest; an older submission that comes again is refused again, which does no harm. */
const answersRemembered = 100;

/** The state after an event. */
export function evolve(state: State | undefined, event: ApprovalEvent): State {
  const known = state ?? heardOf(event.data.requestId);
  switch (event.type) {
    case 'EarlyDecisionKept':
      return {
        ...first(known, event.data.decision.waitsSince),
        early: { ...known.early, decisions: [...known.early.decisions, event.data.decision] },
      };
    case 'EarlyRevocationKept':
      return {
        ...first(known, event.data.revocation.waitsSince),
        early: { ...known.early, revocations: [...known.early.revocations, event.data.revocation] },
      };
    case 'ApprovalBegun':
      return { ...heard(known), phase: 'pending', since: event.data.at, pending: event.data.pending };
    case 'DecisionCounted':
      return decisionCounted(known, event.data);
    case 'StagesEscalated':
      return { ...heard(known), phase: 'pending', pending: escalated(pendingIn(known), event.data.chains) };
    case 'ReminderPlanned':
      return { ...heard(known), phase: 'pending', pending: { ...pendingIn(known), remindAt: event.data.remindAt } };
    case 'AllAgreed':
      return { ...heard(known), phase: 'agreed', since: event.data.at, pending: pendingIn(known) };
    case 'SubmissionAnswered':
      return {
        ...first(without(known, event.data.digest), event.data.at),
        answered: [...known.answered, event.data.digest].slice(-answersRemembered),
      };
    case 'ReviewAwaited':
      // Whatever else the approval left stays: an extension asks until when it may last.
      return known.phase === 'approved' ? { ...known, review: event.data.review } : known;
    case 'GrantOver':
      return reviewing(known, ({ openGrants }) => ({ openGrants: openGrants.filter((grantId) => grantId !== event.data.grantId) }));
    case 'ReviewReminderPlanned':
      return reviewing(known, () => ({ nextAt: event.data.at }));
    case 'AccessReviewRequested.v1':
      return reviewing(known, () => ({ openGrants: [], reviewBy: event.data.reviewBy, nextAt: Date.parse(event.data.reviewBy) }));
    case 'AccessReviewOverdue.v1':
      return reviewing(known, () => ({ overdue: event.data.repetition }));
    case 'AccessReviewed.v1':
      return reviewing(known, () => ({ reviewedBy: event.data.reviewer }));
    case 'ApprovalReminded.v1':
      return { ...heard(known), phase: 'pending', pending: { ...pendingIn(known), reminders: event.data.reminder } };
    case 'AccessApproved.v1':
      return { ...heard(known), phase: 'approved', since: Date.parse(event.data.approvedAt), latestEnd: event.data.window.latestEnd };
    case 'AccessDenied.v1':
      return over(known, 'denied', event.data.deniedAt);
    case 'ApprovalExpired.v1':
      return over(known, 'expired', event.data.deadlineAt);
    case 'AccessCancelled.v1':
      return over(known, 'cancelled', event.data.cancelledAt);
    case 'ApprovalRequested.v1':
    case 'ApprovalRecorded.v1':
    case 'ApprovalDecisionRefused.v1':
    case 'CancellationRefused.v1':
    case 'AccessReviewRefused.v1':
      return known;
  }
}

const heardOf = (requestId: string): State => ({
  phase: 'unknown',
  requestId,
  since: 0,
  answered: [],
  counted: {},
  early: { decisions: [], revocations: [] },
});

const heard = ({ requestId, since, answered, counted, early }: State) => ({ requestId, since, answered, counted, early });

/** A request of which nothing had been heard is heard of since now. */
const first = (state: State, at: number): State => (state.since === 0 ? { ...state, since: at } : state);

const over = (state: State, phase: Over, at: string): State => ({ ...heard(state), phase, since: Date.parse(at) });

function without(state: State, digest: string): State {
  const decisions = state.early.decisions.filter((early) => early.digest !== digest);
  const revocations = state.early.revocations.filter((early) => early.digest !== digest);
  return { ...state, early: { decisions, revocations } };
}

function pendingIn(state: State): Pending {
  if (state.phase !== 'pending' && state.phase !== 'agreed') throw new TypeError(`a request that is ${state.phase} has nothing pending`);
  return state.pending;
}

function reviewing(state: State, change: (review: Review) => Partial<Review>): State {
  if (state.phase !== 'approved' || state.review === undefined) throw new TypeError(`a request that is ${state.phase} has no review`);
  return { ...state, review: { ...state.review, ...change(state.review) } };
}

const escalated = (pending: Pending, chains: readonly string[]): Pending => ({ ...pending, policies: escalate(pending.policies, chains) });

function whoCounts({ decider, onBehalfOf }: CountedApproval): Counted {
  return { userId: decider.userId, ...(onBehalfOf === undefined ? {} : { onBehalfOf: onBehalfOf.userId }) };
}

function decisionCounted(state: State, { decisionId, digest, approval }: DataOf<'DecisionCounted'>): State {
  const pending = pendingIn(state);
  const known = { ...heard(without(state, digest)), phase: 'pending', counted: { ...state.counted, [decisionId]: digest } } as const;
  if (approval === undefined) return { ...known, pending };
  const { counted, chains } = approval;
  const policies = count(pending.policies, chains, whoCounts(counted), Date.parse(counted.decidedAt));
  return { ...known, pending: { ...pending, policies, approvals: [...pending.approvals, counted] } };
}
