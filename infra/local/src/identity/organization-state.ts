import type { DurableMap, Store } from '../cloud/store.ts';
import type {
  Account,
  AccountAssignment,
  Group,
  GroupMembership,
  Organization,
  OrganizationalUnit,
  PermissionSet,
  User,
} from './organization.ts';

/** What never changes while an organization lives. */
export type OrganizationSettings = Pick<
  Organization,
  | 'Region'
  | 'OrganizationId'
  | 'RootId'
  | 'ManagementAccountId'
  | 'DelegatedAdministratorAccountId'
  | 'InstanceArn'
  | 'IdentityStoreId'
>;

/** The organization that the stand-ins answer from, in the store. Keys are ids; those of relations are made by the functions below. */
export interface OrganizationState {
  readonly settings: OrganizationSettings;
  readonly units: DurableMap<OrganizationalUnit>;
  readonly accounts: DurableMap<Account>;
  readonly groups: DurableMap<Group>;
  readonly users: DurableMap<User>;
  readonly memberships: DurableMap<GroupMembership>;
  readonly permissionSets: DurableMap<PermissionSet>;
  readonly assignments: DurableMap<AccountAssignment>;
  /** Makes durable what was changed outside a call, by a hand on the stand-ins. */
  commit(): void;
}

export const membershipKey = (groupId: string, userId: string): string => `${groupId}/${userId}`;

export const assignmentKey = (assignment: AccountAssignment): string =>
  [assignment.AccountId, assignment.PermissionSetArn, assignment.PrincipalType, assignment.PrincipalId].join('|');

/** The store was filled from another organization than the one given. */
export class OtherOrganizationError extends Error {
  override readonly name = 'OtherOrganizationError';
}

/**
 * Opens the organization in `store`, put there from `organization` if the store holds none yet: a restart keeps what changed.
 * Throws `OtherOrganizationError` if the store holds another organization than the one given.
 */
export function openOrganization(store: Store, organization: Organization): OrganizationState {
  const settings = store.map<OrganizationSettings>('organization.settings');
  const state = {
    settings: settings.get('settings') ?? settingsOf(organization),
    units: store.map<OrganizationalUnit>('organization.units'),
    accounts: store.map<Account>('organization.accounts'),
    groups: store.map<Group>('organization.groups'),
    users: store.map<User>('organization.users'),
    memberships: store.map<GroupMembership>('organization.memberships'),
    permissionSets: store.map<PermissionSet>('organization.permission-sets'),
    assignments: store.map<AccountAssignment>('organization.assignments'),
    commit: () => store.commit(),
  };
  if (state.settings.OrganizationId !== organization.OrganizationId) {
    throw new OtherOrganizationError(
      `The data folder holds organization ${state.settings.OrganizationId}, the file describes ${organization.OrganizationId}: ` +
        'name the file that the folder was made from, or another folder',
    );
  }
  if (!settings.has('settings')) {
    settings.set('settings', state.settings);
    fill(state, organization);
    store.commit();
  }
  return state;
}

function settingsOf(organization: Organization): OrganizationSettings {
  const { Region, OrganizationId, RootId, ManagementAccountId, DelegatedAdministratorAccountId } = organization;
  const { InstanceArn, IdentityStoreId } = organization;
  return { Region, OrganizationId, RootId, ManagementAccountId, DelegatedAdministratorAccountId, InstanceArn, IdentityStoreId };
}

function fill(state: OrganizationState, organization: Organization): void {
  for (const unit of organization.OrganizationalUnits) state.units.set(unit.Id, unit);
  for (const account of organization.Accounts) state.accounts.set(account.Id, account);
  for (const group of organization.Groups) state.groups.set(group.GroupId, group);
  for (const user of organization.Users) state.users.set(user.UserId, user);
  for (const membership of organization.GroupMemberships) {
    state.memberships.set(membershipKey(membership.GroupId, membership.MemberId.UserId), membership);
  }
  for (const set of organization.PermissionSets) state.permissionSets.set(set.PermissionSetArn, set);
  for (const assignment of organization.AccountAssignments) state.assignments.set(assignmentKey(assignment), assignment);
}

/** The value under `key`; throws where a hand on the stand-ins names something that does not exist. */
export function existing<T>(map: DurableMap<T>, key: string, what: string): T {
  const value = map.get(key);
  if (value === undefined) throw new Error(`There is no ${what} ${key} in this organization`);
  return value;
}
