import { randomUuid } from '../cloud/random-sources.ts';
import type { Random } from '../cloud/random.ts';
import type { StandIn } from '../cloud/stand-in.ts';
import { identityStoreActions } from './identity-store-actions.ts';
import { perform } from './input.ts';
import { existing, membershipKey, type OrganizationState } from './organization-state.ts';
import type { User } from './organization.ts';

/** Identity Store, with what its administrators (or the identity provider behind it) may do to people and groups at any time. */
export interface IdentityStore extends StandIn {
  disableUser(userId: string): void;
  enableUser(userId: string): void;
  /** Memberships go with the user; account assignments stay behind, as they do in Identity Center. */
  deleteUser(userId: string): void;
  renameUser(userId: string, userName: string): void;
  /** Nobody manages the user any more where no manager is named. */
  setManager(userId: string, managerId: string | undefined): void;
  /** Returns the new user's id. */
  createUser(userName: string): string;
  /** Returns the new group's id. A name may be used again after `deleteGroup`: another group. */
  createGroup(displayName: string): string;
  deleteGroup(groupId: string): void;
  addMember(groupId: string, userId: string): void;
  removeMember(groupId: string, userId: string): void;
}

/** https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/welcome.html */
export function createIdentityStore({ state, random }: { state: OrganizationState; random: Random }): IdentityStore {
  const actions = identityStoreActions(state);

  const changeUser = (userId: string, change: Partial<User>): void => {
    state.users.set(userId, { ...existing(state.users, userId, 'user'), ...change });
    state.commit();
  };
  const forgetMemberships = (of: (groupId: string, userId: string) => boolean): void => {
    for (const [key, membership] of [...state.memberships.entries()]) {
      if (of(membership.GroupId, membership.MemberId.UserId)) state.memberships.delete(key);
    }
  };

  return {
    target: 'AWSIdentityStore',
    handle: (call) => perform('Identity Store', actions, call),
    disableUser: (userId) => changeUser(userId, { UserStatus: 'DISABLED' }),
    enableUser: (userId) => changeUser(userId, { UserStatus: 'ENABLED' }),
    renameUser: (userId, userName) => changeUser(userId, { UserName: userName }),
    setManager(userId, managerId) {
      const { Manager: _before, ...user } = existing(state.users, userId, 'user');
      state.users.set(userId, managerId === undefined ? user : { ...user, Manager: managerId });
      state.commit();
    },
    createUser(userName) {
      const userId = randomUuid(random);
      state.users.set(userId, { UserId: userId, UserName: userName, DisplayName: userName, Emails: [], UserStatus: 'ENABLED' });
      state.commit();
      return userId;
    },
    deleteUser(userId) {
      existing(state.users, userId, 'user');
      state.users.delete(userId);
      forgetMemberships((_, member) => member === userId);
      state.commit();
    },
    createGroup(displayName) {
      const groupId = randomUuid(random);
      state.groups.set(groupId, { GroupId: groupId, DisplayName: displayName });
      state.commit();
      return groupId;
    },
    deleteGroup(groupId) {
      existing(state.groups, groupId, 'group');
      state.groups.delete(groupId);
      forgetMemberships((group) => group === groupId);
      state.commit();
    },
    addMember(groupId, userId) {
      existing(state.groups, groupId, 'group');
      existing(state.users, userId, 'user');
      state.memberships.set(membershipKey(groupId, userId), { GroupId: groupId, MemberId: { UserId: userId } });
      state.commit();
    },
    removeMember(groupId, userId) {
      state.memberships.delete(membershipKey(groupId, userId));
      state.commit();
    },
  };
}
