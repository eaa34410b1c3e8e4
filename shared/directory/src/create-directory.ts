import type { IdentitystoreClient } from '@aws-sdk/client-identitystore';
import type { OrganizationsClient } from '@aws-sdk/client-organizations';
import type { SSOAdminClient } from '@aws-sdk/client-sso-admin';
import type { Directory, DirectorySnapshot } from './directory.ts';
import { organizationQuestions } from './organization.ts';
import { findUserByName, identityStoreQuestions, isIdentityStoreId, isMemberOfAny } from './people.ts';
import { createPermissionSets, identityCenterQuestions } from './permission-sets.ts';
import { refreshed } from './refreshed.ts';

export interface DirectoryOptions {
  readonly identityStore: IdentitystoreClient;
  readonly organizations: OrganizationsClient;
  readonly ssoAdmin: SSOAdminClient;
  /** Of the identity store: `d-1234567890`. */
  readonly identityStoreId: string;
  /** Of the IAM Identity Center instance: `arn:aws:sso:::instance/ssoins-…`. */
  readonly instanceArn: string;
  /** The present, in milliseconds since the epoch. */
  readonly now: () => number;
  /** How old names, the tree of units and permission sets may be; 5 minutes unless told. */
  readonly snapshotMaxAgeMs?: number;
}

const FIVE_MINUTES = 5 * 60_000;
const MISS_INTERVAL = 10_000;

/**
 * A directory over the given AWS clients. Nothing is asked of AWS before the first question, and whatever is listed is listed
 * once for all who ask meanwhile: make one directory for each process. Throttles are retried by the clients as they are
 * configured, `maxAttempts`; a whole snapshot of a large organization takes more calls than AWS allows in a second.
 *
 * @example
 * const directory = createDirectory({
 *   identityStore: new IdentitystoreClient({}), organizations: new OrganizationsClient({}), ssoAdmin: new SSOAdminClient({}),
 *   identityStoreId: 'd-571bd52f17', instanceArn: 'arn:aws:sso:::instance/ssoins-0d501ff8789cc67d', now: Date.now,
 * });
 */
export function createDirectory(options: DirectoryOptions): Directory {
  const { identityStore, organizations, ssoAdmin, identityStoreId, instanceArn, now, snapshotMaxAgeMs = FIVE_MINUTES } = options;
  const store = identityStoreQuestions(identityStore, identityStoreId);
  const organization = organizationQuestions(organizations);
  const identityCenter = identityCenterQuestions(ssoAdmin, instanceArn);

  const keep = <T>(load: () => Promise<T>, maxAgeMs = snapshotMaxAgeMs) =>
    refreshed<T>({ load, now, maxAgeMs, missIntervalMs: MISS_INTERVAL });
  const people = keep(() => store.everybody());
  const tree = keep(() => organization.everything());
  const permissionSets = createPermissionSets(identityCenter, (load) => keep(load));
  const management = keep(() => organization.managementAccountId(), Infinity);
  const outOfReach = keep(async () => identityCenter.provisionedIn((await management.current()).value));

  return {
    async findUser(ref) {
      return isIdentityStoreId(ref) ? store.user(ref) : findUserByName(ref, people, store);
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
    async findAccount(accountId) {
      if (!/^\d{12}$/.test(accountId)) return undefined;
      return organization.account(accountId, (await tree.current()).value.pathOf);
    },
    async findPermissionSet(arnOrName) {
      return permissionSets.find(arnOrName);
    },
    async permissionSetsInManagementAccount() {
      return (await outOfReach.current()).value;
    },
    async managementAccountId() {
      return (await management.current()).value;
    },
    async snapshot(): Promise<DirectorySnapshot> {
      const [everybody, everywhere, sets, { value: managementAccountId }] = await Promise.all([
        people.current(),
        tree.current(),
        permissionSets.all(),
        management.current(),
      ]);
      const { users, groups } = everybody.value;
      const { rootId, organizationalUnits, accounts } = everywhere.value;
      const takenAt = Math.min(everybody.at, everywhere.at, sets.at);
      return { takenAt, rootId, managementAccountId, users, groups, organizationalUnits, accounts, permissionSets: sets.value };
    },
  };
}
