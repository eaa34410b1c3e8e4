import { BatchWriteCommand, paginateScan, PutCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { digestOf, OutageError, TeamError, type Clock } from '@team/runtime';
import * as z from 'zod';
import type { PolicyItem } from './policy-item.ts';

/** Most writes that one `BatchWriteItem` takes. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html */
const batchSize = 25;
/** Under it stands what was last laid down with the deployment. */
const seedKey = 'seed#policies';

const item = z.object({ pk: z.string(), version: z.int(), state: z.object({ version: z.int(), policy: z.unknown().optional(), changeId: z.string().optional() }) });

/** The policies of a table, by key; those of other prefixes are left out. Rejects with `ERR_POLICY_STORED_WRONG` where one cannot be read. */
export async function readPolicyItems(client: DynamoDBDocumentClient, table: string, prefixes: readonly string[]): Promise<ReadonlyMap<string, PolicyItem>> {
  const found = await readStored(client, table, prefixes);
  return new Map([...found].map(([key, { state }]) => [key, state]));
}

async function readStored(client: DynamoDBDocumentClient, table: string, prefixes: readonly string[]) {
  const found = new Map<string, z.infer<typeof item>>();
  for await (const { Items = [] } of paginateScan({ client }, { TableName: table, ConsistentRead: true })) {
    for (const raw of Items) {
      const key = String(raw['pk']);
      if (!prefixes.includes(key.slice(0, key.indexOf('#')))) continue;
      const parsed = item.safeParse(raw);
      if (!parsed.success) throw storedWrong(key, table, parsed.error);
      found.set(key, parsed.data);
    }
  }
  return found;
}

/** The policies of one prefix. Throws an `OutageError` where one cannot be read, so that what waits for it goes on waiting: none is left out silently. */
export function policiesIn<Policy>(items: ReadonlyMap<string, PolicyItem>, prefix: string, table: string, schema: z.ZodType<Policy>): Policy[] {
  return [...items].flatMap(([key, { policy }]) => {
    if (!key.startsWith(`${prefix}#`) || policy === undefined) return [];
    const parsed = schema.safeParse(policy);
    if (!parsed.success) throw storedWrong(key, table, parsed.error);
    return [parsed.data];
  });
}

const storedWrong = (key: string, table: string, cause: Error): OutageError =>
  new OutageError('ERR_POLICY_STORED_WRONG', `${key} in ${table} is not what its key says; put it right`, { cause });

/** Something read anew when it is older than so many milliseconds. A failed read is not kept; who asks meanwhile waits for the same one. */
export function keptFor<Value>(maximumAgeMs: number, clock: Clock, read: () => Promise<Value>): () => Promise<Value> {
  let kept: { readonly readAt: number; readonly value: Promise<Value> } | undefined;
  return () => {
    const now = clock();
    if (kept !== undefined && Math.abs(now - kept.readAt) < maximumAgeMs) return kept.value;
    const reading = { readAt: now, value: read() };
    kept = reading;
    reading.value.catch(() => {
      if (kept === reading) kept = undefined;
    });
    return reading.value;
  };
}

/**
 * Makes a table hold these policies, by key, and no others of these prefixes: for what is laid down with a deployment. Nobody ever finds it
 * without a policy that is there before and after. With `unlessAsBefore`, nothing is done where the same were laid down last: what was
 * changed since then stands. Rejects with `ERR_POLICIES_NOT_WRITTEN` (retryable) where DynamoDB leaves some unwritten.
 */
export async function layDownPolicies(
  client: DynamoDBDocumentClient,
  table: string,
  prefixes: readonly string[],
  policies: ReadonlyMap<string, unknown>,
  { unlessAsBefore = false } = {},
): Promise<void> {
  const digest = digestOf(Object.fromEntries(policies));
  const stored = await readStored(client, table, [...prefixes, seedKey.slice(0, seedKey.indexOf('#'))]);
  if (unlessAsBefore && stored.get(seedKey)?.state.policy === digest) return;
  const itemOf = (pk: string, policy: unknown) => {
    const before = stored.get(pk);
    const version = (before?.state.version ?? 0) + 1;
    return { pk, version: (before?.version ?? 0) + 1, state: { version, policy }, outbox: {} };
  };
  const stale = [...stored.keys()].filter((key) => key !== seedKey && !policies.has(key));
  const writes = [...[...policies].map(([pk, policy]) => ({ PutRequest: { Item: itemOf(pk, policy) } })), ...stale.map((pk) => ({ DeleteRequest: { Key: { pk } } }))];
  for (let start = 0; start < writes.length; start += batchSize) {
    const { UnprocessedItems = {} } = await client.send(new BatchWriteCommand({ RequestItems: { [table]: writes.slice(start, start + batchSize) } }));
    if (Object.keys(UnprocessedItems).length > 0) {
      throw new TeamError('ERR_POLICIES_NOT_WRITTEN', `DynamoDB left policies unwritten in ${table}; write them again`, { retryable: true });
    }
  }
  // Last of all: whoever is interrupted before does it again, and what is laid down no more does not stay.
  await client.send(new PutCommand({ TableName: table, Item: itemOf(seedKey, digest) }));
}
