import { paginateScan, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { resourceNames } from '@team/runtime';
import { manifests } from '../manifests.ts';

/** Something that time will still bring, or that is not published yet. */
export interface OpenWork {
  readonly service: string;
  /** Key of the aggregate: a request, an assignment. */
  readonly key: string;
  /** When something is due on it next (ISO 8601, UTC); absent where an event waits to be published. */
  readonly dueAt?: string;
}

/** Nobody knows what is under way: something could not be read. */
export class OpenWorkUnknownError extends Error {
  override readonly name = 'OpenWorkUnknownError';
  readonly code = 'ERR_OPEN_WORK_UNKNOWN';
}

/** What stands in these two sparse indexes is under way; an aggregate at rest is in neither. */
const indexes = ['due', 'outbox'] as const;

/**
 * Everything that is under way in a deployment: requests that wait, windows that are open or to come, assignments to be removed. Called as
 * an operator, whom the tables let read. Rejects with `OpenWorkUnknownError` where a table cannot be read: then nobody knows.
 */
export async function openWork(prefix: string, client: DynamoDBDocumentClient): Promise<OpenWork[]> {
  const found = new Map<string, OpenWork>();
  for (const { name: service, tables } of manifests) {
    for (const [table, { holds }] of Object.entries(tables)) {
      if (holds !== 'aggregates') continue;
      const TableName = resourceNames.table(prefix, service, table);
      for (const IndexName of indexes) {
        for (const item of await itemsOf(client, TableName, IndexName)) {
          const key = String(item['pk']);
          const dueAt = typeof item['dueAt'] === 'number' ? { dueAt: new Date(item['dueAt']).toISOString() } : {};
          found.set(`${service} ${key}`, { service, key, ...dueAt });
        }
      }
    }
  }
  return [...found.values()].toSorted((a, b) => (a.dueAt ?? '').localeCompare(b.dueAt ?? ''));
}

async function itemsOf(client: DynamoDBDocumentClient, TableName: string, IndexName: string): Promise<Record<string, unknown>[]> {
  try {
    const items: Record<string, unknown>[] = [];
    for await (const { Items = [] } of paginateScan({ client }, { TableName, IndexName })) items.push(...Items);
    return items;
  } catch (thrown) {
    const because = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
    throw new OpenWorkUnknownError(
      `nobody knows what is under way, since ${TableName} cannot be read (${because}). Nothing was removed. Call in the environment's account as one of roles.operators, with the operators' policy`,
      { cause: thrown },
    );
  }
}
