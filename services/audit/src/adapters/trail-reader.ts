import { paginateQuery, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBDocumentClient, QueryCommandInput, ScanCommandInput } from '@aws-sdk/lib-dynamodb';
import { shards } from '@team/runtime';
import type { AppendableTrail, Page, ReadableTrail } from '../application/ports.ts';
import { placed, type ChainedRecord, type Head, type StoredRecord } from '../domain/chain.ts';
import { itemsByKey } from './items-by-key.ts';
import { recordIn, type Item } from './record-item.ts';
import type { TrailTables } from './records-table.ts';

/** Also the most keys of one `BatchGetItem`. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const pageSize = 100;

/** An index that is further behind than this many records of one chain is waited for, not worked around: their texts fill the memory. */
const maximumLate = 100;

/** The trail for those who read. The indexes, which are eventually consistent, say which records; those are read by key, as they are now. */
export function createTrailReader(
  client: DynamoDBDocumentClient,
  { records, heads }: TrailTables,
  { head, record }: Pick<AppendableTrail, 'head' | 'record'>,
): ReadableTrail {
  async function* indexed(input: Omit<QueryCommandInput, 'TableName'>): AsyncGenerator<StoredRecord> {
    for await (const { Items = [] } of paginateQuery({ client, pageSize }, { TableName: records, ...input })) {
      const keys = Items.map(({ pk }) => String(pk));
      const found = await byKey(keys);
      yield* keys.flatMap((key) => found.get(key) ?? []);
    }
  }

  /** Records by their keys. */
  async function byKey(keys: readonly string[]): Promise<ReadonlyMap<string, StoredRecord>> {
    return new Map([...(await itemsByKey(client, records, keys))].map(([key, item]) => [key, recordIn(item)]));
  }

  async function* inChain(chain: string, after: number, upTo: number): AsyncGenerator<ChainedRecord> {
    if (upTo <= after) return;
    const found = indexed({
      IndexName: 'chain',
      KeyConditionExpression: '#chain = :chain AND #seq BETWEEN :from AND :to',
      ExpressionAttributeNames: { '#chain': 'chain', '#seq': 'seq' },
      ExpressionAttributeValues: { ':chain': chain, ':from': after + 1, ':to': upTo },
    });
    for await (const { place, ...rest } of found) if (place !== undefined) yield { ...rest, place };
  }

  /** Records from a seq up to the one with the key, which the index does not show yet: each names the one before it. */
  async function late(chain: string, from: number, last: string | undefined, chainHead: Head | undefined): Promise<ChainedRecord[]> {
    const found: ChainedRecord[] = [];
    for (let key = last; key !== undefined && found.length < maximumLate; ) {
      const stored = await record(key);
      const next = stored === undefined ? undefined : placed(stored, chainHead);
      if (next === undefined || next.chain !== chain || next.place.seq < from) break;
      found.push(next);
      key = next.place.previous;
    }
    return found.reverse();
  }

  async function scan(input: ScanCommandInput, after: string | undefined, itemOf: (item: Item) => string): Promise<Page<string>> {
    const { Items, LastEvaluatedKey } = await client.send(
      new ScanCommand({ ...input, ConsistentRead: true, ExclusiveStartKey: after === undefined ? undefined : { pk: after } }),
    );
    return { items: (Items ?? []).map(itemOf), next: LastEvaluatedKey === undefined ? undefined : String(LastEvaluatedKey['pk']) };
  }

  return {
    head,
    record,

    async *chain(chain, chainHead, afterSeq = 0) {
      const end = chainHead?.seq ?? 0;
      let expected = afterSeq + 1;
      for await (const next of inChain(chain, afterSeq, end)) {
        if (next.place.seq > expected) yield* await late(chain, expected, next.place.previous, chainHead);
        yield next;
        expected = Math.max(expected, next.place.seq + 1);
      }
      if (expected <= end) yield* await late(chain, expected, chainHead?.last, chainHead);
      let endNow: number | undefined;
      for await (const next of inChain(chain, Math.max(end, afterSeq), Number.MAX_SAFE_INTEGER)) {
        endNow ??= (await head(chain))?.seq ?? 0;
        if (next.place.seq > endNow) yield next;
      }
    },

    async *arrivals(day, after, before) {
      // The least text that comes after the cursor: BETWEEN takes both ends in, and refuses an upper end below the lower one.
      const from = `${after}\u0000`;
      if (from > before) return;
      yield* indexed({
        IndexName: 'arrival',
        KeyConditionExpression: '#day = :day AND #key BETWEEN :from AND :to',
        ExpressionAttributeNames: { '#day': 'arrivalDay', '#key': 'arrivalKey' },
        ExpressionAttributeValues: { ':day': day, ':from': from, ':to': before },
      });
    },

    async *unchained(until, chain) {
      for (const shard of shards) {
        const found = indexed({
          IndexName: 'unchained',
          KeyConditionExpression: 'unchainedShard = :shard AND unchainedAt <= :until',
          ExpressionAttributeValues: { ':shard': shard, ':until': until },
        });
        // Never many: what is here is on its way out.
        for await (const next of found) if (chain === undefined || next.chain === chain) yield next;
      }
    },

    chainsWithHead: (limit, after) =>
      scan({ TableName: heads, ProjectionExpression: 'pk', Limit: limit }, after, (item) => String(item['pk'])),

    chainsOfRecords: (limit, after) =>
      scan(
        {
          TableName: records,
          ProjectionExpression: '#pk, #chain',
          FilterExpression: 'attribute_exists(#seq)',
          ExpressionAttributeNames: { '#pk': 'pk', '#chain': 'chain', '#seq': 'seq' },
          Limit: limit,
        },
        after,
        (item) => String(item['chain']),
      ),
  };
}
