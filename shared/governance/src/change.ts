import type { Actor } from '@team/contracts';

/** What policies can be of. */
export type PolicyKindName = 'EligibilityPolicy' | 'Limits' | 'Bundle' | 'ApproverPolicy';

/** A change of one policy, as somebody submitted it. Plain data: it waits in an item. */
export interface Change {
  readonly changeId: string;
  readonly kind: PolicyKindName;
  /** Id of the policy within its kind. */
  readonly subject: string;
  /** Version that it was made against; 0 where there is none yet. */
  readonly expectedVersion: number;
  /** Absent: the policy is to be removed. */
  readonly after?: unknown;
  /** As its submitter was named. */
  readonly submittedBy: string;
  readonly by: Actor;
  /** Of what is changed into what: what a second administrator agrees to. */
  readonly digest: string;
  /** Of the intent and who put it on the bus: the same again is the same submission. */
  readonly submission: string;
}

/** A change on which a second administrator agreed, or none was needed. */
export interface AgreedChange {
  readonly change: Change;
  readonly agreedBy?: Actor | undefined;
}

/** A change that waits for a second administrator. */
export interface Proposal {
  readonly change: Change;
  /** What becomes wider, one sentence each. */
  readonly widens: readonly string[];
  /** Milliseconds since the epoch. */
  readonly decideBy: number;
}
