import { directoryOf, management, organizationOfAcme, permissionSetArn, root } from '../test/acme.ts';
import { Failure } from '../test/scripted-aws.ts';

const shop = '200000000000';
const readOnly = permissionSetArn('ReadOnlyAccess');

test('reads every tag of an account through its pages, keys in two cases apart', async () => {
  const { directory } = directoryOf(organizationOfAcme());
  await expect(directory.accountTags(shop)).resolves.toEqual({ Environment: 'prod', environment: 'PROD', Owner: '' });
  await expect(directory.accountTags(management)).resolves.toEqual({});
});

test('an account without tags is told apart from one that does not exist', async () => {
  const { directory, count } = directoryOf(organizationOfAcme());
  await expect(directory.accountTags('999999999999')).resolves.toBeUndefined();
  const asked = count('ListTagsForResource');
  await expect(directory.accountTags('Shop')).resolves.toBeUndefined();
  await expect(directory.permissionSetTags('ReadOnlyAccess')).resolves.toBeUndefined();
  expect(count('ListTagsForResource')).toBe(asked);
  await expect(directory.permissionSetTags(permissionSetArn('Nothing'))).resolves.toBeUndefined();
});

test('an account that is tagged anew is seen so within a minute, and asked for once meanwhile', async () => {
  const acme = organizationOfAcme();
  const { directory, clock, count } = directoryOf(acme);
  await directory.accountTags(shop);
  const asked = count('ListTagsForResource');
  acme.tags.set(shop, [{ Key: 'Environment', Value: 'test' }]);
  clock.time = 59_999;
  await expect(directory.accountTags(shop)).resolves.toMatchObject({ Environment: 'prod' });
  expect(count('ListTagsForResource')).toBe(asked);
  clock.time = 60_000;
  await expect(directory.accountTags(shop)).resolves.toEqual({ Environment: 'test' });
});

test('tags of a permission set are as old as the permission set itself may be', async () => {
  const acme = organizationOfAcme();
  acme.tags.set(readOnly, [{ Key: 'Risk', Value: 'low' }]);
  const { directory, clock } = directoryOf(acme);
  await expect(directory.permissionSetTags(readOnly)).resolves.toEqual({ Risk: 'low' });
  acme.tags.set(readOnly, []);
  clock.time = 299_999;
  await expect(directory.permissionSetTags(readOnly)).resolves.toEqual({ Risk: 'low' });
  clock.time = 300_000;
  await expect(directory.permissionSetTags(readOnly)).resolves.toEqual({});
});

test('what did not exist is looked for again at once', async () => {
  const acme = organizationOfAcme();
  const { directory } = directoryOf(acme);
  await directory.accountTags('400000000000');
  acme.accounts.push({ Id: '400000000000', Name: 'Young', State: 'ACTIVE', ParentId: root });
  await expect(directory.accountTags('400000000000')).resolves.toEqual({});
});

test('an outage is never taken for the absence of tags', async () => {
  const { directory } = directoryOf(organizationOfAcme(), { ListTagsForResource: () => new Failure('TooManyRequestsException') });
  const outage = { code: 'ERR_DIRECTORY_UNAVAILABLE', retryable: true };
  await expect(directory.accountTags(shop)).rejects.toMatchObject(outage);
  await expect(directory.permissionSetTags(readOnly)).rejects.toMatchObject(outage);
});

test('accounts in units are those below them at any depth that are active, each once', async () => {
  const { directory } = directoryOf(organizationOfAcme());
  await expect(directory.accountsIn([root])).resolves.toEqual([management, shop]);
  await expect(directory.accountsIn(['ou-acme-work0000', 'ou-acme-prod0000'])).resolves.toEqual([shop]);
  await expect(directory.accountsIn(['ou-acme-sand0000', 'ou-acme-gone0000'])).resolves.toEqual([]);
});
