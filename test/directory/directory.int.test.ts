import { directoryOver, first } from './organization-for-tests.ts';

const small = { seed: 7, accounts: 24, users: 40, groups: 12, permissionSets: 10 };
const large = { seed: 7, accounts: 600, users: 3_000, groups: 120, permissionSets: 80 };

test.each([
  ['small', small],
  ['large', large],
])('the snapshot of a %s organization has everything in it, page by page, and is never throttled', async (_, size) => {
  const { directory, file, calls } = directoryOver(size);
  const snapshot = await directory.snapshot();
  expect(snapshot.users.map(({ id }) => id).sort()).toEqual(file.Users.map(({ UserId }) => UserId).sort());
  expect(snapshot.groups.map(({ id }) => id).sort()).toEqual(file.Groups.map(({ GroupId }) => GroupId).sort());
  expect(snapshot.organizationalUnits.map(({ id }) => id).sort()).toEqual(file.OrganizationalUnits.map(({ Id }) => Id).sort());
  const whereAccountsAre = snapshot.accounts.map(({ id, ouPath }) => [id, ouPath.at(-1)]);
  expect(whereAccountsAre.sort()).toEqual(file.Accounts.map(({ Id, ParentId }) => [Id, ParentId]).sort());
  expect(snapshot.permissionSets.map(({ name }) => name).sort()).toEqual(file.PermissionSets.map(({ Name }) => Name).sort());
  expect(snapshot).toMatchObject({ rootId: file.RootId, managementAccountId: file.ManagementAccountId });
  expect(calls.filter(({ failed }) => failed)).toEqual([]);
});

test('every user is found by name in capitals, with the state that AWS has', async () => {
  const { directory, file } = directoryOver(small);
  for (const { UserId, UserName, UserStatus } of file.Users) {
    const found = await directory.findUser(UserName.toUpperCase());
    expect(found).toMatchObject({ id: UserId, userName: UserName, enabled: UserStatus === 'ENABLED' });
  }
});

test('somebody disabled or deleted a moment ago is seen so, by name and by id', async () => {
  const { directory, file, identityStore } = directoryOver(small);
  const { UserId, UserName } = first(file.Users, ({ UserStatus }) => UserStatus === 'ENABLED');
  await expect(directory.findUser(UserName)).resolves.toMatchObject({ enabled: true });
  identityStore.disableUser(UserId);
  await expect(directory.findUser(UserName)).resolves.toMatchObject({ enabled: false });
  identityStore.deleteUser(UserId);
  await expect(directory.findUser(UserName)).resolves.toBeUndefined();
  await expect(directory.findUser(UserId)).resolves.toBeUndefined();
  await expect(directory.groupsOf(UserId)).resolves.toEqual(new Set());
});

test('a user renamed a moment ago is found by the new name', async () => {
  const { directory, file, identityStore } = directoryOver(small);
  const { UserId, UserName } = first(file.Users);
  await directory.findUser(UserName);
  identityStore.renameUser(UserId, 'Brand.New@acme.example');
  await expect(directory.findUser('brand.new@acme.example')).resolves.toMatchObject({ id: UserId });
  await expect(directory.findUser(UserName)).resolves.toBeUndefined();
});

test('membership is what it is at the moment of asking, deleted groups aside', async () => {
  const { directory, file, identityStore } = directoryOver(small);
  const { GroupId, MemberId } = first(file.GroupMemberships);
  const other = identityStore.createGroup('Soon gone');
  await expect(directory.isMemberOfAny(MemberId.UserId, [other, GroupId])).resolves.toBe(true);
  await expect(directory.membersOf(GroupId)).resolves.toContain(MemberId.UserId);
  await expect(directory.membersOf(other)).resolves.toEqual([]);
  identityStore.deleteGroup(other);
  await expect(directory.membersOf(other)).resolves.toBeUndefined();
  await expect(directory.isMemberOfAny(MemberId.UserId, [other, GroupId])).resolves.toBe(true);
  identityStore.removeMember(GroupId, MemberId.UserId);
  await expect(directory.isMemberOfAny(MemberId.UserId, [other, GroupId])).resolves.toBe(false);
  expect(await directory.groupsOf(MemberId.UserId)).not.toContain(GroupId);
});

test('an account is where and what it is at the moment of asking', async () => {
  const { directory, file, organizations } = directoryOver(small);
  const account = first(file.Accounts, ({ ParentId, Status }) => ParentId !== file.RootId && Status === 'ACTIVE');
  await expect(directory.findAccount(account.Id)).resolves.toMatchObject({ name: account.Name, status: 'ACTIVE' });
  organizations.moveAccount(account.Id, file.RootId);
  organizations.suspendAccount(account.Id);
  await expect(directory.findAccount(account.Id)).resolves.toMatchObject({ status: 'SUSPENDED', ouPath: [file.RootId] });
  await expect(directory.findAccount('999999999999')).resolves.toBeUndefined();
});

test('while Identity Center is out of service nothing is taken for missing', async () => {
  const { directory, file, ssoAdmin, timeline } = directoryOver(small);
  const { Name, PermissionSetArn } = first(file.PermissionSets);
  ssoAdmin.outage(timeline.now() + 60_000);
  await expect(directory.findPermissionSet(Name)).rejects.toMatchObject({ code: 'ERR_DIRECTORY_UNAVAILABLE', retryable: true });
  timeline.advanceTo(timeline.now() + 60_000);
  await expect(directory.findPermissionSet(Name)).resolves.toMatchObject({ arn: PermissionSetArn });
});

test('names the permission sets that hand-made assignments provisioned in the management account', async () => {
  const { directory, file } = directoryOver(small);
  const byHand = file.AccountAssignments.filter(({ AccountId }) => AccountId === file.ManagementAccountId);
  expect(byHand).not.toHaveLength(0);
  const expected = new Set(byHand.map(({ PermissionSetArn }) => PermissionSetArn));
  await expect(directory.permissionSetsInManagementAccount()).resolves.toEqual(expected);
});

test('an account is known by its new tags a minute after it was tagged, and by none before it had any', async () => {
  const { directory, file, organizations, timeline } = directoryOver(small);
  const { Id } = first(file.Accounts);
  await expect(directory.accountTags(Id)).resolves.toEqual({});
  const tags = Array.from({ length: 30 }, (_, i) => ({ Key: `Key${i}`, Value: `${i}` }));
  organizations.tagAccount(Id, tags);
  timeline.advanceTo(timeline.now() + 60_000);
  await expect(directory.accountTags(Id)).resolves.toEqual(Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])));
  await expect(directory.accountTags('000000000000')).resolves.toBeUndefined();
  await expect(directory.permissionSetTags(first(file.PermissionSets).PermissionSetArn)).resolves.toEqual({});
});

test('the accounts in a unit are those below it at any depth, without the ones that are suspended', async () => {
  const { directory, file, organizations } = directoryOver(small);
  const active = file.Accounts.filter(({ Status }) => Status === 'ACTIVE').map(({ Id }) => Id);
  const gone = first(active);
  organizations.suspendAccount(gone);
  await expect(directory.accountsIn([file.RootId])).resolves.toEqual(active.filter((id) => id !== gone).sort());
});
