import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { approverPolicy, eligibilityPolicy, limits, type ApproverPolicy, type EligibilityPolicy, type Limits } from '@team/contracts';
import { keptFor, layDownPolicies, policiesIn, readPolicyItems, type PolicyItem } from '@team/governance';
import type { Clock } from '@team/runtime';
import type { PolicySource } from '../application/ports.ts';

/** Policies may be this old (ms). */
const maximumAgeMs = 5_000;

/** Of the keys of policies, `<prefix>#<id>`: what this service keeps, and what of the request service's it keeps a copy of. */
export const prefixes = { approver: 'approver', eligibility: 'eligibility', limits: 'limits' } as const;
export const limitsKey = `${prefixes.limits}#limits`;

/** What is laid down, here and by the request service. */
export interface AllPolicies {
  readonly approvers: readonly ApproverPolicy[];
  readonly eligibility: readonly EligibilityPolicy[];
  readonly limits: Limits | undefined;
}

/**
 * The approver policies in a table, one item each. Rejects with `ERR_POLICY_STORED_WRONG` where one cannot be read: none is left out
 * silently. It is an `OutageError`, since no request has a timer before it is judged: its message waits until the policy is put right.
 */
export function policyTable(client: DynamoDBDocumentClient, table: string, clock: Clock): PolicySource {
  return { load: keptFor(maximumAgeMs, clock, async () => (await readAllPolicies(client, table)).approvers) };
}

/** Everything in the table as it is now, with the items in which it stands. */
export async function readAllPolicies(client: DynamoDBDocumentClient, table: string): Promise<AllPolicies & { readonly items: ReadonlyMap<string, PolicyItem> }> {
  const items = await readPolicyItems(client, table, Object.values(prefixes));
  return {
    items,
    approvers: policiesIn(items, prefixes.approver, table, approverPolicy),
    eligibility: policiesIn(items, prefixes.eligibility, table, eligibilityPolicy),
    limits: policiesIn(items, prefixes.limits, table, limits)[0],
  };
}

/** Makes the table hold these policies and no others. */
export function replacePolicies(client: DynamoDBDocumentClient, table: string, { approvers, eligibility, limits: bounds }: AllPolicies, options: { readonly unlessAsBefore?: boolean } = {}): Promise<void> {
  const wanted = new Map<string, unknown>([
    ...approvers.map((policy) => [`${prefixes.approver}#${policy.policyId}`, policy] as const),
    ...eligibility.map((policy) => [`${prefixes.eligibility}#${policy.policyId}`, policy] as const),
    ...(bounds === undefined ? [] : [[limitsKey, bounds] as const]),
  ]);
  return layDownPolicies(client, table, Object.values(prefixes), wanted, options);
}
