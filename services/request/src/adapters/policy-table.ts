import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { approverPolicy, bundle, eligibilityPolicy, limits } from '@team/contracts';
import { keptFor, layDownPolicies, policiesIn, readPolicyItems, type PolicyItem } from '@team/governance';
import { TeamError, type Clock } from '@team/runtime';
import type { AllPolicies, PolicySource, RequestPolicies } from '../application/ports.ts';

/** Policies read this recently are used again (ms). */
const freshMs = 5_000;

/** Of the keys of policies, `<prefix>#<id>`: what this service keeps, and the approver policies of which it keeps a copy. */
export const prefixes = { eligibility: 'eligibility', limits: 'limits', bundle: 'bundle', approver: 'approver' } as const;
export const limitsKey = `${prefixes.limits}#limits`;

/**
 * The policies in force. Rejects with a retryable `ERR_LIMITS_MISSING` where no limits are laid down and `ERR_POLICY_STORED_WRONG` where
 * an item cannot be read: none is left out silently.
 */
export function policyTable(client: DynamoDBDocumentClient, table: string, clock: Clock): PolicySource {
  return {
    load: keptFor(freshMs, clock, async () => {
      const all = await readAllPolicies(client, table);
      if (all.limits !== undefined) return { ...all, limits: all.limits };
      throw new TeamError('ERR_LIMITS_MISSING', `no limits are laid down in ${table}; nothing can be judged without them`, { retryable: true });
    }),
  };
}

/** Everything in the table as it is now, with the items in which it stands. */
export async function readAllPolicies(client: DynamoDBDocumentClient, table: string): Promise<AllPolicies & { readonly items: ReadonlyMap<string, PolicyItem> }> {
  const items = await readPolicyItems(client, table, Object.values(prefixes));
  return {
    items,
    eligibility: policiesIn(items, prefixes.eligibility, table, eligibilityPolicy),
    bundles: policiesIn(items, prefixes.bundle, table, bundle),
    approvers: policiesIn(items, prefixes.approver, table, approverPolicy),
    limits: policiesIn(items, prefixes.limits, table, limits)[0],
  };
}

/** Makes the table hold these policies and no others. */
export function replacePolicies(client: DynamoDBDocumentClient, table: string, policies: RequestPolicies, options: { readonly unlessAsBefore?: boolean } = {}): Promise<void> {
  const wanted = new Map<string, unknown>([
    ...policies.eligibility.map((policy) => [`${prefixes.eligibility}#${policy.policyId}`, policy] as const),
    ...policies.bundles.map((one) => [`${prefixes.bundle}#${one.bundleId}`, one] as const),
    ...policies.approvers.map((policy) => [`${prefixes.approver}#${policy.policyId}`, policy] as const),
    [limitsKey, policies.limits],
  ]);
  return layDownPolicies(client, table, Object.values(prefixes), wanted, options);
}
