import {
  CreateAccountAssignmentCommand,
  DescribePermissionSetCommand,
  ListAccountAssignmentCreationStatusCommand,
  ListAccountAssignmentDeletionStatusCommand,
  ListAccountAssignmentsCommand,
  ListAccountAssignmentsForPrincipalCommand,
  ListAccountsForProvisionedPermissionSetCommand,
  ListInstancesCommand,
  ListPermissionSetsCommand,
  ListPermissionSetsProvisionedToAccountCommand,
  ListTagsForResourceCommand,
  paginateListTagsForResource,
  ProvisionPermissionSetCommand,
} from '@aws-sdk/client-sso-admin';
import { fixture, startMs } from './testing/identity-cloud.ts';
import { change, developers, InstanceArn, members, setNamed, ssoAdminCalls, user, wanted } from './testing/sso-admin-calls.ts';

test.each([
  ['an unknown account', { AccountId: '123456789012' }, 'ResourceNotFoundException'],
  ['an unknown permission set', { PermissionSetArn: `${wanted.PermissionSetArn.slice(0, -1)}x` }, 'ResourceNotFoundException'],
  ['an account id that is none', { AccountId: '12' }, 'ValidationException'],
  ['a principal id that is none', { PrincipalId: 'ana' }, 'ValidationException'],
  ['the management account', { AccountId: fixture.ManagementAccountId }, 'AccessDeniedException'],
  ['a permission set provisioned in the management account', { PermissionSetArn: setNamed('ManagementOnly') }, 'AccessDeniedException'],
])('refuses %s at once', async (_, assignment, name) => {
  const { create, remove } = ssoAdminCalls();
  await expect(create(assignment)).rejects.toMatchObject({ name });
  await expect(remove(assignment)).rejects.toMatchObject({ name });
});

