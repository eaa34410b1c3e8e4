import { BatchGetCommand, paginateQuery, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { BatchGetCommandInput, BatchGetCommandOutput, DynamoDBDocumentClient, QueryCommandInput, ScanCommandInput } from '@aws-sdk/lib-dynamodb';
import { shards, TeamError } from '@team/runtime';
import type { AppendableTrail, Page, ReadableTrail } from '../application/ports.ts';
import { placed, type ChainedRecord, type Head, type StoredRecord } from '../domain/chain.ts';
import { recordIn, type Item } from './record-item.ts';
import type { TrailTables } from './records-table.ts';

/** Also the most keys of one `BatchGetItem`. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const pageSize = 100;

/** So many answers may pass while some are empty. An answer with something in it is progress. */
const emptyAnswers = 5;

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

  /** Records by their keys. Together they may be larger than one answer: DynamoDB says what it left out. */
  async function byKey(keys: readonly string[]): Promise<ReadonlyMap<string, StoredRecord>> {
    const found = new Map<string, StoredRecord>();
    let asked: BatchGetCommandInput['RequestItems'] = keys.length === 0 ? {} : { [records]: { Keys: keys.map((pk) => ({ pk })), ConsistentRead: true } };
    for (let tries = 0; asked !== undefined && Object.keys(asked).length > 0; tries += 1) {
      const { Responses, UnprocessedKeys }: BatchGetCommandOutput = await client.send(new BatchGetCommand({ RequestItems: asked }));
      const items = Responses?.[records] ?? [];
      for (const item of items) found.set(String(item['pk']), recordIn(item));
      asked = UnprocessedKeys;
      if (items.length === 0 && tries === emptyAnswers) throw new TeamError('ERR_TRAIL_THROTTLED', `DynamoDB gave none of ${keys.length} records in ${tries + 1} answers`, { retryable: true });
    }
    return found;
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
