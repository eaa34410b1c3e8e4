import { eligibility, folderWith, groupId, names, policiesFolder, problemsOf, setArn } from '../test/acme.ts';
import { loadPolicies } from './load-policies.ts';
import { parsePolicies } from './parse-policies.ts';

const parse = (text: string) => parsePolicies([{ file: 'more.yaml', text }], names);
const limits = `kind: Limits
maximumDurationMinutes: 540
approvalDeadlineMinutes: 180
openRequestsPerUser: 20
startNoLaterThanDays: 30
justification: required
sessionLongerThanGrant: warn
administrators: { groups: [TEAM Admins] }
auditors: { groups: [TEAM Auditors] }
protectedAccounts: []
`;
const stages = (text: string): string => `kind: ApproverPolicy\nname: more\ntargets: { organizationalUnits: [/] }\nstages:\n${text}`;
const without = (...keys: string[]): string => eligibility().split('\n').filter((line) => !keys.some((key) => line.startsWith(`${key}:`))).join('\n');
const deny = `${without('maximumDurationMinutes', 'approval')}\neffect: deny`;

test('an eligibility policy says everything that contracts know', () => {
  const policy = parse(
    eligibility({
      effect: 'allow',
      targets: '{ accountTags: { Environment: [prod, staging], Owner: any } }',
      permissionSetTags: '{ Risk: [low] }',
      ticket: 'required',
      ticketPattern: "'(INC|CHG)\\d{7}'",
      justification: 'required',
      justificationMinimumCharacters: '20',
      breakGlass: 'forbidden',
      startNoEarlierThanMinutes: '30',
      startNoLaterThanDays: '7',
      timeWindows: '[{ days: weekdays, from: 08:00, to: 18:00, timeZone: Europe/Berlin }, { days: [Saturday, sunday], from: 22:00, to: 02:00, timeZone: UTC }]',
      validFrom: '2026-04-01T00:00:00+02:00',
      validUntil: '2027-01-01T00:00:00Z',
    }),
  ).eligibility[0];
  expect(policy).toEqual({
    policyId: 'more',
    effect: 'allow',
    principals: { groupIds: [groupId('SRE')], userIds: [] },
    targets: { accountIds: [], organizationalUnitIds: [], accountTags: [{ key: 'Environment', values: ['prod', 'staging'] }, { key: 'Owner' }] },
    permissionSetArns: [setArn('ReadOnlyAccess')],
    permissionSetTags: [{ key: 'Risk', values: ['low'] }],
    maximumDurationMinutes: 60,
    approval: 'required',
    ticket: 'required',
    ticketPattern: '(INC|CHG)\\d{7}',
    justification: 'required',
    justificationMinimumCharacters: 20,
    breakGlass: 'forbidden',
    startNoEarlierThanMinutes: 30,
    startNoLaterThanDays: 7,
    timeWindows: [
      { days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'], from: '08:00', to: '18:00', timeZone: 'Europe/Berlin' },
      { days: ['saturday', 'sunday'], from: '22:00', to: '02:00', timeZone: 'UTC' },
    ],
    validFrom: '2026-03-31T22:00:00.000Z',
    validUntil: '2027-01-01T00:00:00Z',
  });
});

test('a policy that denies has hours and no rules; one for permission sets by tag alone names none', () => {
  const tagged = deny.replace(/permissionSets: .*/, 'permissionSetTags: { Risk: [high] }');
  expect(parse(`${tagged}\nvalidUntil: 2027-01-01T00:00:00Z\ntimeWindows: [{ days: [saturday], from: 00:00, to: 24:00, timeZone: UTC }]`).eligibility[0]).toEqual({
    policyId: 'more',
    effect: 'deny',
    principals: { groupIds: [groupId('SRE')], userIds: [] },
    targets: { accountIds: [], organizationalUnitIds: [names.organizationalUnits.idOf('/')].flatMap((one) => ('id' in one ? [one.id] : [])) },
    permissionSetArns: [],
    permissionSetTags: [{ key: 'Risk', values: ['high'] }],
    timeWindows: [{ days: ['saturday'], from: '00:00', to: '24:00', timeZone: 'UTC' }],
    validUntil: '2027-01-01T00:00:00Z',
  });
});

test.each([
  ['maximumDurationMinutes: 60'],
  ['approval: required'],
  ['ticket: required'],
  ['ticketPattern: INC'],
  ['justification: required'],
  ['justificationMinimumCharacters: 3'],
  ['breakGlass: allowed'],
  ['startNoEarlierThanMinutes: 3'],
  ['startNoLaterThanDays: 3'],
])('refuses a denying policy with %s', (line) => {
  expect(problemsOf(folderWith(`${deny}\n${line}`))).toEqual([
    { file: 'more.yaml', line: 7, path: line.split(':')[0], reason: expect.stringMatching(/has no rules/) },
  ]);
});

const window = (members: string): string => `[{ days: weekdays, from: 08:00, to: 18:00, timeZone: UTC, ${members} }]`.replace(/(\w+): [^,]+, (?=.*\b\1:)/g, '');

test.each<[string, Record<string, string>, string, RegExp]>([
  ['an effect that is none', { effect: 'refuse' }, 'effect', /neither allow nor deny/],
  ['no tag', { targets: '{ accountTags: {} }' }, 'targets.accountTags', /names no tag/],
  ['a tag without values', { permissionSetTags: '{ Risk: [] }' }, 'permissionSetTags.Risk', /the word any stands for/],
  ['a tag with a number', { permissionSetTags: '{ CostCenter: [1234] }' }, 'permissionSetTags.CostCenter', /in quotes/],
  ['a tag with one value for a list', { permissionSetTags: '{ Risk: low }' }, 'permissionSetTags.Risk', /neither a list of values nor the word any/],
  ['a pattern that is none', { ticketPattern: '"("' }, 'ticketPattern', /no regular expression/],
  ['a pattern that takes very long', { ticketPattern: '(a+)+' }, 'ticketPattern', /very long/],
  ['a day that is none', { timeWindows: window('days: [mon]') }, 'timeWindows[0].days', /no list of days/],
  ['days that are none', { timeWindows: window('days: workdays') }, 'timeWindows[0].days', /neither weekdays/],
  ['a time that is none', { timeWindows: window('from: 8am') }, 'timeWindows[0].from', /no time like 08:00/],
  ['a start at the end of the day', { timeWindows: window("from: '24:00'") }, 'timeWindows[0].from', /no time like 08:00/],
  ['a time zone that is none', { timeWindows: window('timeZone: Berlin') }, 'timeWindows[0].timeZone', /no time zone/],
  ['an offset for a time zone', { timeWindows: window('timeZone: +02:00') }, 'timeWindows[0].timeZone', /no time zone/],
  ['a day for a moment', { validFrom: '2026-04-01' }, 'validFrom', /no moment like/],
  ['an end before the beginning', { validFrom: '2026-04-02T00:00:00Z', validUntil: '2026-04-02T01:00:00+02:00' }, 'validUntil', /not after validFrom/],
  ['no start that is allowed', { startNoEarlierThanMinutes: '1441', startNoLaterThanDays: '1' }, 'startNoEarlierThanMinutes', /no start between/],
])('refuses %s', (_, lines, path, reason) => {
  expect(problemsOf(folderWith(eligibility(lines)))).toEqual([{ file: 'more.yaml', line: expect.any(Number), path, reason: expect.stringMatching(reason) }]);
});

test('says that a member is missing, and where nothing says for which permission sets', () => {
  expect(problemsOf(folderWith(without('maximumDurationMinutes')))).toMatchObject([{ path: 'maximumDurationMinutes', reason: expect.stringMatching(/missing/) }]);
  expect(problemsOf(folderWith(without('permissionSets')))).toMatchObject([{ path: '', reason: expect.stringMatching(/names no permission set/) }]);
});

test('an end before the beginning is told even where something else is wrong', () => {
  const lines = { approval: 'maybe', validFrom: '2026-04-02T00:00:00Z', validUntil: '2026-04-01T00:00:00Z' };
  expect(problemsOf(folderWith(eligibility(lines))).map(({ path }) => path)).toEqual(['approval', 'validUntil']);
});

test.each(['0123', '__proto__'])('a key that would not come out as it was written is refused: %s', (key) => {
  expect(problemsOf(folderWith(eligibility({ permissionSetTags: `{ ${key}: any }` })))).toEqual([
    { file: 'more.yaml', line: 8, path: '', reason: `${key} cannot be a key; write numbers in quotes` },
  ]);
});

test('aliases that unfold without bound are refused', () => {
  const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]', ...'bcdefg'.split('').map((key, i) => `${key}: &${key} [${Array(9).fill(`*${'abcdef'[i]}`).join(', ')}]`)].join('\n');
  expect(problemsOf(folderWith(bomb))).toMatchObject([{ reason: expect.stringMatching(/^not YAML: .*alias/i) }]);
});

