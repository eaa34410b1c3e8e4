import type { AccessRequestAcceptedV1, EligibilityPolicy, Limits } from '@team/contracts';

type Target = AccessRequestAcceptedV1['grants'][number];

/** Who asks, and for what besides the target. */
export interface Asking {
  readonly userId: string;
  readonly groupIds: ReadonlySet<string>;
  readonly durationMinutes: number;
  readonly hasTicket: boolean;
}

/** Policies and limits that hold together. */
export interface EligibilityRules {
  readonly eligibility: readonly EligibilityPolicy[];
  readonly limits: Pick<Limits, 'maximumDurationMinutes'>;
}

/**
 * Whether policies let somebody have a target, and then whether they ask for approval: not where any single one that allows it does not.
 * Undefined where none allows it.
 */
export function approvalUnder({ eligibility, limits }: EligibilityRules, asking: Asking, target: Target): EligibilityPolicy['approval'] | undefined {
  if (asking.durationMinutes > limits.maximumDurationMinutes) return undefined;
  // Nothing that simulations lay down denies, names tags or hours.
  const asked = eligibility.filter((policy) => allows(policy, asking, target)).map(({ approval }) => approval);
  return asked.find((approval) => approval === 'not-required') ?? asked[0];
}

function allows(policy: EligibilityPolicy, { userId, groupIds, durationMinutes, hasTicket }: Asking, target: Target): boolean {
  const { principals, targets, permissionSetArns, maximumDurationMinutes, ticket } = policy;
  const places = [...target.organizationalUnitIds, target.accountId];
  return (
    (principals.userIds.includes(userId) || principals.groupIds.some((id) => groupIds.has(id))) &&
    places.some((place) => targets.accountIds.includes(place) || targets.organizationalUnitIds.includes(place)) &&
    permissionSetArns.includes(target.permissionSetArn) &&
    durationMinutes <= (maximumDurationMinutes ?? 0) &&
    (ticket !== 'required' || hasTicket)
  );
}
