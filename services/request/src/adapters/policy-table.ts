import { BatchWriteCommand, paginateScan, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { bundle, eligibilityPolicy, limits } from '@team/contracts';
import { TeamError, type Clock } from '@team/runtime';
import type { PolicySource, RequestPolicies } from '../application/ports.ts';

/** Policies read this recently are used again (ms). */
const freshMs = 5_000;
/** Most writes that one `BatchWriteItem` takes (DynamoDB API reference, BatchWriteItem). */
const batchSize = 25;

const policyPrefix = 'eligibility#';
const bundlePrefix = 'bundle#';
const limitsKey = 'limits';

type Item = Readonly<Record<string, unknown>>;

/**
 * Policies kept one item each: `eligibility#<id>`, `bundle#<id>` and `limits`. Rejects with a retryable `ERR_LIMITS_MISSING` where no limits are
 * laid down and `ERR_POLICY_STORED_WRONG` where an item cannot be read: none is left out silently.
 */
export function policyTable(client: DynamoDBDocumentClient, table: string, clock: Clock): PolicySource {
  let kept: { readonly readAt: number; readonly policies: Promise<RequestPolicies> } | undefined;
  return {
    load() {
      const now = clock();
      if (kept !== undefined && Math.abs(now - kept.readAt) < freshMs) return kept.policies;
      const read = { readAt: now, policies: readItems(client, table).then((items) => toPolicies(items, table)) };
      kept = read;
      // A failed read is not kept.
      read.policies.catch(() => {
        if (kept === read) kept = undefined;
      });
      return read.policies;
    },
  };
}

/** Makes the table hold these policies and no others. Nobody ever finds it without a policy that is there before and after. */
export async function replacePolicies(client: DynamoDBDocumentClient, table: string, policies: RequestPolicies): Promise<void> {
  const items = [
    ...policies.eligibility.map((policy) => ({ pk: `${policyPrefix}${policy.policyId}`, policy })),
    ...policies.bundles.map((one) => ({ pk: `${bundlePrefix}${one.bundleId}`, bundle: one })),
    { pk: limitsKey, limits: policies.limits },
  ];
  const wanted = new Set(items.map(({ pk }) => pk));
  const stale = (await readItems(client, table)).map(({ pk }) => String(pk)).filter((pk) => !wanted.has(pk));
  const writes = [...items.map((Item) => ({ PutRequest: { Item } })), ...stale.map((pk) => ({ DeleteRequest: { Key: { pk } } }))];
  for (let start = 0; start < writes.length; start += batchSize) {
    const { UnprocessedItems = {} } = await client.send(
      new BatchWriteCommand({ RequestItems: { [table]: writes.slice(start, start + batchSize) } }),
    );
    if (Object.keys(UnprocessedItems).length > 0) {
      const message = `DynamoDB left policies unwritten in ${table}; write them again`;
      throw new TeamError('ERR_POLICIES_NOT_WRITTEN', message, { retryable: true });
    }
  }
}

async function readItems(client: DynamoDBDocumentClient, table: string): Promise<Item[]> {
  const items: Item[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName: table, ConsistentRead: true })) items.push(...Items);
  return items;
}

function toPolicies(items: readonly Item[], table: string): RequestPolicies {
  const laidDown = items.find(({ pk }) => pk === limitsKey);
  if (laidDown === undefined) {
    const message = `no limits are laid down in ${table}; nothing can be judged without them`;
    throw new TeamError('ERR_LIMITS_MISSING', message, { retryable: true });
  }
  const of = (prefix: string): readonly Item[] => items.filter(({ pk }) => String(pk).startsWith(prefix));
  return {
    bundles: of(bundlePrefix).map(({ pk, bundle: one }) => readable(String(pk), table, bundle.safeParse(one))),
    eligibility: of(policyPrefix).map(({ pk, policy }) => readable(String(pk), table, eligibilityPolicy.safeParse(policy))),
    limits: readable(limitsKey, table, limits.safeParse(laidDown['limits'])),
  };
}

type Parsed<Value> = { readonly success: true; readonly data: Value } | { readonly success: false; readonly error: Error };

function readable<Value>(pk: string, table: string, parsed: Parsed<Value>): Value {
  if (parsed.success) return parsed.data;
  throw new TeamError('ERR_POLICY_STORED_WRONG', `${pk} in ${table} is not what its key says; put it right`, {
    retryable: true,
    cause: parsed.error,
  });
}
