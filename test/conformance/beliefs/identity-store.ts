import assert from 'node:assert/strict';
import {
  DescribeUserCommand,
  IsMemberInGroupsCommand,
  ListGroupMembershipsForMemberCommand,
  ListUsersCommand,
  paginateListGroupMembershipsForMember,
} from '@aws-sdk/client-identitystore';
import { refusal } from '../answers.ts';
import type { Belief } from '../belief.ts';
import type { Place } from '../place.ts';

const api = 'https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference';

async function userIdsNamed(place: Place, AttributeValue: string): Promise<(string | undefined)[]> {
  const { identityStoreId: IdentityStoreId } = await place.identityCenter();
  const { Users = [] } = await place.clients.identityStore.send(new ListUsersCommand({ IdentityStoreId, Filters: [{ AttributePath: 'UserName', AttributeValue }] }));
  return Users.map(({ UserId }) => UserId);
}

async function memberIn(place: Place, userId: string, GroupIds: string[]): Promise<Map<string | undefined, boolean | undefined>> {
  const { identityStoreId: IdentityStoreId } = await place.identityCenter();
  const { Results = [] } = await place.clients.identityStore.send(new IsMemberInGroupsCommand({ IdentityStoreId, MemberId: { UserId: userId }, GroupIds }));
  return new Map(Results.map(({ GroupId, MembershipExists }) => [GroupId, MembershipExists]));
}

async function groupsOf(place: Place, userId: string): Promise<Set<string | undefined>> {
  const { identityStoreId: IdentityStoreId } = await place.identityCenter();
  const groups = new Set<string | undefined>();
  for await (const { GroupMemberships = [] } of paginateListGroupMembershipsForMember({ client: place.clients.identityStore }, { IdentityStoreId, MemberId: { UserId: userId } })) {
    for (const { GroupId } of GroupMemberships) groups.add(GroupId);
  }
  return groups;
}

/** Beliefs about people and groups. */
export const identityStoreBeliefs: readonly Belief[] = [
  {
    id: 'identity.user-by-name',
    says: 'ListUsers finds a user by the exact user name, and nobody by a name that nobody has.',
    source: `${api}/API_ListUsers.html`,
    async check(place) {
      const { identityStoreId: IdentityStoreId, userId: UserId } = await place.identityCenter();
      const { UserName = '' } = await place.clients.identityStore.send(new DescribeUserCommand({ IdentityStoreId, UserId }));
      assert.deepEqual(await userIdsNamed(place, UserName), [UserId]);
      assert.deepEqual(await userIdsNamed(place, place.sandbox.name('nobody')), []);
    },
  },
  {
    id: 'identity.user-name-in-other-letters',
    says: 'By a user name in other letters ListUsers finds the same user or nobody, never somebody else.',
    source: `${api}/API_ListUsers.html`,
    notStated: 'The page does not say how names are compared. The directory compares them itself, folded, over the list of all users.',
    async check(place) {
      const { identityStoreId: IdentityStoreId, userId: UserId } = await place.identityCenter();
      const { UserName = '' } = await place.clients.identityStore.send(new DescribeUserCommand({ IdentityStoreId, UserId }));
      const swapped = [...UserName].map((letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase())).join('');
      const found = await userIdsNamed(place, swapped);
      assert.ok(found.length === 0 || (found.length === 1 && found[0] === UserId), `found ${found.join(', ')}`);
      return found.length === 0 ? 'nobody was found' : 'the same user was found';
    },
  },
  {
    id: 'identity.users-in-pages',
    says: 'ListUsers answers at most as many users as were asked for.',
    source: `${api}/API_ListUsers.html`,
    async check(place) {
      const { identityStoreId: IdentityStoreId } = await place.identityCenter();
      await place.newUser(place.sandbox.name('page'));
      const { Users, NextToken } = await place.clients.identityStore.send(new ListUsersCommand({ IdentityStoreId, MaxResults: 1 }));
      assert.equal(Users?.length, 1);
      assert.notEqual(NextToken, undefined);
    },
  },
  {
    id: 'identity.membership',
    says: 'ListGroupMembershipsForMember and IsMemberInGroups say which groups a user is in.',
    source: `${api}/API_IsMemberInGroups.html`,
    async check(place) {
      const userId = await place.newUser(place.sandbox.name('member'));
      const [inside, outside] = [await place.newGroup(place.sandbox.name('inside')), await place.newGroup(place.sandbox.name('outside'))];
      await place.addMember(inside, userId);
      const answers = await memberIn(place, userId, [inside, outside]);
      assert.deepEqual([answers.get(inside), answers.get(outside)], [true, false]);
      assert.deepEqual([...(await groupsOf(place, userId))], [inside]);
    },
  },
  {
    id: 'identity.hundred-groups',
    says: 'IsMemberInGroups takes a hundred groups at most.',
    source: `${api}/API_IsMemberInGroups.html`,
    async check(place) {
      const { userId } = await place.identityCenter();
      const groups = Array.from({ length: 101 }, (_, i) => `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`);
      await refusal(memberIn(place, userId, groups), /^ValidationException$/);
    },
  },
  {
    id: 'identity.deleted-user',
    says: 'A user who was deleted is not found any more, by no call.',
    source: `${api}/API_DescribeUser.html`,
    async check(place) {
      const { identityStoreId: IdentityStoreId } = await place.identityCenter();
      const UserName = place.sandbox.name('leaver');
      const userId = await place.newUser(UserName);
      const group = await place.newGroup(place.sandbox.name('left'));
      await place.addMember(group, userId);
      await place.removeUser(userId);
      const { identityStore } = place.clients;
      await refusal(identityStore.send(new DescribeUserCommand({ IdentityStoreId, UserId: userId })), /^ResourceNotFoundException$/);
      await refusal(identityStore.send(new ListGroupMembershipsForMemberCommand({ IdentityStoreId, MemberId: { UserId: userId } })), /^ResourceNotFoundException$/);
      await refusal(memberIn(place, userId, [group]), /^ResourceNotFoundException$/);
      assert.deepEqual(await userIdsNamed(place, UserName), []);
    },
  },
];
