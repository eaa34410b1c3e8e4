import { toTimestamp } from '../timing.ts';
import type { Fact, Said } from './facts.ts';
import type { Asked, Assignment, Grant, Lifecycle, Seen, Target } from './state.ts';

/** A request has at most so many grants, and so many decisions that count. */
const mostGrants = 50;
const mostDecisions = 50;

/** The lifecycle after a fact, whenever it comes: what was said first stands, and the order makes no difference. `now` in ms. */
export function follow(state: Lifecycle | undefined, { requestId, seen: heard, said }: Fact, now: number): Lifecycle {
  // What emitters say of time is not believed.
  const seen = said.type === 'wished' ? { ...heard, at: toTimestamp(now) } : heard;
  const before = state ?? { requestId, heardAt: now, lastSeen: seen, decisions: {}, grants: {}, stalls: {} };
  const after = noted(before, said, seen, now);
  if (state !== undefined && JSON.stringify(after) === JSON.stringify(before)) return state;
  // What only says again that something does not get on is no step forward: a stall is said all the same.
  const heardAt = said.type === 'removal-delayed' || said.type === 'overdue' ? before.heardAt : now;
  return { ...after, heardAt, lastSeen: newer(before.lastSeen, seen) };
}

/** By their own time, then by their ids: the same one in whatever order both came. */
function newer(one: Seen, other: Seen): Seen {
  const between = Date.parse(one.at) - Date.parse(other.at);
  return between > 0 || (between === 0 && one.eventId >= other.eventId) ? one : other;
}

function noted(state: Lifecycle, said: Said, seen: Seen, now: number): Lifecycle {
  switch (said.type) {
    case 'wished':
      // Only the wish that was heard first and of which nothing else is known waits for an answer.
      return state.wishedAt !== undefined || isAnswered(state) ? state : { ...state, wishedAt: now };
    case 'accepted':
      return withTargets({ ...state, asked: mergedAsked(state.asked, said.asked), answered: true }, said.grants);
    case 'ignored':
      return { ...state, answered: true };
    case 'rejected':
      return { ...state, rejected: state.rejected ?? { at: said.at, reasons: said.reasons, ...defined({ requester: said.requester }) } };
    case 'approval-requested': {
      const { approvalRequested: known } = state;
      const at = earlier(known?.at, seen.at);
      const deadlineAt = known === undefined || said.deadlineAt > known.deadlineAt ? said.deadlineAt : known.deadlineAt;
      return withTargets({ ...state, approvalRequested: { at, deadlineAt } }, said.grants);
    }
    case 'decided': {
      const { type: _, decisionId, ...decision } = said;
      if (state.decisions[decisionId] !== undefined || Object.keys(state.decisions).length >= mostDecisions) return state;
      return { ...state, decisions: { ...state.decisions, [decisionId]: defined(decision) } };
    }
    case 'approved': {
      const approved = state.approved ?? { at: said.at, window: said.window, byPolicy: said.byPolicy };
      return withTargets({ ...state, asked: mergedAsked(state.asked, said.asked), approved }, said.grants);
    }
    case 'denied':
      return { ...state, denied: state.denied ?? { at: said.at, reason: said.reason } };
    case 'approval-expired':
      return { ...state, approvalExpiredAt: state.approvalExpiredAt ?? said.at };
    case 'cancelled':
      return { ...state, cancelled: state.cancelled ?? { at: said.at, by: said.by, ...defined({ reason: said.reason }) } };
    case 'review-requested': {
      return { ...state, review: { ...state.review, requestedAt: earlier(state.review?.requestedAt, seen.at), reviewBy: said.reviewBy } };
    }
    case 'review-overdue': {
      return { ...state, review: { ...state.review, overdueAt: earlier(state.review?.overdueAt, seen.at), reviewBy: said.reviewBy } };
    }
    case 'reviewed': {
      const { type: _, ...review } = said;
      return { ...state, review: { ...state.review, reviewed: state.review?.reviewed ?? defined(review) } };
    }
    default:
      return ofGrants(state, said, seen);
  }
}

type OfGrants = Exclude<Said, { readonly type: 'wished' | 'accepted' | 'ignored' | 'rejected' | 'approval-requested' | 'decided' | 'approved' | 'denied' | 'approval-expired' | 'cancelled' | 'review-requested' | 'review-overdue' | 'reviewed' }>;

