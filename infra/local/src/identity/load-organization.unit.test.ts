import { FileProblemsError, type FileProblem } from '@team/policies';
import { loadOrganization, parseOrganization } from './load-organization.ts';
import { fixture, fixtureFile } from './testing/identity-cloud.ts';

type Draft = ReturnType<typeof draft>;
const draft = () => structuredClone(fixture);

/** Changes a copy of the fixture, writes it down as the fixture is, and reads it. */
function problemsOf(text: string): readonly FileProblem[] {
  try {
    parseOrganization(text, 'organization.json');
  } catch (error) {
    if (error instanceof FileProblemsError) return error.problems;
    throw error;
  }
  return [];
}
const changed = (change: (draft: Draft) => void): string => {
  const copy = draft();
  change(copy);
  return JSON.stringify(copy, null, 1);
};
const lineOf = (text: string, part: string): number => text.slice(0, text.indexOf(part)).split('\n').length;

test('takes the fixture, and what AWS answers beside what is needed', () => {
  expect(loadOrganization(fixtureFile).Accounts).toHaveLength(24);
  const text = changed((copy) => Object.assign(copy.Accounts[0] ?? {}, { JoinedMethod: 'CREATED' }));
  expect(problemsOf(text)).toEqual([]);
});

const noUnit = 'ou-3e9e-00000000';
const nobody = '00000000-0000-4000-a000-000000000000';
/** Gives the item at `index` of a list other members. */
const alter = <T extends object>(list: readonly T[], index: number, members: object): void => {
  Object.assign(list[index] ?? {}, members);
};

const environment = (Value: string) => ({ Key: 'Environment', Value });

