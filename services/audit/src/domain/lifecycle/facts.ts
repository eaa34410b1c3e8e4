import type { Activity, Actor, Asked, Assignment, Person, Reason, Seen, Target, Window } from './state.ts';

interface Targeted {
  readonly grantId: string;
  readonly target: Target;
}

interface OfGrant {
  readonly grantId: string;
  readonly assignment: Assignment;
}

/** What a fact says of a lifecycle, beside which event said it. Times are ISO 8601 UTC. */
export type Said =
  /** Somebody wishes it; not believed in anything else. */
  | { readonly type: 'wished' }
  | { readonly type: 'accepted'; readonly asked: Asked; readonly grants: readonly Targeted[] }
  | { readonly type: 'rejected'; readonly at: string; readonly reasons: readonly Reason[]; readonly requester?: string | undefined }
  | { readonly type: 'ignored' }
  | { readonly type: 'approval-requested'; readonly deadlineAt: string; readonly grants: readonly Targeted[] }
  | {
      readonly type: 'decided';
      readonly decisionId: string;
      readonly decider: Person;
      readonly onBehalfOf?: Person | undefined;
      readonly verdict: 'approve' | 'deny';
      readonly comment?: string | undefined;
      readonly at: string;
    }
  | { readonly type: 'approved'; readonly at: string; readonly asked: Asked; readonly window: Window; readonly byPolicy: boolean; readonly grants: readonly Targeted[] }
  | { readonly type: 'denied'; readonly at: string; readonly reason: Reason }
  | { readonly type: 'approval-expired'; readonly at: string }
  | { readonly type: 'cancelled'; readonly at: string; readonly by: Actor; readonly reason?: string | undefined }
  | { readonly type: 'scheduled'; readonly grantIds: readonly string[] }
  | { readonly type: 'opening-due'; readonly grantIds: readonly string[] }
  | { readonly type: 'eligibility'; readonly grantIds: readonly string[]; readonly verdict: 'confirmed' | 'lapsed'; readonly at: string }
  | { readonly type: 'opened'; readonly grantId: string; readonly target: Target; readonly at: string }
  | (OfGrant & { readonly type: 'granted'; readonly at: string; readonly how: string; readonly endsAt: string })
  | (OfGrant & { readonly type: 'failed'; readonly at: string; readonly reason: Reason })
  | (OfGrant & { readonly type: 'extended'; readonly requestId: string; readonly endsAt: string })
  | (OfGrant & { readonly type: 'ended'; readonly at: string; readonly by?: Actor; readonly reason?: Reason })
  | (OfGrant & { readonly type: 'overdue'; readonly at: string })
  | { readonly type: 'removal-delayed'; readonly grantIds: readonly string[]; readonly assignment: Assignment; readonly reason: Reason }
  | (OfGrant & {
      readonly type: 'over';
      readonly at: string;
      readonly how: string;
      readonly removedAt?: string | undefined;
      readonly credentialsUselessBy?: string | undefined;
    })
  | { readonly type: 'review-requested'; readonly reviewBy: string }
  | { readonly type: 'review-overdue'; readonly reviewBy: string }
  | { readonly type: 'reviewed'; readonly at: string; readonly reviewer: Person; readonly verdict: string; readonly comment?: string | undefined }
  | (OfGrant & { readonly type: 'used'; readonly activity: Activity });

/** One event of a request: what it says, and which it was. */
export interface Fact {
  readonly requestId: string;
  readonly seen: Seen;
  readonly said: Said;
}
