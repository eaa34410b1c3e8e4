import assert from 'node:assert/strict';
import { CreateTableCommand, DeleteTableCommand, DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DeleteCommand, GetCommand, PutCommand, QueryCommand, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { eventually, pagesOf, refusal } from '../answers.ts';
import type { Belief } from '../belief.ts';
import type { Place } from '../place.ts';

const guide = 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide';
const api = 'https://docs.aws.amazon.com/amazondynamodb/latest/APIReference';
const constraints = `${guide}/Constraints.html`;
const index = 'due';

/** The one table of a run, with a sparse index, as tables of aggregates have it. */
const tableOf = (place: Place): Promise<string> =>
  place.sandbox.shared('table', async () => {
    const { dynamo } = place.clients;
    const TableName = place.sandbox.name('items');
    await dynamo.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'dueShard', AttributeType: 'S' },
          { AttributeName: 'dueAt', AttributeType: 'N' },
        ],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        GlobalSecondaryIndexes: [
          {
            IndexName: index,
            KeySchema: [
              { AttributeName: 'dueShard', KeyType: 'HASH' },
              { AttributeName: 'dueAt', KeyType: 'RANGE' },
            ],
            Projection: { ProjectionType: 'ALL' },
          },
        ],
      }),
    );
    place.sandbox.removeLater(`table ${TableName}`, () => dynamo.send(new DeleteTableCommand({ TableName })));
    return eventually(place, 'the table is ACTIVE', 120, async () => {
      const { Table } = await dynamo.send(new DescribeTableCommand({ TableName }));
      return Table?.TableStatus === 'ACTIVE' ? TableName : undefined;
    });
  });

const put = async (place: Place, Item: Record<string, unknown>): Promise<unknown> => place.clients.documents.send(new PutCommand({ TableName: await tableOf(place), Item }));
const read = async (place: Place, pk: string): Promise<Record<string, unknown> | undefined> =>
  (await place.clients.documents.send(new GetCommand({ TableName: await tableOf(place), Key: { pk }, ConsistentRead: true }))).Item;
const update = async (place: Place, pk: string, UpdateExpression: string, more: object): Promise<unknown> =>
  place.clients.documents.send(new UpdateCommand({ TableName: await tableOf(place), Key: { pk }, UpdateExpression, ...more }));

