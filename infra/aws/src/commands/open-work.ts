import { ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { paginateScan, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { resourceNames, type TableManifest } from '@team/runtime';
import { manifestsOf } from '../manifests.ts';
import type { HasStood } from './stacks.ts';

/** Something that time will still bring, or that is not published yet. */
export interface OpenWork {
  readonly service: string;
  /** Key of the aggregate: a request, an assignment. */
  readonly key: string;
  /** When something is due on it next (ISO 8601, UTC); absent where an event waits to be published. */
  readonly dueAt?: string;
}

/** What was found in the tables of a deployment. */
export interface Found {
  /** By when it is due, the first at first. */
  readonly open: readonly OpenWork[];
  /** Tables that are not there, and were taken for empty since their stacks never stood. */
  readonly missing: readonly string[];
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
 * an operator, whom the tables let read. A table that is not there is empty only where its stack never stood, as after a first deployment that
 * failed half-way. Rejects with `OpenWorkUnknownError` where a table cannot be read, or is missing beside its stack: then nobody knows.
 */
export async function openWork(prefix: string, client: DynamoDBDocumentClient, hasStood: HasStood): Promise<Found> {
  const found = new Map<string, OpenWork>();
  const missing = new Set<string>();
  for (const { name: service, tables } of manifestsOf({})) {
    for (const [table, { holds, afterwards }] of Object.entries<TableManifest>(tables)) {
      if (holds !== 'aggregates' || afterwards === true) continue;
      const TableName = resourceNames.table(prefix, service, table);
      for (const IndexName of indexes) {
        const items = await itemsOf(client, TableName, IndexName, () => hasStood(`${prefix}-${service}`));
        if (items === undefined) missing.add(TableName);
        for (const item of items ?? []) {
          const key = String(item['pk']);
          const dueAt = typeof item['dueAt'] === 'number' ? { dueAt: new Date(item['dueAt']).toISOString() } : {};
          found.set(`${service} ${key}`, { service, key, ...dueAt });
        }
      }
    }
  }
  return { open: [...found.values()].toSorted((a, b) => (a.dueAt ?? '').localeCompare(b.dueAt ?? '')), missing: [...missing] };
}

/** Undefined where there is no such table, and never was. */
async function itemsOf(client: DynamoDBDocumentClient, TableName: string, IndexName: string, stackHasStood: () => Promise<boolean>): Promise<Record<string, unknown>[] | undefined> {
  try {
    const items: Record<string, unknown>[] = [];
    for await (const { Items = [] } of paginateScan({ client }, { TableName, IndexName })) items.push(...Items);
    return items;
  } catch (thrown) {
    const stood = thrown instanceof ResourceNotFoundException ? await stackHasStood().catch((error: unknown) => inWords(error)) : true;
    if (stood === false) return undefined;
    const because = `${inWords(thrown)}${stood === true ? '' : `; whether its stack is there is not known, either: ${stood}`}`;
    throw new OpenWorkUnknownError(
      `nobody knows what is under way, since ${TableName} cannot be read (${because}). Nothing was removed. Call in the environment's account as one of roles.operators, with the operators' policy`,
      { cause: thrown },
    );
  }
}

const inWords = (thrown: unknown): string => (thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown));
