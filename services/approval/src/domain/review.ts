import type { Person, Principals } from './people.ts';

/** How a break glass is reviewed once it is over. */
export interface PlannedReview {
  /** Who may review: as principals, whose members are looked up when they do. */
  readonly reviewers: Principals;
  readonly withinMinutes: number;
}

/** The review of a break glass that was granted. Times are milliseconds since the epoch. */
export interface Review extends PlannedReview {
  readonly requester: Person;
  readonly askedBy?: Person | undefined;
  /** Grants of which nobody has said that they are over. */
  readonly openGrants: readonly string[];
  /** When something comes by itself: people are asked to review, or it is said that nobody did. */
  readonly nextAt: number;
  /** Absent until people are asked, which is when access is over. */
  readonly reviewBy?: string | undefined;
  /** How often it was said that nobody did. */
  readonly overdue: number;
  /** Absent until somebody did. */
  readonly reviewedBy?: Person | undefined;
}

/** When something of a review comes by itself (ms); `undefined` once it is done. */
export function reviewDueAt(review: Review | undefined): number | undefined {
  return review?.reviewedBy === undefined ? review?.nextAt : undefined;
}