/** Keys in a partition of the index, in its order, two at a time. */
async function indexed(place: Place, shard: string): Promise<string[]> {
  const keys: string[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await place.clients.documents.send(
      new QueryCommand({ TableName: await tableOf(place), IndexName: index, KeyConditionExpression: 'dueShard = :s', ExpressionAttributeValues: { ':s': shard }, Limit: 2, ExclusiveStartKey }),
    );
    assert.ok((page.Items?.length ?? 0) <= 2, 'a page has more items than its Limit');
    keys.push(...(page.Items ?? []).map(({ pk }) => String(pk)));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return keys;
}

const becomes = (place: Place, shard: string, keys: string[]): Promise<true> =>
  eventually(place, `the index holds ${keys.join(', ') || 'nothing'}`, 30, async () => ((await indexed(place, shard)).join() === keys.join() ? true : undefined));

/** Beliefs about DynamoDB. */
export const dynamoDbBeliefs: readonly Belief[] = [
  {
    id: 'dynamodb.put-if-absent',
    says: 'A put on the condition that the item does not exist is done once, also where two come at once.',
    source: `${guide}/Expressions.ConditionExpressions.html`,
    async check(place) {
      const conditional = { ConditionExpression: 'attribute_not_exists(pk)' };
      const TableName = await tableOf(place);
      const puts = [1, 2].map((n) => place.clients.documents.send(new PutCommand({ TableName, Item: { pk: 'once', n }, ...conditional })));
      const lost = (await Promise.allSettled(puts)).filter((end) => end.status === 'rejected');
      assert.equal(lost.length, 1);
      assert.equal((lost[0]?.reason as Error).name, 'ConditionalCheckFailedException');
    },
  },
  {
    id: 'dynamodb.version',
    says: 'Of two updates on the same version one is done, and the other is told the item as it is.',
    source: `${api}/API_UpdateItem.html`,
    async check(place) {
      await put(place, { pk: 'versioned', version: 1 });
      const next = (by: string) =>
        update(place, 'versioned', 'SET version = :next, #by = :by', {
          ConditionExpression: 'version = :seen',
          ExpressionAttributeNames: { '#by': 'by' },
          ExpressionAttributeValues: { ':next': 2, ':seen': 1, ':by': by },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        });
      await next('first');
      const error = await refusal(next('second'), /^ConditionalCheckFailedException$/);
      assert.deepEqual('Item' in error && error.Item, { pk: { S: 'versioned' }, version: { N: '2' }, by: { S: 'first' } });
    },
  },
  {
    id: 'dynamodb.one-key-of-a-map',
    says: 'One key is taken out of a map without the others; one that is not there is no error.',
    source: `${guide}/Expressions.UpdateExpressions.html`,
    async check(place) {
      await put(place, { pk: 'outbox', outbox: { a: 1, b: 2 } });
      const remove = (key: string) => update(place, 'outbox', 'REMOVE outbox.#key', { ExpressionAttributeNames: { '#key': key } });
      await remove('a');
      await remove('a');
      assert.deepEqual((await read(place, 'outbox'))?.['outbox'], { b: 2 });
    },
  },
  {
    id: 'dynamodb.sparse-index',
    says: 'An index holds the items that have its attributes, in the order of its numbers, and lets go of those that lose them.',
    source: `${guide}/bp-indexes-general-sparse-indexes.html`,
    async check(place) {
      const due = (pk: string, dueAt: number) => put(place, { pk, dueShard: 'sparse', dueAt });
      await put(place, { pk: 'never due' });
      await due('late', 100);
      await due('early', 9);
      await due('between', 50);
      await becomes(place, 'sparse', ['early', 'between', 'late']);
      await update(place, 'between', 'REMOVE dueShard, dueAt', {});
      await becomes(place, 'sparse', ['early', 'late']);
    },
  },
  {
    id: 'dynamodb.index-key-type',
    says: 'An item whose index attribute has another type is refused whole.',
    source: `${api}/API_PutItem.html`,
    async check(place) {
      await refusal(put(place, { pk: 'mistyped', dueShard: 'types', dueAt: 'soon' }), /^ValidationException$/);
      assert.equal(await read(place, 'mistyped'), undefined);
    },
  },
  {
    id: 'dynamodb.index-is-eventually-consistent',
    says: 'A global secondary index cannot be read consistently.',
    source: `${guide}/HowItWorks.ReadConsistency.html`,
    async check(place) {
      const TableName = await tableOf(place);
      const query = { TableName, IndexName: index, KeyConditionExpression: 'dueShard = :s', ExpressionAttributeValues: { ':s': 'any' }, ConsistentRead: true };
      await refusal(place.clients.documents.send(new QueryCommand(query)), /^ValidationException$/);
    },
  },
  {
    id: 'dynamodb.item-size',
    says: 'An item has 400 KB at most, names included.',
    source: `${constraints}#limits-items`,
    async check(place) {
      await put(place, { pk: 'large', text: 'x'.repeat(390 * 1024) });
      await refusal(put(place, { pk: 'too large', text: 'x'.repeat(400 * 1024) }), /^ValidationException$/);
      await place.clients.documents.send(new DeleteCommand({ TableName: await tableOf(place), Key: { pk: 'large' } }));
    },
  },
  {
    id: 'dynamodb.expression-size',
    says: 'An expression has 4,096 bytes at most.',
    source: `${constraints}#limits-expression-parameters`,
    async check(place) {
      await put(place, { pk: 'expression' });
      const setting = (bytes: number) => {
        const name = 'a'.repeat(200);
        const clauses = Array.from({ length: 30 }, (_, i) => `${name}${i} = :v`).join(', ');
        return update(place, 'expression', `SET ${clauses}`.padEnd(bytes), { ExpressionAttributeValues: { ':v': 1 } });
      };
      await refusal(setting(0), /^ValidationException$/);
    },
  },
  {
    id: 'dynamodb.expression-operators',
    says: 'An expression has 300 operators and functions at most.',
    source: `${constraints}#limits-expression-parameters`,
    async check(place) {
      await put(place, { pk: 'operators' });
      const condition = (operators: number) => ({
        ExpressionAttributeValues: { ':v': 1 },
        ConditionExpression: Array.from({ length: (operators + 1) / 2 }, () => 'a<:v').join(' OR '),
      });
      await refusal(update(place, 'operators', 'SET b = :v', condition(301)), /^ValidationException$/);
    },
  },
  {
    id: 'dynamodb.batch-of-25',
    says: 'A batch writes 25 items at most, and none of them twice.',
    source: `${api}/API_BatchWriteItem.html`,
    async check(place) {
      const TableName = await tableOf(place);
      const write = (keys: string[]) => place.clients.documents.send(new BatchWriteCommand({ RequestItems: { [TableName]: keys.map((pk) => ({ PutRequest: { Item: { pk } } })) } }));
      const keys = Array.from({ length: 26 }, (_, i) => `batch ${i}`);
      await refusal(write(keys), /^ValidationException$/);
      await refusal(write(['twin', 'twin']), /^ValidationException$/);
      assert.deepEqual((await write(keys.slice(1))).UnprocessedItems ?? {}, {});
    },
  },
  {
    id: 'dynamodb.scan-pages',
    says: 'A scan answers about 1 MB a page and says where the next begins; together the pages hold everything once.',
    source: `${guide}/Scan.html`,
    async check(place) {
      const TableName = await tableOf(place);
      const wanted = Array.from({ length: 5 }, (_, i) => `page ${i}`);
      for (const pk of wanted) await put(place, { pk, text: 'x'.repeat(300 * 1024) });
      const pages = await pagesOf(async (next) => {
        const start = next === undefined ? {} : { ExclusiveStartKey: { pk: next } };
        const { Items = [], LastEvaluatedKey } = await place.clients.documents.send(new ScanCommand({ TableName, ConsistentRead: true, ...start }));
        return { items: Items.map(({ pk }) => String(pk)), next: LastEvaluatedKey === undefined ? undefined : String(LastEvaluatedKey['pk']) };
      });
      const found = pages.flat().filter((pk) => pk.startsWith('page '));
      assert.deepEqual(found.sort(), wanted);
      assert.ok(pages.length > 1, '1.5 MB came in one page');
    },
  },
];
