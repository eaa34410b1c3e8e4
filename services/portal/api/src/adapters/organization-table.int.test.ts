import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { DirectorySnapshot } from '@team/directory';
import { randomUUID } from 'node:crypto';
import { cloudForTests } from '../../../../../infra/local/src/cloud/testing/cloud-for-tests.ts';
import { organizationTable } from './organization-table.ts';

const TableName = 'organization';
const listedAt = Date.parse('2026-03-02T09:00:00Z');
const day = 24 * 3_600_000;
const small: DirectorySnapshot = {
  takenAt: listedAt,
  rootId: 'r-acme',
  managementAccountId: '111111111111',
  users: [{ id: 'u-1', userName: 'ana', displayName: 'Ana', email: 'ana@acme.example', enabled: true }, { id: 'u-2', userName: 'bo', displayName: undefined, email: undefined, enabled: false }],
  groups: [{ id: 'g-1', name: 'Admins' }],
  organizationalUnits: [{ id: 'ou-1', name: 'Prod', path: ['r-acme', 'ou-1'], names: ['Prod'] }],
  accounts: [{ id: '222222222222', name: 'Payments', status: 'ACTIVE', ouPath: ['r-acme', 'ou-1'] }],
  permissionSets: [{ arn: 'arn:aws:sso:::permissionSet/ssoins-1/ps-1', name: 'ReadOnlyAccess', sessionDurationMinutes: 60 }],
};
/** Ids of people do not pack: so many take more than one item. */
const large: DirectorySnapshot = { ...small, users: Array.from({ length: 30_000 }, () => ({ id: randomUUID(), userName: randomUUID(), displayName: undefined, email: undefined, enabled: true })) };

async function setUp() {
  const client = new DynamoDBClient(cloudForTests().configFor('portal'));
  await client.send(new CreateTableCommand({ TableName, BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }] }));
  const documents = DynamoDBDocumentClient.from(client);
  const items = async () => ((await documents.send(new ScanCommand({ TableName }))).Items ?? []) as { readonly pk: string; readonly bytes?: Uint8Array; readonly expiresAt?: number }[];
  return { store: organizationTable(documents, TableName), documents, parts: async () => (await items()).filter(({ pk }) => pk !== 'head') };
}

test('nothing is there before anything was listed', async () => {
  const { store } = await setUp();
  expect([await store.takenAt(), await store.get()]).toEqual([undefined, undefined]);
});

test.each([['small', small, 1], ['large', large, 2]])('what was listed is read as it was, addresses of people left out: %s', async (_, snapshot, least) => {
  const { store, parts } = await setUp();
  await store.put(snapshot, listedAt + 2_000);
  const read = await store.get();
  expect(read?.snapshot).toEqual({ ...snapshot, users: snapshot.users.map((user) => ({ ...user, email: undefined })).toSorted((a, b) => (a.id < b.id ? -1 : 1)) });
  expect(await store.takenAt()).toBe(listedAt);
  expect((await parts()).length).toBeGreaterThanOrEqual(least);
  expect(Math.max(...(await parts()).map(({ bytes }) => bytes?.byteLength ?? 0))).toBeLessThan(390_000);
});

test('what did not change is not written again on the same day, and not read again by who knows it', async () => {
  const { store, parts } = await setUp();
  await store.put(small, listedAt);
  const first = await store.get();
  await store.put({ ...small, takenAt: listedAt + day - 1, users: small.users.toReversed() }, listedAt + day - 1);
  const second = await store.get(first);
  expect(second?.snapshot.accounts).toBe(first?.snapshot.accounts);
  expect(second?.snapshot.takenAt).toBe(listedAt + day - 1);
  const inAMonth = (listedAt + 30 * day) / 1_000;
  expect((await parts()).map(({ expiresAt }) => expiresAt)).toEqual([inAMonth]);
  await store.put({ ...small, takenAt: listedAt + day }, listedAt + day);
  expect((await parts()).map(({ expiresAt }) => expiresAt)).toEqual([inAMonth + day / 1_000]);
});

test('an account in a state that nobody here knows is kept, as one that cannot be used', async () => {
  const { store } = await setUp();
  const accounts = [...small.accounts, { id: '333333333333', name: 'Odd', status: 'FROZEN' as 'CLOSED', ouPath: [] }];
  await store.put({ ...small, accounts }, listedAt);
  expect((await store.get())?.snapshot.accounts.map(({ status }) => status)).toEqual(['ACTIVE', 'SUSPENDED']);
});

test('what changed is read instead, and what it replaced goes by itself', async () => {
  const { store, parts } = await setUp();
  await store.put(small, listedAt);
  const before = await store.get();
  await store.put({ ...small, takenAt: listedAt + 300_000, groups: [] }, listedAt + 300_000);
  expect((await store.get(before))?.snapshot).toMatchObject({ takenAt: listedAt + 300_000, groups: [] });
  expect((await parts()).every(({ expiresAt }) => expiresAt !== undefined)).toBe(true);
});

test.each([['lost', undefined], ['other than it was', Buffer.from('nonsense')]])('a part that is %s makes it nothing, until it is listed again, though nothing changed', async (_, bytes) => {
  const { store, documents, parts } = await setUp();
  await store.put(large, listedAt);
  const [{ pk } = { pk: '' }] = await parts();
  await (bytes === undefined ? documents.send(new DeleteCommand({ TableName, Key: { pk } })) : documents.send(new PutCommand({ TableName, Item: { pk, bytes } })));
  expect(await store.get()).toBeUndefined();
  await store.put(large, listedAt + 1);
  expect((await store.get())?.snapshot.users).toHaveLength(large.users.length);
});

test.each([['of another version', { format: 2, parts: 1 }], ['of no parts', { format: 1, parts: 0 }], ['of too many', { format: 1, parts: 2 ** 31 }]])('a head %s is nothing, and is replaced', async (_, head) => {
  const { store, documents } = await setUp();
  await store.put(small, listedAt);
  await documents.send(new PutCommand({ TableName, Item: { pk: 'head', ...head, takenAt: listedAt, digest: 'd', writtenAt: listedAt } }));
  expect([await store.takenAt(), await store.get()]).toEqual([undefined, undefined]);
  await store.put(small, listedAt);
  expect((await store.get())?.snapshot.rootId).toBe('r-acme');
});
