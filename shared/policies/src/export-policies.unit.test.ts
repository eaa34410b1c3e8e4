import fc from 'fast-check';
import { names, policiesFolder } from '../test/acme.ts';
import { anyPolicies, anyThings } from '../test/generated-policies.ts';
import { exportPolicies } from './export-policies.ts';
import { loadPolicies } from './load-policies.ts';
import { namesOf } from './names.ts';
import { parsePolicies } from './parse-policies.ts';
import type { Policies } from './policies.ts';

const byName = <T>(list: readonly T[], nameOf: (one: T) => string): T[] => list.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
/** As the export orders them. Caps are a mapping, whose order means nothing. */
const ordered = ({ eligibility, approvers, bundles, limits, emitters, portal }: Policies): Policies => ({
  eligibility: byName(eligibility, ({ policyId }) => policyId),
  approvers: byName(approvers, ({ policyId }) => policyId),
  bundles: byName(bundles, ({ bundleId }) => bundleId),
  limits: limits?.openRequestsPerPermissionSet
    ? { ...limits, openRequestsPerPermissionSet: byName(limits.openRequestsPerPermissionSet, ({ permissionSetArn }) => permissionSetArn) }
    : limits,
  emitters: byName(emitters, ({ name }) => name),
  portal,
});
const readAgain = (files: ReadonlyMap<string, string>, of = names) => parsePolicies([...files].map(([file, text]) => ({ file, text })), of);

const cases = anyThings.chain((things) => anyPolicies(things).map((policies) => ({ of: namesOf(things), policies })));

test('what is exported reads back as the same policies, whatever things are called', () => {
  fc.assert(
    fc.property(cases, ({ of, policies }) => {
      const { files, missing } = exportPolicies(policies, of);
      expect(missing).toEqual([]);
      expect(ordered(readAgain(files, of))).toEqual(ordered(policies));
    }),
    { numRuns: 80 },
  );
});

test('a permission set that no key can be called as is written by its id', () => {
  const id = 'arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef';
  const of = namesOf({ rootId: 'r-acme', users: [{ id: '00000000-0000-4000-8000-000000000001', name: 'ana' }], groups: [], accounts: [], organizationalUnits: [], permissionSets: [{ id, name: '__proto__' }] });
  const somebody = { groupIds: [], userIds: ['00000000-0000-4000-8000-000000000001'] };
  const openRequestsPerPermissionSet = [{ permissionSetArn: id, perUser: 2 }];
  const limits: Policies['limits'] = { maximumDurationMinutes: 60, approvalDeadlineMinutes: 60, openRequestsPerUser: 3, startNoLaterThanDays: 1, justification: 'required', sessionLongerThanGrant: 'warn', protectedAccountIds: [], administrators: somebody, auditors: somebody, openRequestsPerPermissionSet };
  const { files } = exportPolicies({ eligibility: [], approvers: [], bundles: [], emitters: [], limits }, of);
  expect([...files.values()].join('')).not.toContain('__proto__');
  expect(readAgain(files, of).limits?.openRequestsPerPermissionSet).toEqual(openRequestsPerPermissionSet);
});

test('the same policies make the same text, in whatever order they come', () => {
  fc.assert(
    fc.property(cases, ({ of, policies }) => {
      const { eligibility, approvers, bundles, emitters, ...rest } = policies;
      const other = { eligibility: eligibility.toReversed(), approvers: approvers.toReversed(), bundles: bundles.toReversed(), emitters: emitters.toReversed(), ...rest };
      const { files } = exportPolicies(policies, of);
      expect(exportPolicies(other, of).files).toEqual(files);
      expect(exportPolicies(readAgain(files, of), of).files).toEqual(files);
    }),
    { numRuns: 20 },
  );
});

test('writes names, short lists on one line, one file for each kind of which there is something', () => {
  const { files } = exportPolicies(loadPolicies(policiesFolder, names), names);
  expect([...files.keys()]).toEqual(['approvers.yaml', 'bundles.yaml', 'eligibility.yaml', 'emitters.yaml', 'limits.yaml', 'portal.yaml']);
  expect(files.get('eligibility.yaml')?.split('---\n')[1]).toBe(`kind: EligibilityPolicy
name: developers-read-production
principals:
  groups: [Developers]
  users: [Dana.Jansen@acme.example]
targets:
  organizationalUnits: [Workloads/Prod]
permissionSets: [ReadOnlyAccess]
approval: required
maximumDurationMinutes: 120
`);
});

test('an id that nothing has any more stays, is told, and is refused by whoever reads it', () => {
  const policies = loadPolicies(policiesFolder, names);
  const gone = '00000000-0000-4000-8000-000000000000';
  const eligibility = policies.eligibility.map((policy) => ({ ...policy, principals: { ...policy.principals, groupIds: [gone] } })).slice(0, 1);
  const { files, missing } = exportPolicies({ ...policies, eligibility }, names);
  expect(missing).toEqual([{ file: 'eligibility.yaml', policy: 'sre-everywhere', id: gone }]);
  expect(() => readAgain(files)).toThrow(`there is no group ${gone}`);
});

test('a tag that stands twice has the values of both', () => {
  const policies = loadPolicies(policiesFolder, names);
  const permissionSetTags = [{ key: 'Risk', values: ['low'] }, { key: 'Owner' }, { key: 'Risk', values: ['none'] }, { key: 'Owner', values: ['x'] }];
  const eligibility = policies.eligibility.slice(0, 1).map((policy) => ({ ...policy, permissionSetTags }));
  const { files } = exportPolicies({ ...policies, eligibility }, names);
  expect(readAgain(files).eligibility[0]?.permissionSetTags).toEqual([{ key: 'Risk', values: ['low', 'none'] }, { key: 'Owner' }]);
});

test('a tag without values, which nothing matches, never becomes one with any value', () => {
  const policies = loadPolicies(policiesFolder, names);
  const eligibility = policies.eligibility.slice(0, 1).map((policy) => ({ ...policy, permissionSetTags: [{ key: 'Risk', values: [] }] }));
  const { files } = exportPolicies({ ...policies, eligibility }, names);
  expect(files.get('eligibility.yaml')).toContain('permissionSetTags:\n  Risk: []');
  expect(() => readAgain(files)).toThrow('permissionSetTags.Risk: names no value');
});