test('refuses another instance, and callers outside management and delegated administrator accounts', async () => {
  const { as } = ssoAdminCalls();
  const other = `${InstanceArn.slice(0, -1)}x`;
  const list = (caller: string, arn: string) => as(caller).sso.send(new ListPermissionSetsCommand({ InstanceArn: arn }));
  await expect(list('team', other)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await expect(list('somebody', InstanceArn)).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

test('lets the management account do what a delegated administrator may not', async () => {
  const { as } = ssoAdminCalls();
  const reserved = { AccountId: fixture.ManagementAccountId, PermissionSetArn: setNamed('ManagementOnly') };
  const command = new CreateAccountAssignmentCommand(change(reserved));
  const { AccountAssignmentCreationStatus } = await as('management').sso.send(command);
  expect(AccountAssignmentCreationStatus?.Status).toBe('IN_PROGRESS');
});

test('allows 20 calls a second over all actions together, and more once time passes', async () => {
  const { client, clock } = ssoAdminCalls();
  const call = () => client.send(new ListInstancesCommand({}));
  for (let i = 0; i < 20; i += 1) await call();
  await expect(call()).rejects.toMatchObject({ name: 'ThrottlingException' });
  await expect(client.send(new ListPermissionSetsCommand({ InstanceArn }))).rejects.toMatchObject({ name: 'ThrottlingException' });
  clock.advanceTo(startMs + 100);
  await call();
  await call();
  await expect(call()).rejects.toMatchObject({ name: 'ThrottlingException' });
});

test('lists operations by status, in pages, with no more than status, id and date', async () => {
  const { client, create, clock, sso } = ssoAdminCalls();
  sso.failNext('creation', 'as ordered');
  await create({ AccountId: members[0]?.Id ?? '' });
  await create({ AccountId: members[1]?.Id ?? '' });
  clock.advanceTo(startMs + 61_000);
  await create({ AccountId: members[2]?.Id ?? '' });
  const list = async (Status?: 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED') =>
    (await client.send(new ListAccountAssignmentCreationStatusCommand({ InstanceArn, ...(Status && { Filter: { Status } }) })))
      .AccountAssignmentsCreationStatus;
  expect(await list('FAILED')).toEqual([{ Status: 'FAILED', RequestId: expect.any(String), CreatedDate: new Date(startMs) }]);
  expect(await list('SUCCEEDED')).toHaveLength(1);
  expect(await list('IN_PROGRESS')).toHaveLength(1);
  expect(await list()).toHaveLength(3);
  const page = (NextToken?: string) =>
    client.send(new ListAccountAssignmentCreationStatusCommand({ InstanceArn, MaxResults: 2, NextToken }));
  const first = await page();
  expect(first.AccountAssignmentsCreationStatus).toHaveLength(2);
  const rest = await page(first.NextToken);
  expect(rest.AccountAssignmentsCreationStatus).toHaveLength(1);
  expect(rest.NextToken).toBeUndefined();
  const deletions = await client.send(new ListAccountAssignmentDeletionStatusCommand({ InstanceArn }));
  expect(deletions.AccountAssignmentsDeletionStatus).toEqual([]);
});

test('does not take a page token that another list gave out', async () => {
  const { client } = ssoAdminCalls();
  const { NextToken } = await client.send(new ListPermissionSetsCommand({ InstanceArn, MaxResults: 3 }));
  expect(NextToken).toBeDefined();
  const elsewhere = new ListAccountAssignmentCreationStatusCommand({ InstanceArn, NextToken });
  await expect(client.send(elsewhere)).rejects.toMatchObject({ name: 'ValidationException' });
  const nonsense = new ListPermissionSetsCommand({ InstanceArn, NextToken: 'nonsense' });
  await expect(client.send(nonsense)).rejects.toMatchObject({ name: 'ValidationException' });
});

test('during an outage every call fails while operations under way go on', async () => {
  const { create, clock, sso } = ssoAdminCalls();
  await create();
  sso.outage(startMs + 120_000);
  await expect(create({ PrincipalId: user(6) })).rejects.toMatchObject({
    name: 'InternalServerException',
    $metadata: { httpStatusCode: 500 },
  });
  clock.advanceTo(startMs + 60_000);
  expect(sso.holds(wanted)).toBe(true);
  clock.advanceTo(startMs + 120_000);
  await create({ PrincipalId: user(6) });
});

test('lists the assignments of one permission set in one account, in pages', async () => {
  const { client, sso } = ssoAdminCalls();
  for (const index of [1, 2, 3]) sso.assignByHand({ ...wanted, PrincipalId: user(index) });
  sso.assignByHand({ ...wanted, PermissionSetArn: setNamed('SupportUser') });
  const page = (NextToken?: string) =>
    client.send(new ListAccountAssignmentsCommand({ InstanceArn, ...wanted, MaxResults: 2, NextToken }));
  const first = await page();
  const second = await page(first.NextToken);
  const found = [...(first.AccountAssignments ?? []), ...(second.AccountAssignments ?? [])];
  expect(found.map(({ PrincipalId }) => PrincipalId).sort()).toEqual([user(1), user(2), user(3)].sort());
  sso.removeByHand({ ...wanted, PrincipalId: user(1) });
  expect((await client.send(new ListAccountAssignmentsCommand({ InstanceArn, ...wanted }))).AccountAssignments).toHaveLength(2);
});

test('a permission set is provisioned in an account while an assignment needs it there', async () => {
  const { client, createAndWait, removeAndWait } = ssoAdminCalls();
  const sets = async () =>
    (await client.send(new ListPermissionSetsProvisionedToAccountCommand({ InstanceArn, AccountId: wanted.AccountId }))).PermissionSets;
  const accounts = async () =>
    (await client.send(new ListAccountsForProvisionedPermissionSetCommand({ InstanceArn, ...wanted }))).AccountIds;
  expect(await sets()).toEqual([]);
  await createAndWait();
  expect(await sets()).toEqual([wanted.PermissionSetArn]);
  expect(await accounts()).toEqual([wanted.AccountId]);
  await removeAndWait();
  expect(await sets()).toEqual([]);
  expect(await accounts()).toEqual([]);
});

test('says what a principal has, through groups as well, to the management account only', async () => {
  const { client, as, sso, people } = ssoAdminCalls();
  sso.assignByHand({ ...wanted, PrincipalType: 'GROUP', PrincipalId: developers });
  people.addMember(developers, user(5));
  const command = new ListAccountAssignmentsForPrincipalCommand({
    InstanceArn,
    PrincipalId: user(5),
    PrincipalType: 'USER',
    Filter: { AccountId: wanted.AccountId },
  });
  await expect(client.send(command)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  const { AccountAssignments } = await as('management').sso.send(command);
  expect(AccountAssignments).toEqual([{ ...wanted, PrincipalType: 'GROUP', PrincipalId: developers }]);
});

test('describes the instance and its permission sets, and refuses what it does not imitate', async () => {
  const { client } = ssoAdminCalls();
  const { Instances } = await client.send(new ListInstancesCommand({}));
  expect(Instances).toMatchObject([{ InstanceArn, IdentityStoreId: fixture.IdentityStoreId }]);
  const described = await client.send(new DescribePermissionSetCommand({ InstanceArn, PermissionSetArn: setNamed('ReadOnlyAccess') }));
  expect(described.PermissionSet).toMatchObject({ Name: 'ReadOnlyAccess', SessionDuration: 'PT8H' });
  const provision = new ProvisionPermissionSetCommand({ InstanceArn, ...wanted, TargetType: 'ALL_PROVISIONED_ACCOUNTS' });
  await expect(client.send(provision)).rejects.toMatchObject({ name: 'NotImplementedByLocalCloud' });
});

test('lists the tags of a permission set in pages, apart from what describes it', async () => {
  const organization = structuredClone(fixture);
  const tags = Array.from({ length: 25 }, (_, i) => ({ Key: `Key${10 + i}`, Value: '' }));
  const arn = setNamed('ReadOnlyAccess');
  for (const set of organization.PermissionSets) if (set.PermissionSetArn === arn) set.Tags = tags;
  const { client } = ssoAdminCalls({ organization });
  const pages = [];
  for await (const { Tags = [] } of paginateListTagsForResource({ client }, { InstanceArn, ResourceArn: arn })) pages.push(Tags);
  expect(pages.map(({ length }) => length)).toEqual([10, 10, 5]);
  expect(pages.flat()).toEqual(tags);
  const described = await client.send(new DescribePermissionSetCommand({ InstanceArn, PermissionSetArn: arn }));
  expect(described.PermissionSet).not.toHaveProperty('Tags');
  const untagged = await client.send(new ListTagsForResourceCommand({ ResourceArn: setNamed('SupportUser') }));
  expect(untagged.Tags).toEqual([]);
});

test.each([
  ['a permission set that does not exist', { ResourceArn: `${wanted.PermissionSetArn.slice(0, -1)}x` }, 'ResourceNotFoundException'],
  ['another instance', { InstanceArn: `${InstanceArn.slice(0, -1)}x`, ResourceArn: wanted.PermissionSetArn }, 'ResourceNotFoundException'],
  ['what is no ARN', { ResourceArn: 'ReadOnlyAccess' }, 'ValidationException'],
])('tells no tags of %s', async (_, input, name) => {
  const { client } = ssoAdminCalls();
  await expect(client.send(new ListTagsForResourceCommand(input))).rejects.toMatchObject({ name });
});
