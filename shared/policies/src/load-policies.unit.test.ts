import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSecondOrganization } from '../../../infra/local/src/identity/index.ts';
import { eligibility, folderWith, groupId, names, organization, policiesFolder, problemsOf, setArn, unitId } from '../test/acme.ts';
import { loadPolicies } from './load-policies.ts';
import { organizationNames } from './organization-names.ts';

test('resolves the names of the fixture to ids', () => {
  const { eligibility: policies, approvers, limits, emitters } = loadPolicies(policiesFolder, names);
  expect(policies.map((policy) => policy.policyId)).toEqual([
    'sre-everywhere',
    'developers-in-dev',
    'developers-read-production',
    'incident-response',
  ]);
  expect(policies[2]).toEqual({
    policyId: 'developers-read-production',
    principals: {
      groupIds: [groupId('Developers')],
      userIds: [organization.Users.find((user) => user.UserName === 'Dana.Jansen@acme.example')?.UserId],
    },
    targets: { accountIds: [], organizationalUnitIds: [unitId('Prod')] },
    permissionSetArns: [setArn('ReadOnlyAccess')],
    maximumDurationMinutes: 120,
    approval: 'required',
  });
  expect(policies[3]?.targets.organizationalUnitIds).toEqual([organization.RootId]);
  expect(approvers[1]).toMatchObject({ permissionSetArns: [setArn('AdministratorAccess')], deadlineMinutes: 60 });
  const stagesOf = approvers[1]?.stages.map((stage) => stage.approvers.groupIds);
  expect(stagesOf).toEqual([[groupId('Production Leads')], [groupId('Security Response')]]);
  expect(limits).toMatchObject({ administrators: { groupIds: [groupId('TEAM Admins')], userIds: [] }, protectedAccountIds: [] });
  expect(emitters).toEqual([
    {
      name: 'deploy-pipeline',
      roleArn: 'arn:aws:iam::235896101958:role/deploy-pipeline',
      source: 'acme.deploy-pipeline',
      detailTypes: ['AccessRequested.v1'],
      mayAskFor: { groupIds: [groupId('Developers'), groupId('SRE')], userIds: [] },
    },
    {
      name: 'service-desk',
      roleArn: 'arn:aws:iam::174681874430:role/service-desk-integration',
      source: 'acme.service-desk',
      detailTypes: ['AccessRequested.v1', 'AccessRevocationRequested.v1'],
      mayAskFor: 'everyone',
      mayRevoke: true,
    },
  ]);
});

test('takes users in any case, accounts by id or name, units by id or path, permission sets by ARN or name', () => {
  const [, , first] = organization.Accounts;
  const folder = folderWith(
    eligibility({
      principals: '{ users: [DANA.jansen@ACME.example] }',
      targets: `{ accounts: ['${first?.Id}', Prod Payments 003], organizationalUnits: [${unitId('Sandbox')}, Workloads/Test/Payments] }`,
      permissionSets: `[ReadOnlyAccess, '${setArn('SupportUser')}']`,
    }),
  );
  const policy = loadPolicies(folder, names).eligibility.find(({ policyId }) => policyId === 'more');
  expect(policy?.principals.userIds).toHaveLength(1);
  expect(policy?.targets.accountIds).toEqual([first?.Id, organization.Accounts[3]?.Id]);
  expect(policy?.targets.organizationalUnitIds).toEqual([unitId('Sandbox'), organization.OrganizationalUnits[7]?.Id]);
  expect(policy?.permissionSetArns).toEqual([setArn('ReadOnlyAccess'), setArn('SupportUser')]);
});

test('an id given twice, once by name and once by itself, counts once', () => {
  const folder = folderWith(eligibility({ permissionSets: `[ReadOnlyAccess, '${setArn('ReadOnlyAccess')}']` }));
  expect(loadPolicies(folder, names).eligibility.at(-1)?.permissionSetArns).toEqual([setArn('ReadOnlyAccess')]);
});

test('the same files resolve to other ids in another organization', () => {
  const second = createSecondOrganization();
  const { limits } = loadPolicies(policiesFolder, organizationNames(second));
  expect(limits.administrators.groupIds).toEqual([groupId('TEAM Admins', second)]);
  expect(limits.administrators.groupIds).not.toEqual([groupId('TEAM Admins')]);
});

