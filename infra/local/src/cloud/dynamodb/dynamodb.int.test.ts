import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { cloudForTests } from '../testing/cloud-for-tests.ts';

async function withTable() {
  const cloud = cloudForTests();
  const client = new DynamoDBClient(cloud.configFor('tester'));
  await client.send(
    new CreateTableCommand({
      TableName: 'grants',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'dueShard', AttributeType: 'S' },
        { AttributeName: 'dueAt', AttributeType: 'N' },
      ],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'due',
          KeySchema: [
            { AttributeName: 'dueShard', KeyType: 'HASH' },
            { AttributeName: 'dueAt', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    }),
  );
  return { client, cloud };
}

const put = (pk: string, more: Record<string, { S: string } | { N: string } | { M: Record<string, { S: string }> }> = {}) =>
  new PutItemCommand({ TableName: 'grants', Item: { pk: { S: pk }, ...more } });

describe('the DynamoDB stand-in', () => {
  test('has a table ACTIVE at once, with its indexes', async () => {
    const { client } = await withTable();
    const { Table } = await client.send(new DescribeTableCommand({ TableName: 'grants' }));
    expect(Table).toMatchObject({
      TableStatus: 'ACTIVE',
      CreationDateTime: new Date('2026-01-01T00:00:00Z'),
      GlobalSecondaryIndexes: [{ IndexName: 'due', IndexStatus: 'ACTIVE' }],
    });
  });

  test('refuses a second table of the same name', async () => {
    const { client } = await withTable();
    const again = new CreateTableCommand({
      TableName: 'grants',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    });
    await expect(client.send(again)).rejects.toMatchObject({ name: 'ResourceInUseException' });
  });

  test('writes conditionally, and answers the item that stood in the way when asked to', async () => {
    const { client } = await withTable();
    await client.send(put('g1', { state: { S: 'open' } }));
    const conditional = new PutItemCommand({
      TableName: 'grants',
      Item: { pk: { S: 'g1' } },
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    await expect(client.send(conditional)).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
      Item: { pk: { S: 'g1' }, state: { S: 'open' } },
    });
  });

  test('sets and removes entries of a map under a version condition', async () => {
    const { client } = await withTable();
    await client.send(put('g1', { version: { N: '1' }, outbox: { M: { a: { S: 'x' } } } }));
    await client.send(
      new UpdateItemCommand({
        TableName: 'grants',
        Key: { pk: { S: 'g1' } },
        UpdateExpression: 'SET #v = #v + :one, outbox.#b = :y REMOVE outbox.#a',
        ConditionExpression: '#v = :one',
        ExpressionAttributeNames: { '#v': 'version', '#a': 'a', '#b': 'b' },
        ExpressionAttributeValues: { ':one': { N: '1' }, ':y': { S: 'y' } },
      }),
    );
    const { Item } = await client.send(new GetItemCommand({ TableName: 'grants', Key: { pk: { S: 'g1' } } }));
    expect(Item).toEqual({ pk: { S: 'g1' }, version: { N: '2' }, outbox: { M: { b: { S: 'y' } } } });
  });

  test('lists in an index only the items that have its keys, in order, and page by page', async () => {
    const { client } = await withTable();
    for (const [pk, dueAt] of [['c', '30'], ['a', '5'], ['b', '200']] as const) {
      await client.send(put(pk, { dueShard: { S: '0' }, dueAt: { N: dueAt } }));
    }
    await client.send(put('never'));
    await client.send(
      new UpdateItemCommand({ TableName: 'grants', Key: { pk: { S: 'c' } }, UpdateExpression: 'REMOVE dueShard, dueAt' }),
    );
    const query = (more: object) =>
      client.send(
        new QueryCommand({
          TableName: 'grants',
          IndexName: 'due',
          KeyConditionExpression: 'dueShard = :s AND dueAt <= :t',
          ExpressionAttributeValues: { ':s': { S: '0' }, ':t': { N: '1000' } },
          Limit: 1,
          ...more,
        }),
      );
    const first = await query({});
    expect(first.Items?.map((item) => item.pk?.S)).toEqual(['a']);
    const second = await query({ ExclusiveStartKey: first.LastEvaluatedKey });
    expect(second.Items?.map((item) => item.pk?.S)).toEqual(['b']);
    const third = await query({ ExclusiveStartKey: second.LastEvaluatedKey });
    expect(third.Items).toEqual([]);
  });

  test('says of an empty index the same each time, sees what comes and goes, and refuses what it would have refused', async () => {
    const { client } = await withTable();
    const query = async (t: unknown = { N: '1000' }, more: object = {}) => {
      const { $metadata: _metadata, ...answer } = await client.send(
        new QueryCommand({ TableName: 'grants', IndexName: 'due', KeyConditionExpression: 'dueShard = :s AND dueAt <= :t', ExpressionAttributeValues: { ':s': { S: '0' }, ':t': t as { N: string } }, ...more }),
      );
      return answer;
    };
    const first = await query();
    expect(first).toEqual({ Count: 0, Items: [], ScannedCount: 0 });
    expect([await query(), await query({ N: '7' })]).toEqual([first, first]);
    expect(await query({ N: '7' }, { Select: 'COUNT' })).toEqual({ Count: 0, ScannedCount: 0 });
    for (const bad of [{ S: 'late' }, { N: 'late' }, {}]) await expect(query(bad)).rejects.toMatchObject({ name: 'ValidationException' });
    for (const more of [{ Limit: 0 }, { KeyConditionExpression: 'dueShard = :s' }, { ExclusiveStartKey: { pk: { S: 'a' } } }, { FilterExpression: 'nonsense' }]) {
      await expect(query({ N: '7' }, more)).rejects.toMatchObject({ name: 'ValidationException' });
    }
    const between = (from: string, to: string) => query(undefined, { KeyConditionExpression: 'dueShard = :s AND dueAt BETWEEN :f AND :t', ExpressionAttributeValues: { ':s': { S: '0' }, ':f': { N: from }, ':t': { N: to } } });
    expect(await between('1', '2')).toEqual(first);
    await expect(between('2', '1')).rejects.toMatchObject({ name: 'ValidationException' });
    await client.send(put('a', { dueShard: { S: '0' }, dueAt: { N: '5' } }));
    expect(await query()).toMatchObject({ Count: 1, Items: [{ pk: { S: 'a' } }] });
    await client.send(new DeleteItemCommand({ TableName: 'grants', Key: { pk: { S: 'a' } } }));
    expect(await query()).toEqual(first);
    await client.send(new DeleteTableCommand({ TableName: 'grants' }));
    await expect(query()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('answers a batch in the order of its keys, leaving out what is not there', async () => {
    const { client } = await withTable();
    await client.send(
      new BatchWriteItemCommand({
        RequestItems: { grants: ['a', 'b', 'c'].map((pk) => ({ PutRequest: { Item: { pk: { S: pk } } } })) },
      }),
    );
    const keys = ['c', 'x', 'a'].map((pk) => ({ pk: { S: pk } }));
    const { Responses } = await client.send(new BatchGetItemCommand({ RequestItems: { grants: { Keys: keys } } }));
    expect(Responses?.grants?.map((item) => item.pk?.S)).toEqual(['c', 'a']);
  });

  test('commits an item and its index entries as one, and a failed write not at all', async () => {
    const { client, cloud } = await withTable();
    await client.send(put('g1', { dueShard: { S: '0' }, dueAt: { N: '1' } }));
    expect(cloud.commits.at(-1)).toHaveLength(2);
    const before = cloud.commits.length;
    const Key = { pk: { S: 'g1' } };
    const failing = new DeleteItemCommand({ TableName: 'grants', Key, ConditionExpression: 'attribute_not_exists(pk)' });
    await expect(client.send(failing)).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
    expect(cloud.commits.length).toBe(before);
  });

  test('commits a whole batch write as one', async () => {
    const { client, cloud } = await withTable();
    const items = ['a', 'b'].map((pk) => ({ PutRequest: { Item: { pk: { S: pk }, dueShard: { S: '0' }, dueAt: { N: '1' } } } }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { grants: items } }));
    expect(cloud.commits.at(-1)).toHaveLength(4);
  });

  test('scans everything', async () => {
    const { client } = await withTable();
    await client.send(put('a'));
    await client.send(put('b'));
    expect((await client.send(new ScanCommand({ TableName: 'grants' }))).Count).toBe(2);
  });

  test('refuses an item above 400 KiB, an unknown table and what it does not implement', async () => {
    const { client } = await withTable();
    await expect(client.send(put('big', { text: { S: 'x'.repeat(410_000) } }))).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(client.send(new ScanCommand({ TableName: 'nothing' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(client.send(new TransactWriteItemsCommand({ TransactItems: [] }))).rejects.toMatchObject({
      name: 'NotImplementedByLocalCloud',
    });
  });

  test('takes expressions of 4,096 bytes and 300 operators, and refuses one more of either', async () => {
    const { client } = await withTable();
    await client.send(put('g1', { version: { N: '1' } }));
    const update = (UpdateExpression: string, ConditionExpression: string, values: Record<string, { N: string }> = {}) =>
      client.send(
        new UpdateItemCommand({
          TableName: 'grants',
          Key: { pk: { S: 'g1' } },
          UpdateExpression,
          ConditionExpression,
          ExpressionAttributeValues: { ':n': { N: '1' }, ...values },
        }),
      );
    const sets = (bytes: number): string => 'SET answer = :n'.padEnd(bytes, ' ');
    const equals = (times: number): string => Array.from({ length: times }, () => 'version=:n').join(' AND ');
    const sums = (times: number): string => `SET answer = :n${' + :n'.repeat(times)}`;
    await update(sets(4_096), equals(150));
    await update(sums(1), 'version BETWEEN :n AND :n AND attribute_exists(pk)');
    await expect(update(sets(4_097), equals(1))).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'Invalid UpdateExpression: Expression size has exceeded the maximum allowed size;',
    });
    await expect(update(sets(20), equals(151))).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'Invalid ConditionExpression: The expression contains too many operators; operator count: 301',
    });
    await expect(update(sums(301), equals(1))).rejects.toMatchObject({ message: expect.stringContaining('operator count: 301') });
  });
});
