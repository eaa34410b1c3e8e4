import { BatchGetCommand, QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { TeamError } from '@team/runtime';
import type { Listed, RequestViews } from '../application/ports.ts';
import type { ReadModelStore, StoredRow } from '../application/read-model.ts';
import { viewOf } from '../domain/view.ts';
import { storedRow, type ReadModelTables } from './read-model-tables.ts';

/** So many rounds may find nothing that fits before a page is given as it is, with where it goes on. */
const mostRounds = 10;
/** Rows that one answer of DynamoDB's is asked for. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const mostKeys = 100;

interface Found {
  readonly place: string;
  readonly requestId: string;
}

/** The read model as it is read. Lists are eventually consistent; rows and events are read as they are now. */
export function requestViews(client: DynamoDBDocumentClient, tables: ReadModelTables, store: Pick<ReadModelStore, 'eventsOf'>, ownAccount: string): RequestViews {
  return {
    find: async (requestId) => viewOf(requestId, await store.eventsOf(requestId), ownAccount),

    async page(lists, { after, limit, keep = () => true }) {
      if (after !== undefined && !/^[0-9T:.Z-]{20,30}#[0-9a-f-]{36}$/.test(after)) throw new TeamError('ERR_CURSOR_INVALID', 'this is no place at which a list goes on: ask without it, from the beginning');
      const items: StoredRow['row'][] = [];
      let from = after;
      for (let round = 0; round < mostRounds; round += 1) {
        const found = await newest(lists, from, limit);
        const rows = await rowsOf(found.map(({ requestId }) => requestId));
        for (const { place, requestId } of found) {
          const stored = rows.get(requestId);
          from = place;
          // Found too early, or too late.
          if (stored === undefined || stored.place !== place || !stored.lists.some((list) => lists.includes(list)) || !keep(listed(stored))) continue;
          items.push(stored.row);
          if (items.length === limit) return { items, next: place };
        }
        if (found.length < limit) return { items };
      }
      return from === undefined ? { items } : { items, next: from };
    },
  };

  function listed({ row, ownIds = [], deciderIds = [] }: StoredRow): Listed {
    return { row, ownIds, deciderIds };
  }

  /** The newest places of several lists, each once. */
  async function newest(lists: readonly string[], after: string | undefined, limit: number): Promise<readonly Found[]> {
    const each = await Promise.all(lists.map((list) => placesIn(list, after, limit)));
    return [...new Map(each.flat().map((found) => [found.place, found])).values()].toSorted((a, b) => (a.place < b.place ? 1 : -1)).slice(0, limit);
  }

  async function placesIn(list: string, after: string | undefined, limit: number): Promise<readonly Found[]> {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: tables.lists,
        KeyConditionExpression: after === undefined ? 'pk = :list' : 'pk = :list AND place < :after',
        ExpressionAttributeValues: { ':list': list, ...(after === undefined ? {} : { ':after': after }) },
        ScanIndexForward: false,
        Limit: limit,
      }),
    );
    return Items.map(({ place, requestId }) => ({ place: String(place), requestId: String(requestId) }));
  }

  async function rowsOf(requestIds: readonly string[]): Promise<ReadonlyMap<string, StoredRow>> {
    const rows = new Map<string, StoredRow>();
    for (let from = 0; from < requestIds.length; from += mostKeys) {
      let keys = requestIds.slice(from, from + mostKeys).map((pk): Record<string, unknown> => ({ pk }));
      for (let tries = 0; keys.length > 0; tries += 1) {
        if (tries === mostRounds) throw new TeamError('ERR_READ_MODEL_THROTTLED', `DynamoDB gave no row in ${tries} answers`, { retryable: true });
        const { Responses, UnprocessedKeys } = await client.send(new BatchGetCommand({ RequestItems: { [tables.requests]: { Keys: keys, ConsistentRead: true } } }));
        for (const item of Responses?.[tables.requests] ?? []) rows.set(String(item['pk']), storedRow.parse(item));
        keys = UnprocessedKeys?.[tables.requests]?.Keys ?? [];
      }
    }
    return rows;
  }
}