test.each<[string, Record<string, string>, number, string, RegExp]>([
  ['a key that no policy has', { aproval: 'required' }, 8, 'aproval', /not a key/],
  ['a nested key that no policy has', { targets: '{ organizationalUnits: [/], unit: x }' }, 4, 'targets.unit', /not a key/],
  ['a missing member', { approval: '' }, 7, 'approval', /required/],
  ['a word that is none of those allowed', { approval: 'maybe' }, 7, 'approval', /required/],
  ['a duration below one minute', { maximumDurationMinutes: '-5' }, 6, 'maximumDurationMinutes', />=1/],
  ['a duration that is no number', { maximumDurationMinutes: 'an hour' }, 6, 'maximumDurationMinutes', /number/],
  ['an unknown group', { principals: '{ groups: [SRE, Ghosts] }' }, 3, 'principals.groups[1]', /there is no group Ghosts/],
  ['a group in another case, which may be another group', { principals: '{ groups: [sre] }' }, 3, 'principals.groups[0]', /no group sre/],
  ['an unknown user', { principals: '{ users: [ghost@acme.example] }' }, 3, 'principals.users[0]', /there is no user/],
  ['nobody', { principals: '{ groups: [] }' }, 3, 'principals', /names no group and no user/],
  ['nowhere', { targets: '{}' }, 4, 'targets', /names no account and no organizational unit/],
  ['an unknown path', { targets: '{ organizationalUnits: [Workloads/Live] }' }, 4, 'targets.organizationalUnits[0]', /no organizational/],
  ['a path from the middle', { targets: '{ organizationalUnits: [Prod] }' }, 4, 'targets.organizationalUnits[0]', /no organizational unit/],
  ['an unknown account', { targets: '{ accounts: [Live 001] }' }, 4, 'targets.accounts[0]', /there is no account/],
  ['an account id YAML takes for a number', { targets: '{ accounts: [012345678901] }' }, 4, 'targets.accounts[0]', /in quotes/],
  ['an unknown permission set', { permissionSets: '[Everything]' }, 5, 'permissionSets[0]', /there is no permission set/],
  ['no permission set', { permissionSets: '[]' }, 5, 'permissionSets', />=1/],
  ['a name in use', { name: 'sre-everywhere' }, 2, 'name', /another EligibilityPolicy sre-everywhere/],
  ['a kind that is none', { kind: 'Policy' }, 1, 'kind', /none of EligibilityPolicy/],
])('refuses %s, with file, line and reason', (_, lines, line, path, reason) => {
  expect(problemsOf(folderWith(eligibility(lines)))).toEqual([{ file: 'more.yaml', line, path, reason: expect.stringMatching(reason) }]);
});

const stages = (text: string): string => `kind: ApproverPolicy\nname: more\ntargets: { organizationalUnits: [/] }\nstages:\n${text}`;
const limits = 'kind: Limits\nmaximumDurationMinutes: 540\napprovalDeadlineMinutes: 180\nopenRequestsPerUser: 20\nstartNoLaterThanDays: 30';
const emitter = (lines: string, role = 'arn:aws:iam::235896101958:role/more', source = 'acme.more'): string =>
  `kind: Emitter\nname: more\nrole: ${role}\nsource: ${source}\n${lines}`;
const asks = 'detailTypes: [AccessRequested.v1]';
const role = 'arn:aws:iam::235896101958:role/more';
const inUse = 'arn:aws:iam::235896101958:role/deploy-pipeline';

test.each([
  ['no stage', stages('  []'), 4, 'stages', />=1/],
  ['an unknown group', stages('  - { approvers: { groups: [Ghosts] }, quorum: 1 }'), 5, 'stages[0].approvers.groups[0]', /no group/],
  ['a quorum of none', stages('  - { approvers: { groups: [SRE] }, quorum: 0 }'), 5, 'stages[0].quorum', />=1/],
  ['more people than named', stages('  - { approvers: { users: [ines.ito@acme.example] }, quorum: 2 }'), 5, 'stages[0]', /than it names/],
  ['a source of AWS', emitter(asks, role, 'aws.ec2'), 4, 'source', /belongs to AWS/],
  ['a source of a service', emitter(asks, role, 'team.approval'), 4, 'source', /one of the services/],
  ['the source of a machine client', emitter(asks, role, 'team.portal.machine.nightly'), 4, 'source', /of the portal/],
  ['a fact as detail-type', emitter('detailTypes: [AccessApproved.v1]'), 5, 'detailTypes[0]', /none of the intents/],
  ['a role in use', emitter(asks, inUse), 3, 'role', /has this role already/],
  ['a role that is none', emitter(asks, 'role/more'), 3, 'role', /pattern/],
  ['a right that is no right', emitter(`${asks}\nmayAskFor: anyone`), 6, 'mayAskFor', /neither everyone nor/],
  ['a right for an unknown group', emitter(`${asks}\nmayAskFor: { groups: [Ghosts] }`), 6, 'mayAskFor.groups[0]', /no group/],
])('refuses %s in approver policies and emitters', (_, text, line, path, reason) => {
  expect(problemsOf(folderWith(text))).toEqual([{ file: 'more.yaml', line, path, reason: expect.stringMatching(reason) }]);
});

test('takes the key of an approval channel', () => {
  const folder = folderWith(emitter('detailTypes: [ApprovalDecisionSubmitted.v1]\nmayDecide: { keyId: alias/team-channel }'));
  expect(loadPolicies(folder, names).emitters.at(-1)?.mayDecide).toEqual({ keyId: 'alias/team-channel' });
});

const portal = (client: string, more = ''): string => `kind: Portal\nmachineClients:\n  - ${client}\n${more}`;

