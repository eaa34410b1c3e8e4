import { namesOf, type Names } from './names.ts';
import { directoryNames } from './directory-names.ts';
import { organizationNames } from './organization-names.ts';
import { organization } from '../test/acme.ts';

const id = (n: number): string => `00000000-0000-4000-8000-00000000000${n}`;
const none = { rootId: 'r-acme', users: [], groups: [], accounts: [], organizationalUnits: [], permissionSets: [] };

test('names differing in case are one user, and other groups', () => {
  const names = namesOf({ ...none, users: [{ id: id(1), name: 'Ada@Acme.example' }], groups: [{ id: id(2), name: 'Ops' }, { id: id(3), name: 'ops' }] });
  expect(names.users.idOf('ADA@acme.EXAMPLE')).toEqual({ id: id(1) });
  expect([names.groups.idOf('Ops'), names.groups.idOf('ops'), names.groups.idOf('OPS')]).toEqual([{ id: id(2) }, { id: id(3) }, { reason: 'there is no group OPS' }]);
});

test('two users that differ in case alone are ambiguous, and are written by id', () => {
  const names = namesOf({ ...none, users: [{ id: id(1), name: 'ada' }, { id: id(2), name: 'ADA' }] });
  expect(names.users.idOf('Ada')).toEqual({ reason: `Ada is ambiguous: users ${id(1)}, ${id(2)}` });
  expect(names.users.nameOf(id(2))).toBe(id(2));
});

test('what is shaped like an id is only ever an id, so nobody takes the place of what is gone by taking its id for a name', () => {
  const names = namesOf({
    ...none,
    users: [{ id: id(1), name: id(9) }],
    accounts: [{ id: '111111111111', name: '222222222222' }],
    permissionSets: [{ id: 'arn:aws:sso:::permissionSet/ssoins-1/ps-1', name: 'Read' }],
  });
  expect(names.users.idOf(id(9))).toEqual({ reason: `there is no user ${id(9)}` });
  expect(names.users.nameOf(id(1))).toBe(id(1));
  expect(names.accounts.idOf('222222222222')).toEqual({ reason: 'there is no account 222222222222' });
  expect(names.accounts.idOf('111111111111')).toEqual({ id: '111111111111' });
  expect(names.permissionSets.idOf('arn:aws:sso:::permissionSet/ssoins-1/ps-2')).toHaveProperty('reason');
});

test('a path that could be read in two ways is ambiguous; the root is the root whatever units are called', () => {
  const units = [
    { id: 'ou-acme-aaaaaaaa', name: 'A/B' },
    { id: 'ou-acme-bbbbbbbb', name: 'A/B' },
    { id: 'ou-acme-cccccccc', name: '/' },
    { id: 'ou-acme-dddddddd', name: '/D' },
  ];
  const names = namesOf({ ...none, organizationalUnits: units });
  expect(names.organizationalUnits.idOf('A/B')).toHaveProperty('reason', expect.stringMatching(/ambiguous/));
  expect(names.organizationalUnits.idOf('/')).toEqual({ id: 'r-acme' });
  expect(names.organizationalUnits.idOf('r-acme')).toEqual({ id: 'r-acme' });
  expect(names.organizationalUnits.nameOf('r-acme')).toBe('/');
  expect(units.map((unit) => names.organizationalUnits.nameOf(unit.id))).toEqual(['ou-acme-aaaaaaaa', 'ou-acme-bbbbbbbb', 'ou-acme-cccccccc', '/D']);
  expect(names.organizationalUnits.idOf('D')).toEqual({ id: 'ou-acme-dddddddd' });
});

test('a file and AWS tell the same names of the same organization', () => {
  const { RootId, OrganizationalUnits, Accounts, Users, Groups, PermissionSets } = organization;
  const pathOf = (unitId: string): string[] => {
    const unit = OrganizationalUnits.find(({ Id }) => Id === unitId);
    return unit === undefined ? [] : [...pathOf(unit.ParentId), unit.Name];
  };
  const live = directoryNames({
    takenAt: 0,
    rootId: RootId,
    managementAccountId: organization.ManagementAccountId,
    users: Users.map(({ UserId, UserName }) => ({ id: UserId, userName: UserName, displayName: undefined, email: undefined, enabled: true })),
    groups: Groups.map(({ GroupId, DisplayName }) => ({ id: GroupId, name: DisplayName })),
    organizationalUnits: OrganizationalUnits.map(({ Id, Name }) => ({ id: Id, name: Name, path: [], names: pathOf(Id) })),
    accounts: Accounts.map(({ Id, Name }) => ({ id: Id, name: Name, status: 'ACTIVE' as const, ouPath: [] })),
    permissionSets: PermissionSets.map(({ PermissionSetArn, Name }) => ({ arn: PermissionSetArn, name: Name, sessionDurationMinutes: 60 })),
  });
  const all = (names: Names) => [
    ...Users.map(({ UserId }) => names.users.nameOf(UserId)),
    ...Groups.map(({ GroupId }) => names.groups.nameOf(GroupId)),
    ...Accounts.map(({ Id }) => names.accounts.nameOf(Id)),
    ...OrganizationalUnits.map(({ Id }) => names.organizationalUnits.nameOf(Id)),
    ...PermissionSets.map(({ PermissionSetArn }) => names.permissionSets.nameOf(PermissionSetArn)),
  ];
  expect(all(live)).toEqual(all(organizationNames(organization)));
  expect(all(live)).toContain('Workloads/Prod/Payments');
});