test('stages escalate, ask the manager, stand whatever is nearer, and remind', () => {
  const text = stages(
    '  - { requesterManager: true, quorum: 1 }\n  - { approvers: { groups: [SRE] }, quorum: 2, always: true, escalation: { afterMinutes: 30, to: { groups: [Security Response] } } }\nremindEveryMinutes: 15',
  );
  expect(parse(text).approvers[0]).toMatchObject({
    stages: [
      { approvers: { groupIds: [], userIds: [] }, requesterManager: true, quorum: 1 },
      { quorum: 2, always: true, escalation: { afterMinutes: 30, to: { groupIds: [groupId('Security Response')], userIds: [] } } },
    ],
    remindEveryMinutes: 15,
  });
});

test.each([
  ['a stage without anybody', stages('  - { quorum: 1 }'), 'stages[0]', /names nobody/],
  ['a stage that only says no to managers', stages('  - { requesterManager: false, quorum: 1 }'), 'stages[0]', /names nobody/],
  ['two people where the manager is alone', stages('  - { requesterManager: true, quorum: 2 }'), 'stages[0]', /than it names/],
  ['escalation to an unknown group', stages('  - { approvers: { groups: [SRE] }, quorum: 1, escalation: { afterMinutes: 5, to: { groups: [X] } } }'), 'stages[0].escalation.to.groups[0]', /no group X/],
  ['reminders each minute', stages('  - { approvers: { groups: [SRE] }, quorum: 1 }\nremindEveryMinutes: 1'), 'remindEveryMinutes', />=5/],
  ['an approver policy for a tag', 'kind: ApproverPolicy\nname: more\ntargets: { accounts: [Prod 002], accountTags: { Environment: any } }\nstages: [{ approvers: { groups: [SRE] }, quorum: 1 }]', 'targets.accountTags', /only eligibility policies/],
  ['a bundle for a tag', 'kind: Bundle\nname: more\ntargets: { accounts: [Prod 002], accountTags: { Environment: any } }\npermissionSets: [ReadOnlyAccess]', 'targets.accountTags', /only eligibility policies/],
  ['a bundle without permission sets', 'kind: Bundle\nname: more\ntargets: { accounts: [Prod 002] }\npermissionSets: []', 'permissionSets', />=1/],
])('refuses %s', (_, text, path, reason) => {
  expect(problemsOf(folderWith(text))).toEqual([{ file: 'more.yaml', line: expect.any(Number), path, reason: expect.stringMatching(reason) }]);
});

