import {
  CreateUserCommand,
  DescribeGroupCommand,
  DescribeUserCommand,
  GetGroupIdCommand,
  GetUserIdCommand,
  IsMemberInGroupsCommand,
  ListGroupMembershipsCommand,
  ListGroupMembershipsForMemberCommand,
  ListGroupsCommand,
  ListUsersCommand,
  paginateListUsers,
} from '@aws-sdk/client-identitystore';
import { fixture, identityCloud, named } from './testing/identity-cloud.ts';

const { IdentityStoreId } = fixture;
const group = (name: string) => named(fixture.Groups, 'DisplayName', name).GroupId;
const dana = named(fixture.Users, 'UserName', 'Dana.Jansen@acme.example').UserId;
const nobody = '00000000-0000-4000-a000-000000000000';

function setUp() {
  const { people, as } = identityCloud();
  return { people, client: as('anybody').identityStore };
}

test('lists every user once, in pages, with its status', async () => {
  const { client } = setUp();
  const users = [];
  for await (const page of paginateListUsers({ client, pageSize: 7 }, { IdentityStoreId })) users.push(...(page.Users ?? []));
  expect(users.map((user) => user.UserId).sort()).toEqual(fixture.Users.map((user) => user.UserId).sort());
  expect(users.filter((user) => user.UserStatus === 'DISABLED')).toHaveLength(2);
});

test('a user deleted between two pages neither hides nor repeats another', async () => {
  const { client, people } = setUp();
  const first = await client.send(new ListUsersCommand({ IdentityStoreId, MaxResults: 20 }));
  people.deleteUser(first.Users?.[3]?.UserId ?? '');
  const second = await client.send(new ListUsersCommand({ IdentityStoreId, MaxResults: 20, NextToken: first.NextToken }));
  const ids = [...(first.Users ?? []), ...(second.Users ?? [])].map((user) => user.UserId);
  expect(new Set(ids).size).toBe(40);
});

test('finds a user by exact user name or e-mail, and a group by display name', async () => {
  const { client } = setUp();
  const find = (AttributePath: string, AttributeValue: string) =>
    client.send(new GetUserIdCommand({ IdentityStoreId, AlternateIdentifier: { UniqueAttribute: { AttributePath, AttributeValue } } }));
  expect((await find('userName', 'Dana.Jansen@acme.example')).UserId).toBe(dana);
  expect((await find('emails.value', 'CHIDI.OCONNOR@acme.example')).UserId).toBeDefined();
  const lowerCase = find('userName', 'dana.jansen@acme.example');
  await expect(lowerCase).rejects.toMatchObject({ name: 'ResourceNotFoundException', ResourceType: 'USER' });
  await expect(find('nickName', 'Dana')).rejects.toMatchObject({ name: 'ValidationException' });
  const byName = new GetGroupIdCommand({
    IdentityStoreId,
    AlternateIdentifier: { UniqueAttribute: { AttributePath: 'displayName', AttributeValue: 'SRE' } },
  });
  expect((await client.send(byName)).GroupId).toBe(group('SRE'));
});

test('filters users and groups by their one attribute', async () => {
  const { client } = setUp();
  const Filters = [{ AttributePath: 'UserName', AttributeValue: 'Dana.Jansen@acme.example' }];
  expect((await client.send(new ListUsersCommand({ IdentityStoreId, Filters }))).Users).toMatchObject([{ UserId: dana }]);
  const sre = [{ AttributePath: 'DisplayName', AttributeValue: 'SRE' }];
  expect((await client.send(new ListGroupsCommand({ IdentityStoreId, Filters: sre }))).Groups).toMatchObject([{ GroupId: group('SRE') }]);
  const wrong = new ListUsersCommand({ IdentityStoreId, Filters: [{ AttributePath: 'Title', AttributeValue: 'x' }] });
  await expect(client.send(wrong)).rejects.toMatchObject({ name: 'ValidationException' });
});

test('tells memberships from both sides, and one membership keeps its id', async () => {
  const { client } = setUp();
  const GroupId = group('SRE');
  const { GroupMemberships: members = [] } = await client.send(new ListGroupMembershipsCommand({ IdentityStoreId, GroupId }));
  expect(members).toHaveLength(9);
  const [first] = members;
  const { GroupMemberships: groups = [] } = await client.send(
    new ListGroupMembershipsForMemberCommand({ IdentityStoreId, MemberId: first?.MemberId }),
  );
  expect(groups.find((membership) => membership.GroupId === GroupId)?.MembershipId).toBe(first?.MembershipId);
});

