import { Failure, paged, scriptedAws } from '../test/scripted-aws.ts';
import type { Script } from '../test/scripted-aws.ts';
import { createDirectory } from './create-directory.ts';

const ids = { dana: '00000000-0000-4000-8000-00000000000d', eve: '00000000-0000-4000-8000-00000000000e' };
const missing = new Failure('ResourceNotFoundException', 400, { ResourceType: 'USER' });

function groupId(number: number): string {
  return `10000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

function user(UserId: string, UserName: string, UserStatus = 'ENABLED') {
  return { IdentityStoreId: 'd-1234567890', UserId, UserName, UserStatus };
}

/** A directory over these users, which tests may change at any time; `script` overrides what AWS answers. */
function directoryOf(users: ReturnType<typeof user>[], script: Script = {}) {
  const clock = { time: 0 };
  const aws = scriptedAws({
    ListUsers: (input) => paged(users, 'Users')(input),
    ListGroups: () => ({ Groups: [{ GroupId: groupId(1), DisplayName: 'SRE' }] }),
    DescribeUser: ({ UserId }) => users.find((one) => one.UserId === UserId) ?? missing,
    ...script,
  });
  const directory = createDirectory({
    ...aws.clients,
    identityStoreId: 'd-1234567890',
    instanceArn: 'arn:aws:sso:::instance/ssoins-1',
    now: () => clock.time,
  });
  return { ...aws, directory, clock };
}

const dana = user(ids.dana, 'Dana.Jansen@acme.example');

test('finds a user by name whatever its case, on any page', async () => {
  const others = Array.from({ length: 5 }, (_, at) => user(groupId(at), `user-${at}`));
  const { directory } = directoryOf([...others, dana]);
  await expect(directory.findUser('DANA.jansen@acme.example')).resolves.toMatchObject({ id: ids.dana, userName: dana.UserName });
});

test('sees at once that a listed user was disabled, deleted or renamed', async () => {
  const users = [dana];
  const { directory } = directoryOf(users);
  await expect(directory.findUser(dana.UserName)).resolves.toMatchObject({ enabled: true });
  users[0] = { ...dana, UserStatus: 'DISABLED' };
  await expect(directory.findUser(dana.UserName)).resolves.toMatchObject({ enabled: false });
  users[0] = { ...dana, UserName: 'dana.married@acme.example' };
  await expect(directory.findUser(dana.UserName)).resolves.toBeUndefined();
  users.pop();
  await expect(directory.findUser(dana.UserName)).resolves.toBeUndefined();
  await expect(directory.findUser(ids.dana)).resolves.toBeUndefined();
});

test('a user without a status is not enabled', async () => {
  const { directory } = directoryOf([dana], { DescribeUser: () => ({ ...dana, UserStatus: undefined }) });
  await expect(directory.findUser(ids.dana)).resolves.toMatchObject({ enabled: false });
});

test('a user created a moment ago is found, and unknown names list the users at most every ten seconds', async () => {
  const users = [dana];
  const { directory, clock, count } = directoryOf(users);
  await directory.findUser(dana.UserName);
  users.push(user(ids.eve, 'eve'));
  clock.time = 1;
  await expect(directory.findUser('Eve')).resolves.toMatchObject({ id: ids.eve });
  const listings = count('ListUsers');
  for (const name of ['a', 'b', 'c', 'd']) await directory.findUser(name);
  expect(count('ListUsers')).toBe(listings);
  clock.time = 10_001;
  await Promise.all(['a', 'b', 'c', 'd'].map((name) => directory.findUser(name)));
  expect(count('ListUsers')).toBe(listings + 2);
});

test('the successor of a deleted user of the same name is found under the new id', async () => {
  const users = [dana];
  const { directory } = directoryOf(users);
  await directory.findUser(dana.UserName);
  users[0] = user(ids.eve, dana.UserName);
  await expect(directory.findUser(dana.UserName)).resolves.toMatchObject({ id: ids.eve });
});

test('refuses a name that two users share but for its case, and finds each by id', async () => {
  const { directory } = directoryOf([dana, user(ids.eve, 'dana.jansen@ACME.example')]);
  await expect(directory.findUser(dana.UserName)).rejects.toMatchObject({
    code: 'ERR_USER_AMBIGUOUS',
    retryable: false,
    userIds: [ids.dana, ids.eve],
    message: expect.stringContaining('name one by its id'),
  });
  await expect(directory.findUser(ids.eve)).resolves.toMatchObject({ id: ids.eve });
});

test('nobody takes the place of a deleted user by choosing its id as a name', async () => {
  const { directory, calls } = directoryOf([user(ids.eve, ids.dana)]);
  await expect(directory.findUser(ids.dana)).resolves.toBeUndefined();
  expect(calls).toEqual(['DescribeUser']);
});

test('takes the primary e-mail address, and none where there is none', async () => {
  const Emails = [{ Value: 'old@acme.example' }, { Value: 'dana@acme.example', Primary: true }];
  const { directory } = directoryOf([], {
    DescribeUser: ({ UserId }) => (UserId === ids.dana ? { ...dana, Emails } : user(ids.eve, 'eve')),
  });
  await expect(directory.findUser(ids.dana)).resolves.toMatchObject({ email: 'dana@acme.example' });
  await expect(directory.findUser(ids.eve)).resolves.toMatchObject({ email: undefined });
});

test('lists all groups of a user and all members of a group, page by page', async () => {
  const memberships = Array.from({ length: 5 }, (_, at) => ({ GroupId: groupId(at), MemberId: { UserId: groupId(100 + at) } }));
  const { directory } = directoryOf([], {
    ListGroupMembershipsForMember: paged(memberships, 'GroupMemberships'),
    ListGroupMemberships: paged(memberships, 'GroupMemberships'),
  });
  await expect(directory.groupsOf(ids.dana)).resolves.toEqual(new Set([0, 1, 2, 3, 4].map(groupId)));
  await expect(directory.membersOf(groupId(1))).resolves.toEqual([100, 101, 102, 103, 104].map(groupId));
});

test('tells an empty group from one that does not exist; a user that does not exist has no groups', async () => {
  const { directory, calls } = directoryOf([], {
    ListGroupMemberships: ({ GroupId }) => (GroupId === groupId(1) ? { GroupMemberships: [] } : missing),
    ListGroupMembershipsForMember: () => missing,
  });
  await expect(directory.membersOf(groupId(1))).resolves.toEqual([]);
  await expect(directory.membersOf(groupId(2))).resolves.toBeUndefined();
  await expect(directory.groupsOf(ids.dana)).resolves.toEqual(new Set());
  const asked = calls.length;
  await expect(directory.membersOf('SRE')).resolves.toBeUndefined();
  expect(calls).toHaveLength(asked);
});

test('asks for at most a hundred groups in a call and stops at the first membership', async () => {
  const asked: unknown[][] = [];
  const { directory } = directoryOf([], {
    IsMemberInGroups: ({ GroupIds }) => {
      if (!Array.isArray(GroupIds)) throw new TypeError('GroupIds is no list');
      asked.push(GroupIds);
      return { Results: GroupIds.map((GroupId: string) => ({ GroupId, MembershipExists: GroupId === groupId(150) })) };
    },
  });
  const groups = Array.from({ length: 250 }, (_, at) => groupId(at));
  await expect(directory.isMemberOfAny(ids.dana, groups)).resolves.toBe(true);
  expect(asked.map(({ length }) => length)).toEqual([100, 100]);
  await expect(directory.isMemberOfAny(ids.dana, groups.slice(0, 150))).resolves.toBe(false);
  await expect(directory.isMemberOfAny(ids.dana, [])).resolves.toBe(false);
  await expect(directory.isMemberOfAny(ids.dana, ['SRE'])).resolves.toBe(false);
  expect(asked.map(({ length }) => length)).toEqual([100, 100, 100, 50]);
});

test('a deleted group among those asked for does not hide membership in another', async () => {
  const { directory } = directoryOf([], {
    IsMemberInGroups: () => missing,
    ListGroupMembershipsForMember: () => ({ GroupMemberships: [{ GroupId: groupId(2), MemberId: { UserId: ids.dana } }] }),
  });
  await expect(directory.isMemberOfAny(ids.dana, [groupId(1), groupId(2)])).resolves.toBe(true);
  await expect(directory.isMemberOfAny(ids.dana, [groupId(1)])).resolves.toBe(false);
});

test('an outage is never taken for an absence', async () => {
  const { directory } = directoryOf([dana], {
    DescribeUser: () => new Failure('ThrottlingException'),
    IsMemberInGroups: () => new Failure('InternalServerException', 500),
    ListGroupMemberships: () => new Failure('ThrottlingException'),
  });
  const outage = { code: 'ERR_DIRECTORY_UNAVAILABLE', retryable: true };
  await expect(directory.findUser(ids.dana)).rejects.toMatchObject(outage);
  await expect(directory.findUser(dana.UserName)).rejects.toMatchObject(outage);
  await expect(directory.isMemberOfAny(ids.dana, [groupId(1)])).rejects.toMatchObject(outage);
  await expect(directory.membersOf(groupId(1))).rejects.toMatchObject(outage);
});

test('finds a listed group without asking again, and asks AWS for one that is not listed', async () => {
  const { directory, count } = directoryOf([], {
    DescribeGroup: ({ GroupId }) => (GroupId === groupId(2) ? { IdentityStoreId: 'd-1234567890', GroupId, DisplayName: 'New' } : missing),
  });
  await expect(directory.findGroup(groupId(1))).resolves.toEqual({ id: groupId(1), name: 'SRE' });
  expect(count('DescribeGroup')).toBe(0);
  await expect(directory.findGroup(groupId(2))).resolves.toEqual({ id: groupId(2), name: 'New' });
  await expect(directory.findGroup(groupId(3))).resolves.toBeUndefined();
});

describe("a user's manager", () => {
  const eve = user(ids.eve, 'Eve.Larsen@acme.example');
  const managed = (extension: unknown, ...others: ReturnType<typeof user>[]) => {
    const asked: unknown[] = [];
    const users = [dana, eve, ...others];
    const DescribeUser: Script[string] = ({ UserId, Extensions }) => {
      if (UserId === ids.dana) asked.push(Extensions);
      const found = users.find((one) => one.UserId === UserId);
      if (found === undefined) return missing;
      return Extensions === undefined || UserId !== ids.dana ? found : { ...found, Extensions: { 'aws:identitystore:enterprise': extension } };
    };
    return { ...directoryOf(users, { DescribeUser }), asked };
  };

  it.each([
    ['by id', { manager: { value: ids.eve } }],
    ['by user name, whatever its case', { manager: { value: 'EVE.larsen@acme.example' } }],
    ['in capitals', { Manager: { Value: ids.eve, DisplayName: 'Eve' } }],
  ])('is whom the enterprise extension names %s', async (_how, extension) => {
    const { directory, asked } = managed(extension);
    await expect(directory.managerOf(ids.dana)).resolves.toMatchObject({ id: ids.eve, enabled: true });
    expect(asked).toEqual([['aws:identitystore:enterprise']]);
  });

  it.each([
    ['no extension', undefined],
    ['no manager', { department: 'Payments' }],
    ['a manager without a value', { manager: { displayName: 'Eve Larsen' } }],
    ['a text in place of a manager', { manager: ids.eve }],
    ['somebody whom the store does not know', { manager: { value: groupId(9) } }],
    ['a name that nobody carries', { manager: { value: 'Eve Larsen' } }],
  ])('is nobody where there is %s', async (_what, extension) => {
    await expect(managed(extension).directory.managerOf(ids.dana)).resolves.toBeUndefined();
  });

  it('is nobody where several carry the name, or the user does not exist', async () => {
    const named = managed({ manager: { value: eve.UserName } }, user(groupId(7), eve.UserName.toUpperCase()));
    await expect(named.directory.managerOf(ids.dana)).resolves.toBeUndefined();
    await expect(named.directory.managerOf(groupId(8))).resolves.toBeUndefined();
  });
});
