import type { Organization } from './organization.ts';

/** A broken rule, at a place in the organization. */
export interface BrokenRule {
  readonly path: readonly PropertyKey[];
  readonly reason: string;
}

/** What a schema cannot say: no two things with one identity, no reference to nothing, one tree of units. */
export function brokenRules(organization: Organization): BrokenRule[] {
  return [...duplicates(organization), ...danglingReferences(organization), ...treeFaults(organization), ...instanceFaults(organization), ...tagFaults(organization)];
}

function duplicates(organization: Organization): BrokenRule[] {
  const { OrganizationalUnits: units, Accounts, Groups, Users, GroupMemberships, PermissionSets, AccountAssignments } = organization;
  return [
    ...repeated('OrganizationalUnits', 'Id', units, (unit) => unit.Id),
    ...repeated('OrganizationalUnits', 'Name', units, (unit) => `${unit.Name} under ${unit.ParentId}`),
    ...repeated('Accounts', 'Id', Accounts, (account) => account.Id),
    ...repeated('Accounts', 'Email', Accounts, (account) => account.Email.toLowerCase()),
    ...repeated('Groups', 'GroupId', Groups, (group) => group.GroupId),
    ...repeated('Users', 'UserId', Users, (user) => user.UserId),
    ...repeated('Users', 'UserName', Users, (user) => user.UserName.toLowerCase()),
    ...repeated('GroupMemberships', undefined, GroupMemberships, (membership) => `${membership.MemberId.UserId} in ${membership.GroupId}`),
    ...repeated('PermissionSets', 'PermissionSetArn', PermissionSets, (set) => set.PermissionSetArn),
    ...repeated('PermissionSets', 'Name', PermissionSets, (set) => set.Name),
    ...repeated('AccountAssignments', undefined, AccountAssignments, (assignment) => Object.values(assignment).join(' ')),
  ];
}

function repeated<T>(list: keyof Organization, member: string | undefined, items: readonly T[], key: (item: T) => string): BrokenRule[] {
  const firstAt = new Map<string, number>();
  return items.flatMap((item, index) => {
    const first = firstAt.get(key(item));
    if (first === undefined) {
      firstAt.set(key(item), index);
      return [];
    }
    return [{ path: member === undefined ? [list, index] : [list, index, member], reason: `${key(item)} is already ${list}[${first}]` }];
  });
}

function danglingReferences(organization: Organization): BrokenRule[] {
  const units = new Set([organization.RootId, ...organization.OrganizationalUnits.map((unit) => unit.Id)]);
  const accounts = new Set(organization.Accounts.map((account) => account.Id));
  const groups = new Set(organization.Groups.map((group) => group.GroupId));
  const users = new Set(organization.Users.map((user) => user.UserId));
  const sets = new Set(organization.PermissionSets.map((set) => set.PermissionSetArn));
  const unknown = (known: ReadonlySet<string>, value: string, what: string, ...path: PropertyKey[]): BrokenRule[] =>
    known.has(value) ? [] : [{ path, reason: `${value} is no ${what} of this file` }];
  return [
    ...unknown(accounts, organization.ManagementAccountId, 'account', 'ManagementAccountId'),
    ...unknown(accounts, organization.DelegatedAdministratorAccountId, 'account', 'DelegatedAdministratorAccountId'),
    ...organization.OrganizationalUnits.flatMap((unit, i) =>
      unknown(units, unit.ParentId, 'root or organizational unit', 'OrganizationalUnits', i, 'ParentId'),
    ),
    ...organization.Accounts.flatMap((account, i) =>
      unknown(units, account.ParentId, 'root or organizational unit', 'Accounts', i, 'ParentId'),
    ),
    ...organization.Users.flatMap(({ Manager }, i) => (Manager === undefined ? [] : unknown(users, Manager, 'user', 'Users', i, 'Manager'))),
    ...organization.GroupMemberships.flatMap((membership, i) => [
      ...unknown(groups, membership.GroupId, 'group', 'GroupMemberships', i, 'GroupId'),
      ...unknown(users, membership.MemberId.UserId, 'user', 'GroupMemberships', i, 'MemberId', 'UserId'),
    ]),
    ...organization.AccountAssignments.flatMap((assignment, i) => [
      ...unknown(accounts, assignment.AccountId, 'account', 'AccountAssignments', i, 'AccountId'),
      ...unknown(sets, assignment.PermissionSetArn, 'permission set', 'AccountAssignments', i, 'PermissionSetArn'),
      ...(assignment.PrincipalType === 'USER'
        ? unknown(users, assignment.PrincipalId, 'user', 'AccountAssignments', i, 'PrincipalId')
        : unknown(groups, assignment.PrincipalId, 'group', 'AccountAssignments', i, 'PrincipalId')),
    ]),
  ];
}

/** Units nest five deep at most: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html */
const deepest = 5;

function treeFaults(organization: Organization): BrokenRule[] {
  const parents = new Map(organization.OrganizationalUnits.map((unit) => [unit.Id, unit.ParentId]));
  return organization.OrganizationalUnits.flatMap((unit, index) => {
    const path = ['OrganizationalUnits', index, 'ParentId'];
    const above = new Set<string>();
    for (let id: string | undefined = unit.Id; id !== undefined && id !== organization.RootId; id = parents.get(id)) {
      if (above.has(id)) return [{ path, reason: `${unit.Id} stands, through its parents, below itself` }];
      above.add(id);
    }
    return above.size > deepest ? [{ path, reason: `${unit.Id} is nested ${above.size} deep; AWS allows ${deepest}` }] : [];
  });
}

function instanceFaults(organization: Organization): BrokenRule[] {
  const instance = organization.InstanceArn.split('/')[1];
  const faults: BrokenRule[] = organization.PermissionSets.flatMap((set, index) =>
    set.PermissionSetArn.split('/')[1] === instance
      ? []
      : [{ path: ['PermissionSets', index, 'PermissionSetArn'], reason: `belongs to another instance than ${organization.InstanceArn}` }],
  );
  if (organization.DelegatedAdministratorAccountId === organization.ManagementAccountId) {
    // https://docs.aws.amazon.com/singlesignon/latest/userguide/delegated-admin.html: a member account is registered.
    faults.push({ path: ['DelegatedAdministratorAccountId'], reason: 'the management account cannot be its own delegated administrator' });
  }
  return faults;
}

/** A resource bears a key once; case makes another key: https://docs.aws.amazon.com/organizations/latest/APIReference/API_TagResource.html */
function tagFaults({ Accounts, PermissionSets }: Organization): BrokenRule[] {
  const faultsIn = (list: 'Accounts' | 'PermissionSets') => ({ Tags = [] }: { Tags?: readonly { Key: string }[] | undefined }, index: number): BrokenRule[] =>
    Tags.flatMap(({ Key }, at) =>
      Tags.findIndex((tag) => tag.Key === Key) === at ? [] : [{ path: [list, index, 'Tags', at, 'Key'], reason: `has a tag ${Key} already` }],
    );
  return [...Accounts.flatMap(faultsIn('Accounts')), ...PermissionSets.flatMap(faultsIn('PermissionSets'))];
}
