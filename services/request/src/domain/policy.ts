import type { Principals } from './people.ts';

/** Who may have which permission sets where, how long and under which rules. */
export interface EligibilityPolicy {
  readonly policyId: string;
  readonly principals: Principals;
  /** A unit, or the root, stands for every account below it at any depth. */
  readonly targets: { readonly accountIds: readonly string[]; readonly organizationalUnitIds: readonly string[] };
  readonly permissionSetArns: readonly string[];
  readonly maximumDurationMinutes: number;
  readonly approval: 'required' | 'not-required';
  readonly ticket?: 'required' | 'optional' | undefined;
}

/** Bounds that no policy can exceed. */
export interface Limits {
  readonly maximumDurationMinutes: number;
  readonly approvalDeadlineMinutes: number;
  readonly openRequestsPerUser: number;
  readonly startNoLaterThanDays: number;
  readonly justification: 'required' | 'optional';
  readonly sessionLongerThanGrant: 'warn' | 'refuse';
  readonly administrators: Principals;
  readonly protectedAccountIds: readonly string[];
}
