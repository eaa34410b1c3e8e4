import type { AccessRequestedV1, EligibilityPolicy, EmitterRegistration, Limits } from '@team/contracts';

/** A person as AWS knows them now. */
export interface KnownPerson {
  readonly id: string;
  readonly userName: string;
  readonly displayName: string | undefined;
  readonly enabled: boolean;
  readonly groupIds: ReadonlySet<string>;
}

/** One target as asked, and what AWS knows of it now; `undefined`: AWS knows no such thing. */
export interface KnownTarget {
  readonly asked: AccessRequestedV1['targets'][number];
  readonly account: { readonly id: string; readonly name: string; readonly status: string; readonly ouPath: readonly string[] } | undefined;
  readonly permissionSet: { readonly arn: string; readonly name: string; readonly sessionDurationMinutes: number } | undefined;
}

/** Everything a judgement depends on, gathered before it is made. */
export interface RequestFacts {
  readonly asked: AccessRequestedV1;
  readonly receivedAt: number;
  /** The registration under which the intent came; `undefined`: nobody registered. */
  readonly emitter: EmitterRegistration | undefined;
  readonly requester: KnownPerson | 'ambiguous' | undefined;
  readonly askedBy: KnownPerson | 'ambiguous' | undefined;
  readonly targets: readonly KnownTarget[];
  readonly managementAccountId: string;
  readonly ownAccountId: string;
  readonly managementPermissionSets: ReadonlySet<string>;
  readonly policies: readonly EligibilityPolicy[];
  readonly limits: Limits;
}
