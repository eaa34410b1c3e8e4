import type { ApprovalEvent } from './events.ts';
import { unionOf, type Principals } from './people.ts';
import { maximumPrincipals } from './plan.ts';
import { reviewDueAt, type Review } from './review.ts';
import type { AcceptedRequest, Pending } from './state.ts';
import { iso, windowBounds } from './window.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** Where nobody says that access is over, it is taken to be so long after the last moment of it (ms). */
export const overUnsaidAfterMs = 60 * minuteMs;
/** The contract's bound of how often a review can be said to be overdue. */
const mostRepetitions = 1_000;

/** Who reviews: whom approval would have asked, and administrators; not those who asked. Groups that these belong to stay: ids are compared then. */
export function reviewersOf({ requester, askedBy, administrators }: AcceptedRequest, approvers: readonly Principals[]): Principals {
  const { groupIds, userIds } = unionOf([administrators, ...approvers]);
  const others = userIds.filter((id) => id !== requester.userId && id !== askedBy?.userId);
  return { groupIds: groupIds.slice(0, maximumPrincipals), userIds: others.slice(0, maximumPrincipals) };
}

/** The review that a break glass agreed at `agreedAt` (ms) is to have; none for anything else. */
export function reviewToCome({ request, review }: Pending, agreedAt: number): Review | undefined {
  if (review === undefined) return undefined;
  const { requester, askedBy, grants } = request;
  return {
    ...review,
    requester,
    ...(askedBy === undefined ? {} : { askedBy }),
    openGrants: grants.map(({ grantId }) => grantId),
    nextAt: Date.parse(windowBounds(request, agreedAt).latestEnd) + overUnsaidAfterMs,
    overdue: 0,
  };
}

/** One grant is over; when it was the last, people are asked to review. */
export function accessOver(requestId: string, review: Review | undefined, grantId: string, now: number): readonly ApprovalEvent[] {
  if (review === undefined || review.reviewBy !== undefined || !review.openGrants.includes(grantId)) return [];
  const over: ApprovalEvent = { type: 'GrantOver', data: { requestId, grantId } };
  return review.openGrants.length > 1 ? [over] : [over, askForReview(requestId, review, now)];
}

/** What time brings to a review: people are asked though nobody said that access is over, or it is said once a day that nobody did. */
export function whatIsDueOfReview(requestId: string, review: Review, now: number): readonly ApprovalEvent[] {
  if (now < (reviewDueAt(review) ?? Infinity)) return [];
  const { requester, reviewers, reviewBy, overdue } = review;
  if (reviewBy === undefined) return [askForReview(requestId, review, now)];
  const days = Math.floor((now - Date.parse(reviewBy)) / dayMs) + 1;
  return [
    { type: 'AccessReviewOverdue.v1', data: { requestId, requester, reviewers, reviewBy, repetition: Math.min(overdue + 1, mostRepetitions) } },
    { type: 'ReviewReminderPlanned', data: { requestId, at: Date.parse(reviewBy) + days * dayMs } },
  ];
}

function askForReview(requestId: string, { requester, reviewers, withinMinutes }: Review, now: number): ApprovalEvent {
  return { type: 'AccessReviewRequested.v1', data: { requestId, requester, reviewers, reviewBy: iso(now + withinMinutes * minuteMs) } };
}
