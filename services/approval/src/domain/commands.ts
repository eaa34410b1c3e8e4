import type { Absence } from './capacity.ts';
import type { KnownPerson, Reason } from './people.ts';
import type { Plan } from './plan.ts';
import type { PlannedReview } from './review.ts';
import type { EligibleApprovers } from './staffing.ts';
import type { AcceptedRequest, DecisionSubmission, ReviewSubmission, RevocationSubmission } from './state.ts';

/** What came of looking a person up. */
export type Lookup = { readonly person: KnownPerson } | { readonly problem: Reason };

/** What a channel signed. `auth_time` and `exp` are seconds since the epoch. */
export interface DecisionClaims {
  readonly requestId: string;
  readonly requestDigest: string;
  readonly decisionId: string;
  readonly decider: string;
  readonly verdict: 'approve' | 'deny';
  readonly auth_time: number;
  readonly exp: number;
}

/** A decision with everything that was found out about it. */
export interface JudgeDecision {
  readonly type: 'judge-decision';
  readonly submission: DecisionSubmission;
  /** When it first arrived (ms), where it had to wait: for its request, or for the end of an outage. */
  readonly arrivedAt?: number;
  /** Absent: nobody registered who may pass on decisions put it on the bus; nothing it says was looked at. */
  readonly evidence?: {
    readonly claims: DecisionClaims | { readonly problem: Reason };
    readonly decider: Lookup;
    /** Who delegated to the decider. */
    readonly absences?: readonly Absence[];
  };
}

/** A wish to cancel with everything that was found out about it. */
export interface JudgeRevocation {
  readonly type: 'judge-revocation';
  readonly submission: RevocationSubmission;
  /** Who put it on the bus; absent: nobody registered for it. */
  readonly emitter?: { readonly name: string; readonly mayRevoke: boolean };
  /** The person on whose behalf a channel that authenticates people asks. */
  readonly actsFor?: { readonly ref: string; readonly lookup: Lookup };
}

/** What a channel signed of a review. `auth_time` and `exp` are seconds since the epoch. */
export interface ReviewClaims {
  readonly requestId: string;
  readonly reviewer: string;
  readonly verdict: ReviewSubmission['verdict'];
  readonly auth_time: number;
  readonly exp: number;
}

/** A review of break glass with everything that was found out about it. */
export interface JudgeReview {
  readonly type: 'judge-review';
  readonly submission: ReviewSubmission;
  /** When it first arrived (ms). */
  readonly arrivedAt: number;
  /** Absent: nobody registered who may pass on reviews put it on the bus; nothing it says was looked at. */
  readonly evidence?: { readonly claims: ReviewClaims | { readonly problem: Reason }; readonly reviewer: Lookup };
}

export type Command =
  | {
      readonly type: 'begin';
      readonly request: AcceptedRequest;
      readonly plan: Plan;
      /** Who could approve; by policy, for a plan that asks. */
      readonly eligible: EligibleApprovers;
      /** How it is reviewed afterwards, where it is break glass. */
      readonly review?: PlannedReview;
    }
  | JudgeDecision
  | JudgeRevocation
  | JudgeReview
  | {
      readonly type: 'refuse-malformed-decision';
      readonly requestId: string;
      readonly decisionId: string;
      readonly digest: string;
      readonly decider?: string;
      readonly reasons: readonly Reason[];
    }
  | {
      readonly type: 'refuse-malformed-revocation';
      readonly requestId: string;
      readonly digest: string;
      readonly by?: string;
      readonly reason: Reason;
    }
  | {
      readonly type: 'refuse-malformed-review';
      readonly requestId: string;
      readonly reviewer: string;
      readonly digest: string;
      readonly reasons: readonly Reason[];
    }
  /** Nothing is left of a grant, or nothing ever was. */
  | { readonly type: 'access-over'; readonly grantId: string }
  /** Proofs by grant id, signed for what was agreed at `agreedAt` (ms). */
  | { readonly type: 'approve'; readonly agreedAt: number; readonly proofs: Readonly<Record<string, string>> }
  | { readonly type: 'due' };