test('answers membership for each group asked, and takes 100 groups at most', async () => {
  const { client, people } = setUp();
  const ask = async (GroupIds: string[]) =>
    (await client.send(new IsMemberInGroupsCommand({ IdentityStoreId, MemberId: { UserId: dana }, GroupIds }))).Results?.map(
      (result) => result.MembershipExists,
    );
  expect(await ask([group('TEAM Auditors'), group('SRE')])).toEqual([true, false]);
  people.addMember(group('SRE'), dana);
  people.removeMember(group('TEAM Auditors'), dana);
  expect(await ask([group('TEAM Auditors'), group('SRE')])).toEqual([false, true]);
  await expect(ask(Array.from({ length: 101 }, () => group('SRE')))).rejects.toMatchObject({ name: 'ValidationException' });
  await expect(ask([nobody])).rejects.toMatchObject({ name: 'ResourceNotFoundException', ResourceType: 'GROUP' });
});

test('a group made again under an old name is another group with no members', async () => {
  const { client, people } = setUp();
  const MemberId = fixture.GroupMemberships.find((membership) => membership.GroupId === group('SRE'))?.MemberId;
  people.deleteGroup(group('SRE'));
  const { GroupMemberships = [] } = await client.send(new ListGroupMembershipsForMemberCommand({ IdentityStoreId, MemberId }));
  expect(GroupMemberships.map((membership) => membership.GroupId)).not.toContain(group('SRE'));
  const old = new DescribeGroupCommand({ IdentityStoreId, GroupId: group('SRE') });
  await expect(client.send(old)).rejects.toMatchObject({ name: 'ResourceNotFoundException', ResourceType: 'GROUP' });
  const GroupId = people.createGroup('SRE');
  expect(GroupId).not.toBe(group('SRE'));
  expect((await client.send(new ListGroupMembershipsCommand({ IdentityStoreId, GroupId }))).GroupMemberships).toEqual([]);
});

test('shows a user disabled, enabled, renamed and deleted from the moment it happens', async () => {
  const { client, people } = setUp();
  const describe = () => client.send(new DescribeUserCommand({ IdentityStoreId, UserId: dana }));
  people.disableUser(dana);
  expect(await describe()).toMatchObject({ UserStatus: 'DISABLED', UserName: 'Dana.Jansen@acme.example' });
  people.enableUser(dana);
  people.renameUser(dana, 'dana.moreau@acme.example');
  expect(await describe()).toMatchObject({ UserStatus: 'ENABLED', UserName: 'dana.moreau@acme.example', IdentityStoreId });
  people.deleteUser(dana);
  await expect(describe()).rejects.toMatchObject({ name: 'ResourceNotFoundException', ResourceType: 'USER', ResourceId: dana });
});

test('refuses another store, and what it does not imitate', async () => {
  const { client } = setUp();
  const elsewhere = new ListUsersCommand({ IdentityStoreId: 'd-0000000000' });
  await expect(client.send(elsewhere)).rejects.toMatchObject({ name: 'ResourceNotFoundException', ResourceType: 'IDENTITY_STORE' });
  const create = new CreateUserCommand({ IdentityStoreId, UserName: 'x' });
  await expect(client.send(create)).rejects.toMatchObject({ name: 'NotImplementedByLocalCloud' });
});

test("names a user's manager in the enterprise extension, to who asks for that alone", async () => {
  const { client, people } = setUp();
  const describe = (Extensions?: string[]) => client.send(new DescribeUserCommand({ IdentityStoreId, UserId: dana, ...(Extensions && { Extensions }) }));
  const enterprise = 'aws:identitystore:enterprise';
  expect(await describe([enterprise])).not.toHaveProperty('Extensions');
  people.setManager(dana, nobody);
  expect((await describe([enterprise])).Extensions).toEqual({ [enterprise]: { manager: { value: nobody } } });
  for (const answer of [await describe(), (await client.send(new ListUsersCommand({ IdentityStoreId }))).Users?.find(({ UserId }) => UserId === dana)]) {
    expect(answer).toMatchObject({ UserId: dana });
    expect(answer).not.toHaveProperty('Extensions');
    expect(answer).not.toHaveProperty('Manager');
  }
  await expect(describe(['aws:identitystore:other'])).rejects.toMatchObject({ name: 'ValidationException' });
  people.setManager(dana, undefined);
  expect(await describe([enterprise])).not.toHaveProperty('Extensions');
});