test('reads who may do more at the portal, and lets programs do nothing that is not said', () => {
  const whole = 'kind: Portal\nmayAskForOthers: { groups: [SRE] }\nmachineClients:\n  - { name: nightly, clientId: client-1, subjects: { groups: [SRE] }, capabilities: [ask, read] }\n  - { name: idle, clientId: client-2 }';
  expect(loadPolicies(folderWith(whole, 'portal.yaml'), names).portal).toEqual({
    mayAskForOthers: { groupIds: [groupId('SRE')], userIds: [] },
    machineClients: [
      { name: 'nightly', clientId: 'client-1', subjects: { groupIds: [groupId('SRE')], userIds: [] }, capabilities: ['ask', 'read'] },
      { name: 'idle', clientId: 'client-2' },
    ],
  });
});

test.each([
  ['a program that would decide', portal('{ name: nightly, clientId: c, capabilities: [decide] }'), 3, 'machineClients[0].capabilities[0]', /none of ask, read, end/],
  ['a program with the name of an emitter', portal('{ name: deploy-pipeline, clientId: c }'), 3, 'machineClients[0].name', /another emitter deploy-pipeline/],
  ['one client for two programs', portal('{ name: one, clientId: c }', '  - { name: two, clientId: c }'), 4, 'machineClients[1].clientId', /the clientId c already/],
  ['a program for an unknown group', portal('{ name: nightly, clientId: c, subjects: { groups: [Ghosts] } }'), 3, 'machineClients[0].subjects.groups[0]', /no group/],
])('refuses %s at the portal', (_, text, line, path, reason) => {
  expect(problemsOf(folderWith(text, 'portal.yaml'))).toEqual([{ file: 'portal.yaml', line, path, reason: expect.stringMatching(reason) }]);
});

test('wants one Portal at most', () => {
  expect(problemsOf(folderWith('kind: Portal'))).toEqual([{ file: 'portal.yaml', line: 2, path: 'kind', reason: 'there is another Portal already' }]);
});

test('wants exactly one Limits, whole', () => {
  const people = 'administrators: { groups: [SRE] }\nauditors: { groups: [SRE] }\nprotectedAccounts: []';
  const second = folderWith(`${limits}\njustification: required\nsessionLongerThanGrant: warn\n${people}`);
  expect(problemsOf(second)).toMatchObject([{ file: 'more.yaml', line: 1, reason: 'there is another Limits already' }]);
  const none = folderWith('# nothing but a comment\n', 'limits.yaml');
  expect(problemsOf(none)).toMatchObject([{ reason: 'no document of kind Limits in any file' }]);
  const half = problemsOf(folderWith(limits, 'limits.yaml'));
  expect(half.map((problem) => problem.path)).toEqual([
    'justification',
    'sessionLongerThanGrant',
    'administrators',
    'auditors',
    'protectedAccounts',
  ]);
});

test('a name that several have is ambiguous and refused with their ids', () => {
  const twins = structuredClone(organization);
  twins.Groups.push({ GroupId: '00000000-0000-4000-a000-000000000000', DisplayName: 'SRE' });
  const reasons = problemsOf(policiesFolder, twins).map((problem) => `${problem.file}:${problem.line} ${problem.reason}`);
  const reason = `SRE is ambiguous: groups ${groupId('SRE')}, 00000000-0000-4000-a000-000000000000`;
  expect(reasons).toEqual([`approvers.yaml:24 ${reason}`, `eligibility.yaml:4 ${reason}`, `emitters.yaml:9 ${reason}`, `portal.yaml:3 ${reason}`]);
});

test.each([
  ['a list never closed', 'kind: Limits\nauditors: { groups: [SRE }\n', 2],
  ['a key twice', `${eligibility()}\nname: again`, 8],
])('names the line of what is no YAML: %s', (_, text, line) => {
  expect(problemsOf(folderWith(text))[0]).toMatchObject({ file: 'more.yaml', line, reason: expect.stringMatching(/^not YAML/) });
});

test('reports every problem of every document and file at once, the right line in later documents too', () => {
  const other = eligibility({ name: 'other', permissionSets: '[Everything, Nothing]' });
  const folder = folderWith(`${eligibility({ approval: 'maybe' })}\n---\n${other}\n`);
  writeFileSync(join(folder, 'emitters.yaml'), emitter('detailTypes: [AccessApproved.v1]'));
  const found = problemsOf(folder).map(({ file, line, path }) => `${file}:${line} ${path}`);
  expect(found.sort()).toEqual([
    'emitters.yaml:5 detailTypes[0]',
    'more.yaml:13 permissionSets[0]',
    'more.yaml:13 permissionSets[1]',
    'more.yaml:7 approval',
  ]);
});

test('refuses more of something than a policy may hold', () => {
  const groups = Array.from({ length: 51 }, (_, i) => `Team ${100 + i}`);
  const large = structuredClone(organization);
  large.Groups.push(...groups.map((DisplayName, i) => ({ GroupId: `00000000-0000-4000-a000-0000000000${10 + i}`, DisplayName })));
  const folder = folderWith(stages(`  - { approvers: { groups: [${groups.join(', ')}] }, quorum: 1 }`));
  const problems = problemsOf(folder, large);
  expect(problems).toMatchObject([{ line: 5, path: 'stages[0].approvers.groups', reason: expect.stringMatching(/<=50/) }]);
});