/** Whether the wish was answered, by whatever fact of the five services. */
export const isAnswered = ({ answered, rejected, asked, approvalRequested, denied, cancelled, approvalExpiredAt, grants }: Lifecycle): boolean =>
  answered === true || [rejected, asked, approvalRequested, denied, cancelled, approvalExpiredAt].some((one) => one !== undefined) || Object.keys(grants).length > 0;

/** The acceptance says more than the approval does; whichever comes first, what is said once stays. */
function mergedAsked(known: Asked | undefined, said: Asked): Asked {
  if (known === undefined) return defined(said);
  return { ...known, ...Object.fromEntries(Object.entries(defined(said)).filter(([name]) => !(name in known))) };
}

/** The request's own services say for what its grants are: what provisioning said of other assignments under their ids is forgotten. */
function withTargets(state: Lifecycle, grants: readonly { readonly grantId: string; readonly target: Target }[]): Lifecycle {
  const added = grants.flatMap(({ grantId, target }) => {
    const known = state.grants[grantId];
    if (known?.target !== undefined) return [];
    const credible = known?.assignment === undefined || isFor(target, known.assignment);
    return [[grantId, credible ? { ...known, target } : { target }] as const];
  });
  return added.length === 0 ? state : { ...state, grants: { ...state.grants, ...Object.fromEntries(added) } };
}

const isFor = (target: Target, { accountId, permissionSetArn }: Assignment): boolean => target.accountId === accountId && target.permissionSetArn === permissionSetArn;

function ofGrants(state: Lifecycle, said: OfGrants, seen: Seen): Lifecycle {
  const ids = 'grantIds' in said ? said.grantIds : [said.grantId];
  const changed = ids.flatMap((grantId) => {
    const known = state.grants[grantId];
    if (known === undefined && !takesMore(state)) return [];
    if (known?.target !== undefined && 'assignment' in said && !isFor(known.target, said.assignment)) return [];
    const named = 'assignment' in said ? { assignment: known?.assignment ?? said.assignment } : {};
    return [[grantId, { ...known, ...named, ...toldOf(known ?? {}, said, seen) }] as const];
  });
  return changed.length === 0 ? state : { ...state, grants: { ...state.grants, ...Object.fromEntries(changed) } };
}

/** Ids of grants are believed while it is not known which there are, and as many as a request can have. */
function takesMore({ asked, approved, grants }: Lifecycle): boolean {
  return asked === undefined && approved === undefined && Object.keys(grants).length < mostGrants;
}

function toldOf(grant: Grant, said: OfGrants, seen: Seen): Partial<Grant> {
  switch (said.type) {
    case 'scheduled':
      return { scheduledAt: earlier(grant.scheduledAt, seen.at) };
    case 'opening-due':
      return { openingDueAt: earlier(grant.openingDueAt, seen.at) };
    case 'eligibility':
      return { eligibility: grant.eligibility ?? { verdict: said.verdict, at: said.at } };
    case 'opened':
      return { openedAt: earlier(grant.openedAt, said.at), target: grant.target ?? said.target };
    case 'granted': {
      const isFirst = grant.grantedAt === undefined || said.at < grant.grantedAt;
      return isFirst ? { grantedAt: said.at, how: said.how, endsAt: said.endsAt } : {};
    }
    case 'failed':
      return { failed: grant.failed ?? { at: said.at, reason: said.reason } };
    case 'extended':
      return grant.extended === undefined || said.endsAt > grant.extended.endsAt ? { extended: { requestId: said.requestId, endsAt: said.endsAt } } : {};
    case 'ended':
      return { ended: grant.ended ?? { at: said.at, ...defined({ by: said.by, reason: said.reason }) } };
    case 'overdue':
      return { overdueSince: grant.overdueSince ?? said.at };
    case 'removal-delayed':
      return { removalDelayed: grant.removalDelayed ?? said.reason };
    case 'over':
      // Said again when asked again: the first time that something was removed tells the most.
      return grant.over !== undefined && (grant.over.removedAt !== undefined || said.removedAt === undefined)
        ? {}
        : { over: { at: said.at, how: said.how, ...defined({ removedAt: said.removedAt, credentialsUselessBy: said.credentialsUselessBy }) } };
    case 'used':
      // Collected again later, with what came late.
      return grant.activity === undefined || said.activity.collectedAt > grant.activity.collectedAt ? { activity: said.activity } : {};
    default:
      throw new RangeError(`${seen.detailType} is of no grant`);
  }
}

const earlier = (known: string | undefined, said: string): string => (known === undefined || said < known ? said : known);

/** Without the members that have no value: an item keeps none, and what is read back is the same as what was written. */
function defined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;
}
