import type { Tally } from './call.ts';

/** Why a collection did not come about, or is not all. */
export interface Why {
  readonly code: string;
  readonly message: string;
}

/** What a grant is: who, where, through which permission set. */
export interface Assignment {
  readonly principalId: string;
  readonly accountId: string;
  readonly permissionSetArn: string;
}

/** How a grant ended, as provisioning said. Times are ISO 8601 UTC. */
export interface Ended {
  readonly how: 'deleted' | 'kept_for_other_grant' | 'existed_before' | 'never_created';
  readonly endedAt: string;
  readonly removedAt?: string | undefined;
  readonly credentialsUselessBy?: string | undefined;
}

/** What is known of a grant when its window opens: by which names CloudTrail knows it, and when all of it is over. */
export interface Opened {
  readonly person: { readonly userId: string; readonly userName: string };
  readonly permissionSetName: string;
  readonly sessionMinutes: number;
  readonly openedAt: string;
  readonly latestEnd: string;
}

/** What the first of several collections on, or all so far together, found. */
export interface Collected extends Tally {
  readonly state: 'complete' | 'partial' | 'missing';
}

/** A grant and how far collecting has come. Events come in any order: each part stands once it was heard of. */
export interface ActivityState {
  readonly requestId: string;
  readonly grantId: string;
  readonly assignment: Assignment;
  readonly opened?: Opened | undefined;
  readonly grantedAt?: string | undefined;
  readonly ended?: Ended | undefined;
  /** Collections that are over, whatever they found. */
  readonly round: number;
  /** Tries of this round that failed. */
  readonly failures: number;
  /** A query that the source works on. */
  readonly query?: { readonly id: string; readonly since: number } | undefined;
  /** Nothing is done before (ms): a query takes its time, or what failed is tried again later. */
  readonly waitsUntil?: number | undefined;
  readonly collected?: Collected | undefined;
}