test.each<[string, (copy: Draft) => void, string, RegExp]>([
  ['a tag without a key', (o) => alter(o.Accounts, 5, { Tags: [{ Key: '', Value: 'x' }] }), 'Accounts[5].Tags[0].Key', />=1/],
  ['a tag twice', (o) => alter(o.Accounts, 5, { Tags: [environment('prod'), environment('test')] }), 'Accounts[5].Tags[1].Key', /has a tag Environment already/],
  [
    'a tag of a permission set twice',
    (o) => alter(o.PermissionSets, 1, { Tags: [environment('prod'), environment('prod')] }),
    'PermissionSets[1].Tags[1].Key',
    /has a tag Environment already/,
  ],
  [
    'more tags than AWS takes',
    (o) => alter(o.Accounts, 5, { Tags: Array.from({ length: 51 }, (_, i) => ({ Key: `k${i}`, Value: '' })) }),
    'Accounts[5].Tags',
    /<=50/,
  ],
  ['a manager who is no user', (o) => alter(o.Users, 3, { Manager: nobody }), 'Users[3].Manager', /no user of this file/],
  ['two accounts with one id', (o) => alter(o.Accounts, 5, { Id: o.Accounts[4]?.Id }), 'Accounts[5].Id', /is already Accounts\[4\]/],
  [
    'one user name in two cases',
    (o) => alter(o.Users, 1, { UserName: 'ANA.Alvarez@acme.example' }),
    'Users[1].UserName',
    /already Users\[0\]/,
  ],
  [
    'two units of one name under one parent',
    (o) => alter(o.OrganizationalUnits, 1, { Name: 'Security' }),
    'OrganizationalUnits[1].Name',
    /already/,
  ],
  [
    'a membership twice',
    (o) => alter(o.GroupMemberships, 1, o.GroupMemberships[0] ?? {}),
    'GroupMemberships[1]',
    /already GroupMemberships\[0\]/,
  ],
  [
    'an account under no unit',
    (o) => alter(o.Accounts, 3, { ParentId: noUnit }),
    'Accounts[3].ParentId',
    /is no root or organizational unit/,
  ],
  [
    'a unit under no unit',
    (o) => alter(o.OrganizationalUnits, 5, { ParentId: noUnit }),
    'OrganizationalUnits[5].ParentId',
    /is no root or/,
  ],
  [
    'a unit below itself',
    (o) => alter(o.OrganizationalUnits, 3, { ParentId: o.OrganizationalUnits[4]?.Id }),
    'OrganizationalUnits[3].ParentId',
    /below itself/,
  ],
  [
    'a member who is no user',
    (o) => alter(o.GroupMemberships, 2, { MemberId: { UserId: nobody } }),
    'GroupMemberships[2].MemberId.UserId',
    /is no user/,
  ],
  [
    'a group said to be a user',
    (o) => alter(o.AccountAssignments, 2, { PrincipalType: 'USER' }),
    'AccountAssignments[2].PrincipalId',
    /is no user/,
  ],
  ['no such management account', (o) => alter([o], 0, { ManagementAccountId: '123456789012' }), 'ManagementAccountId', /is no account/],
  [
    'a management account that delegates to itself',
    (o) => alter([o], 0, { DelegatedAdministratorAccountId: o.ManagementAccountId }),
    'DelegatedAdministratorAccountId',
    /its own/,
  ],
  [
    'a permission set of another instance',
    (o) => alter(o.PermissionSets, 1, { PermissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-0000000000000000/ps-0000000000000000' }),
    'PermissionSets[1].PermissionSetArn',
    /another instance/,
  ],
  [
    'a session duration that is none',
    (o) => alter(o.PermissionSets, 0, { SessionDuration: '1h' }),
    'PermissionSets[0].SessionDuration',
    /ISO 8601/,
  ],
  [
    'a session above 12 hours',
    (o) => alter(o.PermissionSets, 0, { SessionDuration: 'PT13H' }),
    'PermissionSets[0].SessionDuration',
    /ISO 8601/,
  ],
  ['an account id of eleven digits', (o) => alter(o.Accounts, 0, { Id: '12345678901' }), 'Accounts[0].Id', /twelve digits/],
  ['an unknown user status', (o) => alter(o.Users, 9, { UserStatus: 'LEFT' }), 'Users[9].UserStatus', /ENABLED/],
])('refuses %s, with line, path and reason', (_, change, path, reason) => {
  const text = changed(change);
  const found = problemsOf(text).find((problem) => problem.path === path);
  expect(found).toMatchObject({ file: 'organization.json', reason: expect.stringMatching(reason) });
  const member = /\.(\w+)$/.exec(path)?.[1];
  const line = text.split('\n')[(found?.line ?? 0) - 1];
  expect(line).toContain(member === undefined ? (path.includes('[') ? '{' : path) : `"${member}"`);
});

test('names the line where the thing stands', () => {
  const text = changed((copy) => alter(copy.Users, 9, { UserStatus: 'LEFT' }));
  expect(problemsOf(text)).toMatchObject([{ line: lineOf(text, '"LEFT"'), path: 'Users[9].UserStatus' }]);
});

test('reports all problems at once', () => {
  const text = changed((copy) => {
    alter(copy.Accounts, 9, { Id: copy.Accounts[8]?.Id });
    alter(copy.Accounts, 10, { ParentId: noUnit });
    alter(copy.AccountAssignments, 0, { PrincipalId: nobody });
  });
  const paths = ['Accounts[9].Id', 'Accounts[10].ParentId', 'AccountAssignments[0].PrincipalId'];
  expect(problemsOf(text).map((problem) => problem.path)).toEqual(paths);
  const message = /^3 problems, nothing was loaded:\n {2}organization\.json:\d+ Accounts\[9\]\.Id: /;
  expect(() => parseOrganization(text, 'organization.json')).toThrow(message);
});

test.each([
  ['text that is no JSON', '{\n "Region": "eu-central-1",\n "RootId": }', 3],
  ['a file cut off', '{\n "Region": "eu-central-1",\n "Accounts": [', 3],
])('names the line of %s', (_, text, line) => {
  expect(problemsOf(text)).toMatchObject([{ line, reason: expect.stringMatching(/^not JSON/) }]);
});

test('names no line where it cannot be told', () => {
  const text = '[1,\n2,,3]';
  expect(problemsOf(text)).toMatchObject([{ line: undefined }]);
  expect(() => parseOrganization(text, 'organization.json')).toThrow('\n  organization.json: not JSON');
});

test('a list in place of an organization is refused whole', () => {
  expect(problemsOf('[]')).toMatchObject([{ line: 1, path: '', reason: expect.stringContaining('object') }]);
});
