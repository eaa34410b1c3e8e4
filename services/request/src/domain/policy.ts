import type { Principals } from './people.ts';

/** A tag that something bears in AWS: with one of these values, or whatever its value where none is named. */
export interface TagMatch {
  readonly key: string;
  readonly values?: readonly string[] | undefined;
}

/** Where a policy applies: any of these. A unit, or the root, stands for every account below it at any depth. */
export interface PolicyTargets {
  readonly accountIds: readonly string[];
  readonly organizationalUnitIds: readonly string[];
  readonly accountTags?: readonly TagMatch[] | undefined;
}

export type Day = 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday';

/** Hours on these days, `HH:MM` on a clock in the zone; an end that is not later than its beginning is on the next day. */
export interface TimeWindow {
  readonly days: readonly Day[];
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
}

/** Who may have which permission sets where, how long and under which rules; or, where it denies, who may never. */
export interface EligibilityPolicy {
  readonly policyId: string;
  readonly effect?: 'allow' | 'deny' | undefined;
  readonly principals: Principals;
  readonly targets: PolicyTargets;
  readonly permissionSetArns: readonly string[];
  readonly permissionSetTags?: readonly TagMatch[] | undefined;
  readonly maximumDurationMinutes?: number | undefined;
  readonly approval?: 'required' | 'not-required' | undefined;
  readonly ticket?: 'required' | 'optional' | undefined;
  readonly ticketPattern?: string | undefined;
  readonly justification?: 'required' | 'optional' | undefined;
  readonly justificationMinimumCharacters?: number | undefined;
  readonly breakGlass?: 'allowed' | 'forbidden' | undefined;
  readonly startNoEarlierThanMinutes?: number | undefined;
  readonly startNoLaterThanDays?: number | undefined;
  readonly timeWindows?: readonly TimeWindow[] | undefined;
  /** ISO 8601 in UTC. */
  readonly validFrom?: string | undefined;
  readonly validUntil?: string | undefined;
}

/** Several targets under one name. */
export interface Bundle {
  readonly bundleId: string;
  readonly description?: string | undefined;
  readonly targets: Pick<PolicyTargets, 'accountIds' | 'organizationalUnitIds'>;
  readonly permissionSetArns: readonly string[];
}

/** Bounds that no policy can exceed. */
export interface Limits {
  readonly maximumDurationMinutes: number;
  readonly approvalDeadlineMinutes: number;
  readonly openRequestsPerUser: number;
  readonly startNoLaterThanDays: number;
  readonly justification: 'required' | 'optional';
  readonly sessionLongerThanGrant: 'warn' | 'refuse';
  readonly defaultDurationMinutes?: number | undefined;
  readonly openRequestsPerPermissionSet?: readonly { readonly permissionSetArn: string; readonly perUser: number }[] | undefined;
  readonly decisionComment?: 'required' | 'optional' | undefined;
  readonly breakGlassMaximumMinutes?: number | undefined;
  readonly reviewWithinMinutes?: number | undefined;
  readonly secondAdministrator?: 'required' | 'not-required' | undefined;
  readonly changeDecisionMinutes?: number | undefined;
  readonly administrators: Principals;
  readonly auditors: Principals;
  readonly protectedAccountIds: readonly string[];
}