test('limits cap permission sets by name, each once', () => {
  const capped = (caps: string) => `${limits}defaultDurationMinutes: 60\nreviewWithinMinutes: 600\nopenRequestsPerPermissionSet: ${caps}`;
  expect(parse(capped('{ AdministratorAccess: 2 }')).limits).toMatchObject({
    defaultDurationMinutes: 60,
    reviewWithinMinutes: 600,
    openRequestsPerPermissionSet: [{ permissionSetArn: setArn('AdministratorAccess'), perUser: 2 }],
  });
  expect(problemsOf(folderWith(capped(`{ Nothing: 2, BreakGlass: 1, '${setArn('BreakGlass')}': 1 }`), 'limits.yaml'))).toMatchObject([
    { path: 'openRequestsPerPermissionSet.Nothing', reason: 'there is no permission set Nothing' },
    { path: `openRequestsPerPermissionSet.${setArn('BreakGlass')}`, reason: 'is there twice, by name and by ARN' },
  ]);
});

test('what requests usually last is not longer than the longest', () => {
  expect(problemsOf(folderWith(`${limits}defaultDurationMinutes: 541`, 'limits.yaml'))).toMatchObject([{ path: 'defaultDurationMinutes', reason: 'is longer than maximumDurationMinutes' }]);
});

test('a bundle has a name of its own kind, once', () => {
  const bundle = (name: string) => `kind: Bundle\nname: ${name}\ndescription: all ledgers\ntargets: { organizationalUnits: [Workloads/Prod] }\npermissionSets: [ReadOnlyAccess]`;
  const { bundles } = loadPolicies(folderWith(bundle('sre-everywhere')), names);
  expect(bundles.find(({ bundleId }) => bundleId === 'sre-everywhere')).toMatchObject({ description: 'all ledgers', permissionSetArns: [setArn('ReadOnlyAccess')] });
  expect(problemsOf(folderWith(`${bundle('one')}\n---\n${bundle('one')}`))).toMatchObject([{ line: 8, path: 'name', reason: 'there is another Bundle one already' }]);
});

test('the policies that come with the product have one bundle, and none denies', () => {
  const { bundles, eligibility: policies } = loadPolicies(policiesFolder, names);
  expect(bundles).toEqual([{ bundleId: 'payments-read', description: expect.any(String), targets: { accountIds: [], organizationalUnitIds: [expect.stringMatching(/^ou-/)] }, permissionSetArns: [setArn('ReadOnlyAccess')] }]);
  expect(policies.filter(({ effect }) => effect !== undefined)).toEqual([]);
});
