import type { ReviewStory } from '../../../story/src/review-story.ts';
import { moment } from './printable.ts';

/** What has become of the review of a break glass, in a line. */
export function reviewLine(review: ReviewStory): string {
  switch (review.status) {
    case 'later':
      return 'comes when its access is over';
    case 'waiting':
      return `waits until ${moment(review.reviewBy)}`;
    case 'overdue':
      return `OVERDUE since ${moment(review.reviewBy)}`;
    case 'reviewed':
      return `${review.verdict} by ${review.by} at ${moment(review.at)}${review.comment === undefined || review.comment === '' ? '' : `: ${review.comment}`}`;
  }
}
