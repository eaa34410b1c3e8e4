import { isAnswered } from './evolve.ts';
import { grantStatusOf, type Grant, type Lifecycle } from './state.ts';

const secondMs = 1_000;
const minuteSeconds = 60;
const hourSeconds = 60 * minuteSeconds;

/** What must have followed, and within how many seconds. `means` ends "nothing came of …". */
interface Bound {
  /** Any of these is an answer. */
  readonly missing: readonly string[];
  readonly seconds: number;
  /** From when on it counts, for people. */
  readonly from: string;
}

/**
 * Every step of a lifecycle, what must follow it, and within what time. Generous: what a service does at once may wait for minutes while AWS
 * has an outage, and expiry says itself after fifteen minutes that an end is overdue. docs/operations.md shows the same table.
 */
export const bounds = {
  judged: { missing: ['AccessRequestAccepted.v1', 'AccessRequestRejected.v1', 'DuplicateRequestIgnored.v1'], seconds: 5 * minuteSeconds, from: 'somebody asked' },
  taken: { missing: ['ApprovalRequested.v1', 'AccessApproved.v1', 'AccessDenied.v1', 'AccessCancelled.v1'], seconds: 5 * minuteSeconds, from: 'the request was accepted' },
  decided: { missing: ['AccessApproved.v1', 'AccessDenied.v1', 'ApprovalExpired.v1', 'AccessCancelled.v1'], seconds: 5 * minuteSeconds, from: 'the deadline of approval' },
  scheduled: { missing: ['AccessScheduled.v1', 'AccessWindowOpened.v1', 'AccessRevoked.v1'], seconds: 5 * minuteSeconds, from: 'it was approved for later' },
  opened: { missing: ['AccessWindowOpened.v1', 'AccessOpeningDue.v1', 'AccessRevoked.v1'], seconds: 10 * minuteSeconds, from: 'its start, or the end of what it extends' },
  confirmed: { missing: ['EligibilityConfirmed.v1', 'EligibilityLapsed.v1', 'AccessRevoked.v1'], seconds: 5 * minuteSeconds, from: 'it was asked whether it is still allowed' },
  granted: { missing: ['AccessGranted.v1', 'AccessGrantFailed.v1', 'AccessExpired.v1', 'AccessRevoked.v1'], seconds: 15 * minuteSeconds, from: 'the window opened' },
  ended: { missing: ['AccessExpired.v1', 'AccessRevoked.v1'], seconds: 5 * minuteSeconds, from: 'its end' },
  over: { missing: ['AccessEnded.v1'], seconds: 20 * minuteSeconds, from: 'its end was said' },
  reviewAsked: { missing: ['AccessReviewRequested.v1'], seconds: 10 * minuteSeconds, from: 'break glass was over' },
  reviewed: { missing: ['AccessReviewed.v1', 'AccessReviewOverdue.v1'], seconds: 10 * minuteSeconds, from: 'break glass was to be reviewed' },
  collected: { missing: ['SessionActivityCollected.v1'], seconds: 6 * hourSeconds, from: 'no credentials of it worked any more' },
} as const satisfies Readonly<Record<string, Bound>>;
export type Step = keyof typeof bounds;

/** A wish that nobody answered for so long will not be answered: forged in a way that no judge answers, or asked of nobody (ms). */
export const abandonedAfterMs = 7 * 24 * hourSeconds * secondMs;

/** Something that must have followed by then, and has not yet. */
export interface Expected {
  /** The step, and of which grant. */
  readonly name: string;
  readonly grantId?: string;
  readonly missing: readonly string[];
  readonly boundSeconds: number;
  /** By when (ms since the epoch). */
  readonly by: number;
}

/** Which services there are to wait for: what nobody publishes is not missed. */
export interface Watching {
  readonly collectsActivity: boolean;
}

