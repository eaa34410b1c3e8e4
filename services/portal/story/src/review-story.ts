import { accessReviewedV1, accessReviewOverdueV1, accessReviewRequestedV1, type AccessReviewedV1 } from '@team/contracts';
import type { Facts } from './facts.ts';

/** What has become of the review of a break glass. Times are ISO 8601 UTC. */
export type ReviewStory =
  /** Its access is not over yet. */
  | { readonly status: 'later' }
  | { readonly status: 'waiting' | 'overdue'; readonly reviewBy: string; readonly reviewers: { readonly groupIds: readonly string[]; readonly userIds: readonly string[] } }
  | { readonly status: 'reviewed'; readonly verdict: AccessReviewedV1['verdict']; readonly by: string; readonly at: string; readonly comment?: string };

/** What the facts say about the review of a break glass, in whatever order they came. */
export function reviewStory(facts: Facts): ReviewStory {
  const [reviewed] = facts(accessReviewedV1);
  if (reviewed !== undefined) {
    const { verdict, reviewer, reviewedAt, comment } = reviewed;
    return { status: 'reviewed', verdict, by: reviewer.userName, at: reviewedAt, ...(comment === undefined ? {} : { comment }) };
  }
  const overdue = facts(accessReviewOverdueV1).at(-1);
  const asked = overdue ?? facts(accessReviewRequestedV1)[0];
  if (asked === undefined) return { status: 'later' };
  return { status: overdue === undefined ? 'waiting' : 'overdue', reviewBy: asked.reviewBy, reviewers: asked.reviewers };
}
