import type { Account, AccountAssignment, Group, GroupMembership, Organization } from './organization.ts';
import type { OrganizationalUnit, PermissionSet, User } from './organization.ts';

/** How large an organization to make. `seed` decides everything else. */
export interface OrganizationSize {
  readonly seed: number;
  readonly accounts: number;
  readonly users: number;
  readonly groups: number;
  readonly permissionSets: number;
}

/** The size and seed of `fixtures/organization.json`. */
export const fixtureSize: OrganizationSize = { seed: 7, accounts: 24, users: 40, groups: 12, permissionSets: 10 };

/**
 * Makes an organization with what real ones have: mixed-case user names, an address in capitals, a user without e-mail,
 * disabled users, suspended accounts, an empty group, assignments made by hand. The same size makes the same organization.
 */
export function makeOrganization(size: OrganizationSize): Organization {
  // Everything is drawn in this order from one sequence: another order would make another organization of the same seed.
  const draw = sequence(size.seed);
  const RootId = `r-${draw.hex(4)}`;
  const instance = `ssoins-${draw.hex(16)}`;
  const IdentityStoreId = `d-${draw.hex(10)}`;
  const { units, leaves } = makeUnits(RootId, size.accounts, draw);
  const accounts = makeAccounts(RootId, units, leaves, size.accounts, draw);
  const groups = makeGroups(size.groups, draw);
  const users = makeUsers(size.users, draw);
  const memberships = makeMemberships(groups, users, draw);
  const permissionSets = makePermissionSets(instance, size.permissionSets, draw);
  const [management, identity] = accounts;
  if (management === undefined || identity === undefined) throw new Error('An organization needs two accounts at least');
  const assignments = makeAssignments(accounts, permissionSets, groups, users);
  return {
    Region: 'eu-central-1',
    OrganizationId: `o-${draw.hex(10)}`,
    RootId,
    ManagementAccountId: management.Id,
    DelegatedAdministratorAccountId: identity.Id,
    InstanceArn: `arn:aws:sso:::instance/${instance}`,
    IdentityStoreId,
    OrganizationalUnits: units,
    Accounts: accounts,
    Groups: groups,
    Users: users,
    GroupMemberships: memberships,
    PermissionSets: permissionSets,
    AccountAssignments: assignments,
  };
}

/** Like the fixture, with the same names and other ids: shows what holds on to an id where it should look a name up. */
export const createSecondOrganization = (): Organization => makeOrganization({ ...fixtureSize, seed: fixtureSize.seed + 1 });

interface Draw {
  next(): number;
  hex(length: number): string;
  digits(length: number): string;
  uuid(): string;
}

/** A linear congruential generator (Numerical Recipes' constants): small, and the same everywhere for ever. */
function sequence(seed: number): Draw {
  let state = seed >>> 0;
  const next = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const hex = (length: number): string => Array.from({ length }, () => Math.floor(next() * 16).toString(16)).join('');
  const digits = (length: number): string => Array.from({ length }, () => Math.floor(next() * 10)).join('');
  const uuid = (): string => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
  return { next, hex, digits, uuid };
}

const products = ['Payments', 'Search', 'Data', 'Mobile', 'Ledger', 'Identity', 'Media', 'Risk'];

function makeUnits(rootId: string, accounts: number, draw: Draw): { units: OrganizationalUnit[]; leaves: OrganizationalUnit[] } {
  const units: OrganizationalUnit[] = [];
  const unit = (Name: string, ParentId: string): OrganizationalUnit => {
    const made = { Id: `ou-${rootId.slice(2)}-${draw.hex(8)}`, Name, ParentId };
    units.push(made);
    return made;
  };
  const leaves = [unit('Security', rootId), unit('Sandbox', rootId)];
  const workloads = unit('Workloads', rootId);
  const perStage = Math.max(1, Math.round(accounts / 60));
  for (const stage of ['Prod', 'Test', 'Dev']) {
    const stageUnit = unit(stage, workloads.Id);
    leaves.push(stageUnit);
    for (const product of products.slice(0, perStage + 1)) {
      const productUnit = unit(product, stageUnit.Id);
      leaves.push(productUnit);
      if (perStage > 4) leaves.push(unit(`${product} Critical`, productUnit.Id));
    }
  }
  return { units, leaves };
}

