import type { IdentitystoreClient } from '@aws-sdk/client-identitystore';
import type { Directory } from './directory.ts';
import { findUserByName, identityStoreQuestions, isIdentityStoreId, isMemberOfAny, managerOf, type IdentityStoreQuestions, type People } from './people.ts';
import { refreshed, type Refreshed } from './refreshed.ts';

/** What a directory knows of people and groups. */
export type PeopleDirectory = Pick<Directory, 'findUser' | 'managerOf' | 'groupsOf' | 'isMemberOfAny' | 'findGroup' | 'membersOf'>;

export interface PeopleDirectoryOptions {
  readonly identityStore: IdentitystoreClient;
  /** Of the identity store: `d-1234567890`. */
  readonly identityStoreId: string;
  /** The present, in milliseconds since the epoch. */
  readonly now: () => number;
  /** How old names may be (ms); 5 minutes unless told. */
  readonly snapshotMaxAgeMs?: number;
}

/** How old what is listed may be, unless told (ms). */
export const usualMaxAgeMs = 5 * 60_000;
/** How long after a listing that lacks what is looked for it is listed again at the soonest (ms). */
export const missIntervalMs = 10_000;

/** A directory of people and groups alone, for who asks about nothing else: it needs no client but the identity store's. */
export function createPeopleDirectory({ identityStore, identityStoreId, now, snapshotMaxAgeMs = usualMaxAgeMs }: PeopleDirectoryOptions): PeopleDirectory {
  const store = identityStoreQuestions(identityStore, identityStoreId);
  return peopleDirectory(store, refreshed({ load: () => store.everybody(), now, maxAgeMs: snapshotMaxAgeMs, missIntervalMs }));
}

/** The same over people who are listed elsewhere too. */
export function peopleDirectory(store: IdentityStoreQuestions, people: Refreshed<People>): PeopleDirectory {
  return {
    async findUser(ref) {
      return isIdentityStoreId(ref) ? store.user(ref) : findUserByName(ref, people, store);
    },
    async managerOf(userId) {
      return isIdentityStoreId(userId) ? managerOf(userId, people, store) : undefined;
    },
    async groupsOf(userId) {
      return isIdentityStoreId(userId) ? store.groupIdsOf(userId) : new Set();
    },
    async isMemberOfAny(userId, groupIds) {
      return isIdentityStoreId(userId) && isMemberOfAny(userId, groupIds, store);
    },
    async findGroup(groupId) {
      if (!isIdentityStoreId(groupId)) return undefined;
      const { groups } = (await people.current()).value;
      return groups.find(({ id }) => id === groupId) ?? store.group(groupId);
    },
    async membersOf(groupId) {
      return isIdentityStoreId(groupId) ? store.memberIds(groupId) : undefined;
    },
  };
}
