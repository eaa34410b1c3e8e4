import type { ApproverPolicy, Bundle, EligibilityPolicy, EmitterRegistration, Limits, PortalAccess } from '@team/contracts';

/** Policies with ids, as contracts have them; in the order in which they were read. */
export interface Policies {
  readonly eligibility: readonly EligibilityPolicy[];
  readonly approvers: readonly ApproverPolicy[];
  readonly bundles: readonly Bundle[];
  /** Absent where no document says them. */
  readonly limits?: Limits | undefined;
  readonly emitters: readonly EmitterRegistration[];
  /** Absent where no document says it. */
  readonly portal?: PortalAccess | undefined;
}

/** All that a deployment needs. */
export interface LoadedPolicies extends Policies {
  readonly limits: Limits;
}