function makeAccounts(rootId: string, units: OrganizationalUnit[], leaves: OrganizationalUnit[], count: number, draw: Draw): Account[] {
  const unitById = new Map(units.map((unit) => [unit.Id, unit]));
  const path = (id: string): string[] => {
    const unit = unitById.get(id);
    return unit === undefined ? [] : [...path(unit.ParentId), unit.Name];
  };
  const id = (first: string): string => draw.digits(12).replace(/^0/, first);
  const accounts: Account[] = [
    { Id: id('1'), Name: 'Acme Management', Email: 'aws+management@acme.example', Status: 'ACTIVE', ParentId: rootId },
  ];
  for (let i = 1; i < count; i += 1) {
    const unit = at(leaves, i === 1 ? 0 : i % leaves.length);
    const Name = i === 1 ? 'Acme Identity' : `${path(unit.Id).slice(1).join(' ') || unit.Name} ${threeDigits(i)}`;
    const Status = i % 23 === 22 ? 'SUSPENDED' : 'ACTIVE';
    accounts.push({ Id: id('2'), Name, Email: `aws+${i}@acme.example`, Status, ParentId: unit.Id });
  }
  return accounts;
}

const namedGroups = [
  'TEAM Admins',
  'TEAM Auditors',
  'SRE',
  'Production Leads',
  'Developers',
  'Data Engineers',
  'Security Response',
  'Contractors',
  'Empty Group',
];

function makeGroups(count: number, draw: Draw): Group[] {
  return Array.from({ length: Math.max(count, namedGroups.length) }, (_, i) => ({
    GroupId: draw.uuid(),
    DisplayName: namedGroups[i] ?? `Team ${threeDigits(i)}`,
  }));
}

const givenNames = (
  'Ana Bo Chidi Dana Emeka Fatima Goro Hana Ines Jonas Keiko Luis Mina ' +
  'Noor Olga Pau Quinn Rosa Sven Tala Uma Vito Wren Ximena Yusuf Zoë'
).split(' ');
const familyNames = "Alvarez Bianchi O'Connor Dubois Eriksen Fischer García Haddad Ito Jansen Kowalski Lindqvist".split(' ');

function makeUsers(count: number, draw: Draw): User[] {
  const plain = (name: string): string => name.normalize('NFD').replace(/[^A-Za-z]/g, '');
  return Array.from({ length: count }, (_, i) => {
    const given = at(givenNames, i % givenNames.length);
    const family = at(familyNames, Math.floor(i / givenNames.length + i * 7) % familyNames.length);
    const handle = `${plain(given)}.${plain(family)}${i >= givenNames.length ? i : ''}`;
    const mixed = i % 5 === 3 ? handle : handle.toLowerCase();
    return {
      UserId: draw.uuid(),
      UserName: `${mixed}@acme.example`,
      DisplayName: `${given} ${family}`,
      Emails: i === 11 ? [] : [{ Value: `${i % 7 === 2 ? handle.toUpperCase() : mixed}@acme.example`, Primary: true }],
      UserStatus: i % 19 === 18 ? 'DISABLED' : 'ENABLED',
    };
  });
}

/** Which users, by their position, are in which named group: from, and up to but without. */
const ranges: readonly [group: string, from: number, to: number][] = [
  ['TEAM Admins', 0, 2],
  ['TEAM Auditors', 2, 4],
  ['Production Leads', 4, 9],
  ['SRE', 7, 16],
  ['Developers', 14, 30],
  ['Data Engineers', 28, 34],
  ['Security Response', 34, 36],
  ['Contractors', 36, Number.POSITIVE_INFINITY],
];

