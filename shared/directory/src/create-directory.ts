import type { IdentitystoreClient } from '@aws-sdk/client-identitystore';
import type { OrganizationsClient } from '@aws-sdk/client-organizations';
import type { SSOAdminClient } from '@aws-sdk/client-sso-admin';
import type { Directory, DirectorySnapshot } from './directory.ts';
import { organizationQuestions } from './organization.ts';
import { identityStoreQuestions } from './people.ts';
import { missIntervalMs, peopleDirectory, usualMaxAgeMs } from './people-directory.ts';
import { createPermissionSets, identityCenterQuestions } from './permission-sets.ts';
import { refreshed } from './refreshed.ts';
import { keptTags } from './tags.ts';

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

/** How old the tags of an account may be (ms): access is judged by them. */
const accountTagsMaxAgeMs = 60_000;

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
  const { identityStore, organizations, ssoAdmin, identityStoreId, instanceArn, now, snapshotMaxAgeMs = usualMaxAgeMs } = options;
  const store = identityStoreQuestions(identityStore, identityStoreId);
  const organization = organizationQuestions(organizations);
  const identityCenter = identityCenterQuestions(ssoAdmin, instanceArn);

  const keep = <T>(load: () => Promise<T>, maxAgeMs = snapshotMaxAgeMs) =>
    refreshed<T>({ load, now, maxAgeMs, missIntervalMs });
  const people = keep(() => store.everybody());
  const tree = keep(() => organization.everything());
  const permissionSets = createPermissionSets(identityCenter, (load) => keep(load));
  const management = keep(() => organization.managementAccountId(), Infinity);
  const outOfReach = keep(async () => identityCenter.provisionedIn((await management.current()).value));

  const accountTags = keptTags((id) => organization.tagsOf(id), (load) => keep(load, Math.min(accountTagsMaxAgeMs, snapshotMaxAgeMs)));
  const permissionSetTags = keptTags((arn) => identityCenter.tagsOf(arn), (load) => keep(load));

  return {
    ...peopleDirectory(store, people),
    async findAccount(accountId) {
      if (!/^\d{12}$/.test(accountId)) return undefined;
      return organization.account(accountId, (await tree.current()).value.pathOf);
    },
    async findPermissionSet(arnOrName) {
      return permissionSets.find(arnOrName);
    },
    async accountTags(accountId) {
      return /^\d{12}$/.test(accountId) ? accountTags(accountId) : undefined;
    },
    async permissionSetTags(arn) {
      return isPermissionSetArn(arn) ? permissionSetTags(arn) : undefined;
    },
    async accountsIn(organizationalUnitIds) {
      const within = new Set(organizationalUnitIds);
      const { accounts } = (await tree.current()).value;
      return accounts.filter(({ status, ouPath }) => status === 'ACTIVE' && ouPath.some((id) => within.has(id))).map(({ id }) => id).sort();
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

const isPermissionSetArn = (text: string): boolean => /^arn:aws[a-z-]*:sso:::permissionSet\//.test(text);
