import type { Organization } from '../identity/index.ts';

/** An id, or why there is none. */
export type Resolved = { readonly id: string } | { readonly reason: string };

/** Resolves what people write to ids. A name that nothing has, or that several have, is never guessed at. */
export interface OrganizationNames {
  /** By user name, in any case. */
  user(name: string): Resolved;
  /** By display name. */
  group(name: string): Resolved;
  /** By id or name. */
  account(name: string): Resolved;
  /** By path from the root (`Workloads/Prod`; `/` is the root itself) or id. */
  organizationalUnit(name: string): Resolved;
  /** By name or ARN. */
  permissionSet(name: string): Resolved;
}

export function organizationNames(organization: Organization): OrganizationNames {
  const units = new Map(organization.OrganizationalUnits.map((unit) => [unit.Id, unit]));
  const path = (id: string): string => {
    const unit = units.get(id);
    if (unit === undefined) return '';
    const above = path(unit.ParentId);
    return above === '' ? unit.Name : `${above}/${unit.Name}`;
  };
  const users = index(organization.Users, (user) => [user.UserName.toLowerCase()], (user) => user.UserId);
  const groups = index(organization.Groups, (group) => [group.DisplayName], (group) => group.GroupId);
  const accounts = index(organization.Accounts, (account) => [account.Id, account.Name], (account) => account.Id);
  const sets = index(organization.PermissionSets, (set) => [set.PermissionSetArn, set.Name], (set) => set.PermissionSetArn);
  const unitsByPath = index(organization.OrganizationalUnits, (unit) => [unit.Id, path(unit.Id)], (unit) => unit.Id);
  for (const name of ['/', organization.RootId]) unitsByPath.set(name, [organization.RootId]);

  return {
    user: (name) => only(users.get(name.toLowerCase()), 'user', name),
    group: (name) => only(groups.get(name), 'group', name),
    account: (name) => only(accounts.get(name), 'account', name),
    organizationalUnit: (name) => only(unitsByPath.get(name.replace(/^\/(?=.)/, '')), 'organizational unit', name),
    permissionSet: (name) => only(sets.get(name), 'permission set', name),
  };
}

function index<T>(items: readonly T[], namesOf: (item: T) => string[], idOf: (item: T) => string): Map<string, string[]> {
  const ids = new Map<string, string[]>();
  for (const item of items) {
    for (const name of namesOf(item)) ids.set(name, [...(ids.get(name) ?? []), idOf(item)]);
  }
  return ids;
}

function only(ids: readonly string[] | undefined, what: string, name: string): Resolved {
  const [id, ...others] = ids ?? [];
  if (id === undefined) return { reason: `there is no ${what} ${name}` };
  return others.length === 0 ? { id } : { reason: `${name} is ambiguous: ${what}s ${[id, ...others].join(', ')}` };
}