function makeMemberships(groups: Group[], users: User[], draw: Draw): GroupMembership[] {
  const others = groups.slice(namedGroups.length);
  return users.flatMap(({ UserId }, i) => {
    const joined = ranges.filter(([, from, to]) => i >= from && i < to).map(([name]) => groupNamed(groups, name));
    if (others.length > 0) joined.push(at(others, Math.floor(draw.next() * others.length)));
    return joined.map(({ GroupId }) => ({ GroupId, MemberId: { UserId } }));
  });
}

/** Name and session duration. */
const namedSets: readonly [name: string, duration: string][] = [
  ['AdministratorAccess', 'PT1H'],
  ['PowerUserAccess', 'PT1H'],
  ['ReadOnlyAccess', 'PT8H'],
  ['DatabaseAdministrator', 'PT4H'],
  ['BreakGlass', 'PT1H'],
  ['BillingViewer', 'PT12H'],
  ['ManagementOnly', 'PT1H'],
  ['NetworkAdministrator', 'PT2H'],
  ['SupportUser', 'PT1H'],
  ['DataScientist', 'PT12H'],
];

function makePermissionSets(instance: string, count: number, draw: Draw): PermissionSet[] {
  return Array.from({ length: Math.max(count, namedSets.length) }, (_, i) => {
    const [Name, SessionDuration] = namedSets[i] ?? [`Custom${threeDigits(i)}`, 'PT1H'];
    return { PermissionSetArn: `arn:aws:sso:::permissionSet/${instance}/ps-${draw.hex(16)}`, Name, SessionDuration };
  });
}

/** What was assigned by hand before anybody installed anything: one in the management account, one to a user, one to a group. */
function makeAssignments(accounts: Account[], sets: PermissionSet[], groups: Group[], users: User[]): AccountAssignment[] {
  const active = accounts.slice(1).filter((account) => account.Status === 'ACTIVE');
  const setNamed = (name: string): string => at(sets, sets.findIndex((set) => set.Name === name)).PermissionSetArn;
  const [management, first, ninth] = [at(accounts, 0), at(users, 0), at(users, 8)];
  return [
    { AccountId: management.Id, PermissionSetArn: setNamed('ManagementOnly'), PrincipalType: 'USER', PrincipalId: first.UserId },
    { AccountId: at(active, 3).Id, PermissionSetArn: setNamed('ReadOnlyAccess'), PrincipalType: 'USER', PrincipalId: ninth.UserId },
    {
      AccountId: at(active, 4).Id,
      PermissionSetArn: setNamed('ReadOnlyAccess'),
      PrincipalType: 'GROUP',
      PrincipalId: groupNamed(groups, 'Developers').GroupId,
    },
  ];
}

const threeDigits = (i: number): string => String(i).padStart(3, '0');

const groupNamed = (groups: Group[], name: string): Group => at(groups, groups.findIndex((group) => group.DisplayName === name));

function at<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) throw new Error(`Too small an organization: nothing at ${index} of ${list.length}`);
  return item;
}

/**
 * `node make-organization.ts [SEED ACCOUNTS USERS GROUPS PERMISSION_SETS] > organization.json`
 */
if (import.meta.main) {
  const [seed, accounts, users, groups, permissionSets] = process.argv.slice(2).map(Number);
  const size = {
    seed: seed ?? fixtureSize.seed,
    accounts: accounts ?? fixtureSize.accounts,
    users: users ?? fixtureSize.users,
    groups: groups ?? fixtureSize.groups,
    permissionSets: permissionSets ?? fixtureSize.permissionSets,
  };
  if (!Object.values(size).every((number) => Number.isInteger(number) && number > 0)) {
    throw new Error('usage: make-organization.ts [SEED ACCOUNTS USERS GROUPS PERMISSION_SETS], whole numbers above 0');
  }
  process.stdout.write(`${JSON.stringify(makeOrganization(size), null, 1)}\n`);
}
