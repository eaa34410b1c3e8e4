import type { Emitter } from './emitter.ts';
import type { AskedRequest, AskedTarget } from './events.ts';
import type { KnownPerson } from './people.ts';
import type { EligibilityPolicy, Limits } from './policy.ts';

/** An account as AWS has it now; unit ids run from the root to its own. */
export interface KnownAccount {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly ouPath: readonly string[];
}

export interface KnownPermissionSet {
  readonly arn: string;
  readonly name: string;
  readonly sessionDurationMinutes: number;
}

/** One target as asked, and what AWS knows of it now; `undefined`: AWS knows no such thing. */
export interface KnownTarget {
  readonly asked: AskedTarget;
  readonly account: KnownAccount | undefined;
  readonly permissionSet: KnownPermissionSet | undefined;
}

/** Somebody looked up by user id or user name. */
export type FoundPerson = KnownPerson | 'ambiguous' | undefined;

/** Everything a judgement depends on, gathered before it is made. */
export interface RequestFacts {
  readonly asked: AskedRequest;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  /** The registration under which the intent came; `undefined`: nobody registered. */
  readonly emitter: Emitter | undefined;
  readonly requester: FoundPerson;
  readonly askedBy: FoundPerson;
  readonly targets: readonly KnownTarget[];
  readonly managementAccountId: string;
  readonly ownAccountId: string;
  readonly managementPermissionSets: ReadonlySet<string>;
  readonly policies: readonly EligibilityPolicy[];
  readonly limits: Limits;
}
