import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createSecondOrganization, fixtureSize, makeOrganization } from './make-organization.ts';
import { parseOrganization } from './load-organization.ts';
import { fixture, fixtureFile } from './testing/identity-cloud.ts';

test('run as a command without arguments it prints the committed organization, byte for byte', () => {
  const program = fileURLToPath(new URL('make-organization.ts', import.meta.url));
  expect(execFileSync(process.execPath, [program], { encoding: 'utf8' })).toBe(readFileSync(fixtureFile, 'utf8'));
});

test('what it makes passes the checks for organization files, at any size', () => {
  const large = makeOrganization({ seed: 11, accounts: 600, users: 3_000, groups: 200, permissionSets: 80 });
  expect(parseOrganization(JSON.stringify(large), 'large')).toEqual(large);
  expect(large.OrganizationalUnits).toHaveLength(54);
});

test('another seed has the same names and other ids', () => {
  const second = createSecondOrganization();
  expect(makeOrganization(fixtureSize)).toEqual(fixture);
  expect(second.Users.map((user) => user.UserName)).toEqual(fixture.Users.map((user) => user.UserName));
  const ids = new Set(fixture.Users.map((user) => user.UserId));
  expect(second.Users.filter((user) => ids.has(user.UserId))).toEqual([]);
});

test('refuses to make an organization too small to hold what every one of them has', () => {
  expect(() => makeOrganization({ ...fixtureSize, accounts: 3 })).toThrow('Too small an organization');
});
