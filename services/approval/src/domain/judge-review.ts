import { asksFor } from './capacity.ts';
import type { JudgeReview, ReviewClaims } from './commands.ts';
import { timeProblems } from './decision-problems.ts';
import type { ApprovalEvent } from './events.ts';
import { includes, type KnownPerson, type Reason } from './people.ts';
import { refuseReview, wasAnswered } from './refusals.ts';
import type { ReviewSubmission, State } from './state.ts';
import type { Review } from './review.ts';
import { iso } from './window.ts';

/**
 * Records what somebody finds of a break glass, or says every reason why their review does not count. Nobody stands in for a reviewer: whom
 * it is asked of are many, and time is long.
 */
export function judgeReview(state: State | undefined, command: JudgeReview, now: number): readonly ApprovalEvent[] {
  const { submission, arrivedAt, evidence } = command;
  const { requestId, digest, verdict, comment } = submission;
  if (wasAnswered(state, digest)) return [];
  const review = state?.phase === 'approved' ? state.review : undefined;
  const reviewer = evidence !== undefined && 'person' in evidence.reviewer ? evidence.reviewer.person : undefined;
  const reasons = [
    ...problemsWithEvidence(command, arrivedAt),
    ...problemsWithRequest(state, review),
    ...(review === undefined || reviewer === undefined ? [] : problemsWithReviewer(review, reviewer)),
  ];
  if (reasons.length > 0 || reviewer === undefined) return refuseReview(submission, reasons, now);
  const { userId, userName, displayName } = reviewer;
  return [
    { type: 'SubmissionAnswered', data: { requestId, digest, at: now } },
    {
      type: 'AccessReviewed.v1',
      data: {
        requestId,
        reviewer: { userId, userName, ...(displayName === undefined ? {} : { displayName }) },
        verdict,
        ...(comment === undefined ? {} : { comment }),
        reviewedAt: iso(now),
      },
    },
  ];
}

function problemsWithEvidence({ submission, evidence }: JudgeReview, arrivedAt: number): readonly Reason[] {
  const { source, account } = submission;
  if (evidence === undefined) return [{ code: 'ERR_CHANNEL_UNKNOWN', message: `${source} in account ${account} is not registered as a channel that may pass on reviews` }];
  const { claims, reviewer } = evidence;
  const reasons: Reason[] = 'problem' in claims ? [claims.problem] : [...timeProblems(claims, submission, arrivedAt, { code: 'ERR_REVIEW_EXPIRED', doing: 'review' })];
  if ('problem' in reviewer) reasons.push(reviewer.problem);
  else if (!reviewer.person.enabled) reasons.push({ code: 'ERR_REVIEWER_DISABLED', message: `${reviewer.person.userName} is disabled in the identity store` });
  if ('problem' in claims) return reasons;
  const differing = differences(claims, submission, 'person' in reviewer ? reviewer.person.userId : undefined);
  if (differing.length > 0) reasons.push({ code: 'ERR_REVIEW_MISMATCH', message: `the signature says something else than the event about ${differing.join(', ')}` });
  return reasons;
}

/** The channel signs for the person, who must be the one found for the event's reviewer. */
function differences(claims: ReviewClaims, submission: ReviewSubmission, reviewer: string | undefined): readonly string[] {
  const same = {
    requestId: claims.requestId === submission.requestId,
    verdict: claims.verdict === submission.verdict,
    reviewer: reviewer === undefined || claims.reviewer === reviewer,
  };
  return Object.entries(same).flatMap(([field, isSame]) => (isSame ? [] : [field]));
}

function problemsWithRequest(state: State | undefined, review: Review | undefined): readonly Reason[] {
  if (state === undefined || state.phase === 'unknown') return [{ code: 'ERR_REQUEST_UNKNOWN', message: 'no accepted request has this id; check it' }];
  const toCome = 'pending' in state && state.pending.review !== undefined;
  if (review === undefined && !toCome) return [{ code: 'ERR_NOT_BREAK_GLASS', message: 'no break glass was granted under this request; there is nothing to review' }];
  if (review?.reviewBy === undefined) return [{ code: 'ERR_REVIEW_TOO_EARLY', message: 'it is reviewed when its access is over; review then' }];
  if (review.reviewedBy !== undefined) return [{ code: 'ERR_ALREADY_REVIEWED', message: `${review.reviewedBy.userName} has reviewed it; the first review stands` }];
  return [];
}

function problemsWithReviewer(review: Review, reviewer: KnownPerson): readonly Reason[] {
  const { userName } = reviewer;
  const reasons: Reason[] = [];
  if (asksFor(reviewer, review)) reasons.push({ code: 'ERR_SELF_REVIEW', message: `${userName} asked for this; nobody reviews what they asked for themselves or for another` });
  if (!includes(review.reviewers, reviewer)) reasons.push({ code: 'ERR_NOT_A_REVIEWER', message: `${userName} is not among those who are asked to review this` });
  return reasons;
}
