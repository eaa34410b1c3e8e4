import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { cloudForTests } from '../../../../../infra/local/src/cloud/testing/cloud-for-tests.ts';
import { sessionTable } from './session-table.ts';

const session = { userId: 'u-1', userName: 'ana', authTime: 1_700_000_000, createdAt: 1_000, lastSeenAt: 1_000, endsAt: 28_801_001 };
const pending = { state: 's', nonce: 'n', codeVerifier: 'v', returnTo: '/', again: true, endsAt: 601_000 };

async function setUp() {
  const client = new DynamoDBClient(cloudForTests().configFor('portal'));
  await client.send(
    new CreateTableCommand({
      TableName: 'sessions',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    }),
  );
  const documents = DynamoDBDocumentClient.from(client);
  const items = async () => (await documents.send(new ScanCommand({ TableName: 'sessions' }))).Items;
  return { table: sessionTable(documents, 'sessions'), items };
}

test('a session is kept, used and deleted; its time to live is in whole seconds, never before it ends', async () => {
  const { table, items } = await setUp();
  await table.putSession('k', session);
  expect(await items()).toEqual([{ pk: 'session#k', ...session, expiresAt: 28_802 }]);
  expect(await table.session('k')).toEqual(session);
  await table.touchSession('k', 2_000);
  expect(await table.session('k')).toEqual({ ...session, lastSeenAt: 2_000 });
  await table.deleteSession('k');
  expect(await table.session('k')).toBeUndefined();
});

test('a session that is gone does not come back by being used', async () => {
  const { table, items } = await setUp();
  await table.touchSession('k', 2_000);
  expect(await items()).toEqual([]);
});

test('a sign-in under way is taken by one of many', async () => {
  const { table } = await setUp();
  await table.putPending('k', pending);
  const taken = await Promise.all(Array.from({ length: 8 }, () => table.takePending('k')));
  expect(taken.filter((one) => one !== undefined)).toEqual([pending]);
});

test('the key of a sign-in under way is none of a session, and the other way round', async () => {
  const { table } = await setUp();
  await table.putPending('k', pending);
  await table.putSession('l', session);
  expect(await table.session('k')).toBeUndefined();
  expect(await table.takePending('l')).toBeUndefined();
});

test('an item that is not as it was written is an error, and nobody is signed in by it', async () => {
  const { table } = await setUp();
  await table.putSession('k', { ...session, userId: JSON.parse('7') as string });
  await expect(table.session('k')).rejects.toThrow('userId');
});
