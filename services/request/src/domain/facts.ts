import type { Tags } from './ask.ts';
import type { Emitter } from './emitter.ts';
import type { AcceptedRequest, AskedRequest, NamedTarget } from './events.ts';
import type { KnownPerson } from './people.ts';
import type { EligibilityPolicy, Limits } from './policy.ts';
import type { RejectionReason } from './reasons.ts';

/** An account as AWS has it now; unit ids run from the root to its own. */
export interface KnownAccount {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly ouPath: readonly string[];
  /** Empty also where no policy asks for tags. */
  readonly tags: Tags;
}

export interface KnownPermissionSet {
  readonly arn: string;
  readonly name: string;
  readonly sessionDurationMinutes: number;
  /** Empty also where no policy asks for tags. */
  readonly tags: Tags;
}

/** One target as asked, and what AWS knows of it now; `undefined`: AWS knows no such thing. */
export interface KnownTarget {
  readonly asked: NamedTarget;
  /** The bundle that it comes out of. */
  readonly bundle?: string | undefined;
  readonly account: KnownAccount | undefined;
  readonly permissionSet: KnownPermissionSet | undefined;
}

/** Somebody looked up by user id or user name. */
export type FoundPerson = KnownPerson | 'ambiguous' | undefined;

/** Who asks for somebody else; `undefined` where nobody does. */
export function askerForAnother({ requester, askedBy }: Pick<RequestFacts, 'requester' | 'askedBy'>): KnownPerson | undefined {
  return typeof askedBy === 'object' && typeof requester === 'object' && askedBy.userId !== requester.userId ? askedBy : undefined;
}

/** Everything a judgement depends on, gathered before it is made. */
export interface RequestFacts {
  readonly asked: AskedRequest;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  /** The registration under which the intent came; `undefined`: nobody registered. */
  readonly emitter: Emitter | undefined;
  readonly requester: FoundPerson;
  readonly askedBy: FoundPerson;
  /** Of an extension: what it extends, as it was accepted, then what that extends, to the first of the stretch. Empty: nothing was. */
  readonly extended?: readonly AcceptedRequest[] | undefined;
  /** Bundles taken apart. */
  readonly targets: readonly KnownTarget[];
  /** Bundles out of which no target comes, and why. */
  readonly bundleProblems: readonly RejectionReason[];
  readonly managementAccountId: string;
  readonly ownAccountId: string;
  readonly managementPermissionSets: ReadonlySet<string>;
  readonly policies: readonly EligibilityPolicy[];
  readonly limits: Limits;
}
