import { BatchGetCommand, QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { kept, keptTogether, TeamError } from '@team/runtime';
import type { Listed, ListKey, OpenStage, RequestViews } from '../application/ports.ts';
import type { ReadModelStore, StoredRow } from '../application/read-model.ts';
import { viewOf } from '../domain/view.ts';
import { storedRow, type ReadModelTables } from './read-model-tables.ts';

/** So many rounds may find nothing that fits before a page is given as it is, with where it goes on. */
const mostRounds = 10;
/** Rows that one answer of DynamoDB's is asked for. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const mostKeys = 100;

/** So many of a list from a place on. */
interface Stretch {
  readonly list: string;
  readonly after: string | undefined;
  readonly limit: number;
}

interface Found {
  readonly place: string;
  readonly requestId: string;
}

/**
 * What was read of lists serves everybody who reads the same within so long (ms): many look at the same lists, again and again. Events come in
 * about a second; so much later nobody notices.
 */
const sharedMs = 200;
/** Rows that are shared at most; one may have fifty targets. */
const mostShared = 2_000;

/** The read model as it is read. Lists and their rows are eventually consistent; a request by itself is told of its events as they are now. */
export function requestViews(client: DynamoDBDocumentClient, tables: ReadModelTables, store: Pick<ReadModelStore, 'eventsOf'>, ownAccount: string, now: () => number): RequestViews {
  const shared = { now, maxAgeMs: sharedMs };
  const placesIn = kept({ ...shared, keyOf: ({ list, after, limit }: Stretch) => `${list} ${after ?? ''} ${limit}` }, readPlaces);
  const rowsOf = keptTogether({ ...shared, most: mostShared }, readRows);

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

  function listed({ row, lists, ownIds = [], openStages = waitingIn(lists) }: StoredRow): Listed {
    return { row, lists, ownIds, openStages };
  }

  /** The newest places of several lists, each once. */
  async function newest(lists: readonly string[], after: string | undefined, limit: number): Promise<readonly Found[]> {
    const each = await Promise.all(lists.map((list) => placesIn({ list, after, limit })));
    return [...new Map(each.flat().map((found) => [found.place, found])).values()].toSorted((a, b) => (a.place < b.place ? 1 : -1)).slice(0, limit);
  }

  async function readPlaces({ list, after, limit }: Stretch): Promise<readonly Found[]> {
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

  async function readRows(requestIds: readonly string[]): Promise<ReadonlyMap<string, StoredRow>> {
    const rows = new Map<string, StoredRow>();
    for (let from = 0; from < requestIds.length; from += mostKeys) {
      let keys = requestIds.slice(from, from + mostKeys).map((pk): Record<string, unknown> => ({ pk }));
      for (let tries = 0; keys.length > 0; tries += 1) {
        if (tries === mostRounds) throw new TeamError('ERR_READ_MODEL_THROTTLED', `DynamoDB gave no row in ${tries} answers`, { retryable: true });
        const { Responses, UnprocessedKeys } = await client.send(new BatchGetCommand({ RequestItems: { [tables.requests]: { Keys: keys } } }));
        for (const item of Responses?.[tables.requests] ?? []) rows.set(String(item['pk']), storedRow.parse(item));
        keys = UnprocessedKeys?.[tables.requests]?.Keys ?? [];
      }
    }
    return rows;
  }
}

/** Whom a row waits for that was written before it said so stage by stage: those in whose lists it stands. */
function waitingIn(lists: readonly ListKey[]): readonly OpenStage[] {
  const of = (kind: string): readonly string[] => lists.flatMap((list) => (list.startsWith(kind) ? [list.slice(kind.length)] : []));
  return [{ approvers: { groupIds: of('for-group#'), userIds: of('for-user#') }, counted: [] }];
}
