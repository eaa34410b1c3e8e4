import {
  DescribeGroupCommand,
  DescribeUserCommand,
  IsMemberInGroupsCommand,
  paginateListGroupMemberships,
  paginateListGroupMembershipsForMember,
  paginateListGroups,
  paginateListUsers,
} from '@aws-sdk/client-identitystore';
import type { Group, IdentitystoreClient, User } from '@aws-sdk/client-identitystore';
import { answered, ask, askIfExists, everything } from './ask-aws.ts';
import type { DirectoryGroup, DirectoryUser } from './directory.ts';
import { DirectoryAmbiguityError } from './errors.ts';
import { enterpriseExtension, managerRefIn } from './manager.ts';
import type { Refreshed } from './refreshed.ts';

/** Users and groups as last listed. `byFoldedName` has every user of a name, whatever its case. */
export interface People {
  readonly users: readonly DirectoryUser[];
  readonly byFoldedName: ReadonlyMap<string, readonly DirectoryUser[]>;
  readonly groups: readonly DirectoryGroup[];
}

/** Questions to one identity store, each answered by AWS at once. Ids must have the shape of one: AWS refuses others. */
export function identityStoreQuestions(client: IdentitystoreClient, IdentityStoreId: string) {
  const listing = { client, pageSize: 100 };
  return {
    async user(UserId: string): Promise<DirectoryUser | undefined> {
      const answer = await askIfExists(`read user ${UserId}`, () => client.send(new DescribeUserCommand({ IdentityStoreId, UserId })));
      return answer && toUser(answer);
    },

    async managerRefOf(UserId: string): Promise<string | undefined> {
      const answer = await askIfExists(`read the manager of user ${UserId}`, () =>
        client.send(new DescribeUserCommand({ IdentityStoreId, UserId, Extensions: [enterpriseExtension] })),
      );
      return answer && managerRefIn(answer.Extensions?.[enterpriseExtension]);
    },

    async group(GroupId: string): Promise<DirectoryGroup | undefined> {
      const answer = await askIfExists(`read group ${GroupId}`, () => client.send(new DescribeGroupCommand({ IdentityStoreId, GroupId })));
      return answer && toGroup(answer);
    },

    async groupIdsOf(UserId: string): Promise<ReadonlySet<string>> {
      const memberships = await askIfExists(`list the groups of user ${UserId}`, () =>
        everything(
          paginateListGroupMembershipsForMember(listing, { IdentityStoreId, MemberId: { UserId } }),
          (page) => page.GroupMemberships,
        ),
      );
      return new Set(memberships?.map(({ GroupId }) => answered(GroupId, 'the group of a membership')));
    },

    /** For 1 to 100 groups; `undefined` if the user or one of the groups does not exist: AWS does not say which. */
    async isMemberOfSome(UserId: string, GroupIds: string[]): Promise<boolean | undefined> {
      const answer = await askIfExists(`check whether user ${UserId} is in one of ${GroupIds.length} groups`, () =>
        client.send(new IsMemberInGroupsCommand({ IdentityStoreId, MemberId: { UserId }, GroupIds })),
      );
      if (answer === undefined) return undefined;
      const results = answered(answer.Results, 'the results of a membership check');
      return results.some(({ MembershipExists }) => MembershipExists === true);
    },

    async memberIds(GroupId: string): Promise<readonly string[] | undefined> {
      const memberships = await askIfExists(`list the members of group ${GroupId}`, () =>
        everything(paginateListGroupMemberships(listing, { IdentityStoreId, GroupId }), (page) => page.GroupMemberships),
      );
      return memberships?.map(({ MemberId }) => answered(MemberId?.UserId, `the user of a membership in group ${GroupId}`));
    },

    async everybody(): Promise<People> {
      const [users, groups] = await Promise.all([
        ask('list the users', () => everything(paginateListUsers(listing, { IdentityStoreId }), (page) => page.Users)),
        ask('list the groups', () => everything(paginateListGroups(listing, { IdentityStoreId }), (page) => page.Groups)),
      ]);
      const known = users.map(toUser);
      return { users: known, byFoldedName: Map.groupBy(known, ({ userName }) => folded(userName)), groups: groups.map(toGroup) };
    },
  };
}
export type IdentityStoreQuestions = ReturnType<typeof identityStoreQuestions>;

/** Finds by name in the listing, then asks AWS whether each namesake still exists and is still named so. */
export async function findUserByName(
  name: string,
  people: Refreshed<People>,
  store: IdentityStoreQuestions,
): Promise<DirectoryUser | undefined> {
  return people.find(async ({ byFoldedName }) => {
    const listed = byFoldedName.get(folded(name)) ?? [];
    const asTheyAre = await Promise.all(listed.map(({ id }) => store.user(id)));
    const namesakes = asTheyAre.filter((user) => user !== undefined).filter(({ userName }) => folded(userName) === folded(name));
    if (namesakes.length > 1) {
      const ids = namesakes.map(({ id }) => id);
      throw new DirectoryAmbiguityError(name, ids);
    }
    return namesakes[0];
  });
}

/** The user whom the identity store names as this one's manager, by id or user name; `undefined` where that is nobody, or not one alone. */
export async function managerOf(userId: string, people: Refreshed<People>, store: IdentityStoreQuestions): Promise<DirectoryUser | undefined> {
  const ref = await store.managerRefOf(userId);
  if (ref === undefined) return undefined;
  try {
    return await (isIdentityStoreId(ref) ? store.user(ref) : findUserByName(ref, people, store));
  } catch (error) {
    if (error instanceof DirectoryAmbiguityError) return undefined;
    throw error;
  }
}

/** Whether the user is in one of the groups, by as few calls as AWS allows: 100 groups in each. */
export async function isMemberOfAny(userId: string, groupIds: readonly string[], store: IdentityStoreQuestions): Promise<boolean> {
  const possible = [...new Set(groupIds.filter(isIdentityStoreId))];
  for (let start = 0; start < possible.length; start += 100) {
    const member = await store.isMemberOfSome(userId, possible.slice(start, start + 100));
    if (member === undefined) return isMemberBesideDeletedGroups(userId, possible, store);
    if (member) return true;
  }
  return false;
}

// One deleted group must not hide the memberships in the others.
async function isMemberBesideDeletedGroups(userId: string, groupIds: readonly string[], store: IdentityStoreQuestions): Promise<boolean> {
  const groups = await store.groupIdsOf(userId);
  return groupIds.some((id) => groups.has(id));
}

// https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_DescribeUser.html
const identityStoreId = /^([0-9a-f]{10}-)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether this is the shape of a user's or group's id. */
export function isIdentityStoreId(ref: string): boolean {
  return identityStoreId.test(ref);
}

/** The form in which user names are compared: case aside, and accents alike however they are encoded. */
function folded(userName: string): string {
  return userName.normalize('NFC').toLowerCase();
}

function toUser(user: Pick<User, 'UserId' | 'UserName' | 'DisplayName' | 'Emails' | 'UserStatus'>): DirectoryUser {
  const id = answered(user.UserId, 'the id of a user');
  return {
    id,
    userName: user.UserName ?? id,
    displayName: user.DisplayName,
    email: (user.Emails?.find(({ Primary }) => Primary) ?? user.Emails?.[0])?.Value,
    enabled: user.UserStatus === 'ENABLED',
  };
}

function toGroup(group: Pick<Group, 'GroupId' | 'DisplayName'>): DirectoryGroup {
  const id = answered(group.GroupId, 'the id of a group');
  return { id, name: group.DisplayName ?? id };
}
