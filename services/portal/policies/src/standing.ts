import type { ApproverPolicy, Bundle, EligibilityPolicy, Limits, StandingApproverPolicies, StandingProposal, StandingRequestPolicies } from '@team/contracts';

/** What policies can be of. */
export type Kind = StandingProposal['change']['kind'];

/** The policies in force, as the services that keep them answer. */
export interface StandingPolicies {
  readonly eligibility: readonly EligibilityPolicy[];
  readonly approvers: readonly ApproverPolicy[];
  readonly bundles: readonly Bundle[];
  /** Absent where none are laid down yet. */
  readonly limits?: Limits;
  /** The version that a change must be made against; 0 where there never was one. */
  versionOf(kind: Kind, id: string): number;
  readonly proposals: readonly StandingProposal[];
}

const prefixes: Readonly<Record<Kind, string>> = { EligibilityPolicy: 'eligibility', Limits: 'limits', Bundle: 'bundle', ApproverPolicy: 'approver' };

/** The policies in force, of what both services that keep them answer. */
export function standingFrom(request: StandingRequestPolicies, approval: StandingApproverPolicies): StandingPolicies {
  const versions = new Map([
    ...request.eligibility.map(({ version, policy }) => [`eligibility#${policy.policyId}`, version] as const),
    ...request.bundles.map(({ version, policy }) => [`bundle#${policy.bundleId}`, version] as const),
    ...(request.limits === undefined ? [] : [['limits#limits', request.limits.version] as const]),
    ...approval.approvers.map(({ version, policy }) => [`approver#${policy.policyId}`, version] as const),
    ...[...request.removed, ...approval.removed].map(({ key, version }) => [key, version] as const),
  ]);
  return {
    eligibility: request.eligibility.map(({ policy }) => policy),
    approvers: approval.approvers.map(({ policy }) => policy),
    bundles: request.bundles.map(({ policy }) => policy),
    ...(request.limits === undefined ? {} : { limits: request.limits.policy }),
    versionOf: (kind, id) => versions.get(`${prefixes[kind]}#${id}`) ?? 0,
    proposals: [...request.proposals, ...approval.proposals],
  };
}
