import { BatchWriteCommand, ScanCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { eligibilityPolicy, limits } from '@team/contracts';
import { TeamError, type Clock } from '@team/runtime';
import type { PolicySource, RequestPolicies } from '../application/ports.ts';

/** Policies read this recently are used again (ms). */
const freshMs = 5_000;
const batchSize = 25;

/** Policies kept one item each: `eligibility#<id>` and `limits`. */
export function createPolicyTable(client: DynamoDBDocumentClient, table: string, clock: Clock): PolicySource {
  let loaded: { readonly at: number; readonly policies: Promise<RequestPolicies> } | undefined;
  return {
    load() {
      const now = clock();
      if (loaded !== undefined && now - loaded.at < freshMs && now >= loaded.at) return loaded.policies;
      const policies = readAll(client, table).then(toPolicies);
      loaded = { at: now, policies };
      // A failed read is not kept.
      policies.catch(() => (loaded = undefined));
      return policies;
    },
  };
}

/** Replaces all policies: those not given are removed. */
export async function replacePolicies(client: DynamoDBDocumentClient, table: string, policies: RequestPolicies): Promise<void> {
  const items = [
    ...policies.eligibility.map((policy) => ({ pk: `eligibility#${policy.policyId}`, policy })),
    { pk: 'limits', limits: policies.limits },
  ];
  const kept = new Set(items.map((item) => item.pk));
  const stale = (await readAll(client, table)).map((item) => String(item['pk'])).filter((pk) => !kept.has(pk));
  const writes = [...items.map((Item) => ({ PutRequest: { Item } })), ...stale.map((pk) => ({ DeleteRequest: { Key: { pk } } }))];
  for (let start = 0; start < writes.length; start += batchSize) {
    const { UnprocessedItems } = await client.send(new BatchWriteCommand({ RequestItems: { [table]: writes.slice(start, start + batchSize) } }));
    if (Object.keys(UnprocessedItems ?? {}).length > 0) {
      throw new TeamError('ERR_POLICIES_NOT_WRITTEN', `DynamoDB left policies unwritten in ${table}`, { retryable: true });
    }
  }
}

async function readAll(client: DynamoDBDocumentClient, table: string): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName: table, ConsistentRead: true, ExclusiveStartKey: start }));
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return items;
}

function toPolicies(items: readonly Record<string, unknown>[]): RequestPolicies {
  const laidDown = items.find((item) => item['pk'] === 'limits');
  if (laidDown === undefined) throw new TeamError('ERR_LIMITS_MISSING', 'no limits are laid down; nothing can be judged without them', { retryable: true });
  return {
    eligibility: items.filter((item) => String(item['pk']).startsWith('eligibility#')).map((item) => eligibilityPolicy.parse(item['policy'])),
    limits: limits.parse(laidDown['limits']),
  };
}