/** All that must follow and has not been heard, in no particular order. */
export function expectedOf(lifecycle: Lifecycle, watching: Watching): Expected[] {
  const { wishedAt, abandoned } = lifecycle;
  if (!isAnswered(lifecycle)) return wishedAt === undefined || abandoned === true ? [] : [expected('judged', wishedAt)];
  return [...untilDecided(lifecycle), ...Object.entries(lifecycle.grants).flatMap(([grantId, grant]) => ofGrant(lifecycle, grantId, grant, watching)), ...ofReview(lifecycle)];
}

function expected(step: Step, from: number, grantId?: string): Expected {
  const { missing, seconds } = bounds[step];
  const name = grantId === undefined ? step : `${step} ${grantId}`;
  return { name, ...(grantId === undefined ? {} : { grantId }), missing, boundSeconds: seconds, by: from + seconds * secondMs };
}

const isDecided = ({ approved, denied, approvalExpiredAt, cancelled }: Lifecycle): boolean => [approved, denied, approvalExpiredAt, cancelled].some((one) => one !== undefined);

function untilDecided(lifecycle: Lifecycle): Expected[] {
  const { asked, approvalRequested } = lifecycle;
  if (isDecided(lifecycle)) return [];
  if (approvalRequested !== undefined) return [expected('decided', Date.parse(approvalRequested.deadlineAt))];
  return asked === undefined ? [] : [expected('taken', Date.parse(asked.at))];
}

function ofGrant(lifecycle: Lifecycle, grantId: string, grant: Grant, watching: Watching): Expected[] {
  const { ended, over, grantedAt, endsAt, failed, openedAt } = grant;
  if (over !== undefined) return watching.collectsActivity && grantedAt !== undefined && grant.activity === undefined ? [expected('collected', Date.parse(over.credentialsUselessBy ?? over.at), grantId)] : [];
  if (ended !== undefined) return [expected('over', Date.parse(ended.at), grantId)];
  if (grantedAt !== undefined && endsAt !== undefined) return [expected('ended', Date.parse(endsAt), grantId)];
  // Final: nothing is left that would end.
  if (failed !== undefined) return [];
  if (openedAt !== undefined) return [expected('granted', Date.parse(openedAt), grantId)];
  return beforeOpening(lifecycle, grantId, grant);
}

function beforeOpening({ approved, asked }: Lifecycle, grantId: string, { scheduledAt, openingDueAt, eligibility }: Grant): Expected[] {
  if (approved === undefined) return [];
  const [approvedAt, notBefore] = [Date.parse(approved.at), Date.parse(approved.window.notBefore)];
  // An extension waits until what it extends is there.
  const start = asked?.extends === undefined ? Math.max(approvedAt, notBefore) : Date.parse(approved.window.openBy);
  const waits = notBefore > approvedAt && scheduledAt === undefined && openingDueAt === undefined ? [expected('scheduled', approvedAt, grantId)] : [];
  if (eligibility !== undefined) return [expected('opened', Math.max(start, Date.parse(eligibility.at)), grantId)];
  if (openingDueAt !== undefined) return [expected('confirmed', Date.parse(openingDueAt), grantId)];
  return [...waits, expected('opened', start, grantId)];
}

function ofReview({ asked, approved, grants, review }: Lifecycle): Expected[] {
  if (review?.reviewed !== undefined || review?.overdueAt !== undefined) return [];
  if (review?.reviewBy !== undefined) return [expected('reviewed', Date.parse(review.reviewBy))];
  if (asked?.breakGlass !== true || asked.reviewWithinMinutes === undefined || approved === undefined) return [];
  const all = Object.values(grants);
  const overAt = all.map(({ over, failed }) => over?.at ?? failed?.at);
  return all.every((grant) => ['ended', 'revoked', 'failed'].includes(grantStatusOf(grant))) ? [expected('reviewAsked', Math.max(...overAt.map((at) => Date.parse(at ?? approved.at))))] : [];
}
