import { account, except, expected, healthy, instanceArn, laidDown, management, mayApprove, mayAsk, missing, policyItem, setArn } from '../../test/healthy-deployment.ts';
import { scriptedCloud, ServiceError, type Script } from '../../test/scripted-cloud.ts';
import type { Finding } from '../doctor/finding.ts';

const asJson = ['doctor', '--json'];

/** What the doctor finds where a deployment answers like this. */
async function findings(script: Script, argv: readonly string[] = [], date?: string): Promise<{ code: number; found: Finding[]; result: string }> {
  const { code, said, remarks } = await scriptedCloud({ ...healthy, ...script }, date).team(...asJson, ...argv);
  expect(remarks).toEqual([]);
  const { findings: found, result } = JSON.parse(said.join('\n')) as { findings: Finding[]; result: string };
  return { code, found, result };
}

const assigned = (PrincipalId: string, PrincipalType = 'USER'): Script => ({ ListAccountAssignments: () => ({ AccountAssignments: [{ AccountId: account, PermissionSetArn: setArn, PrincipalId, PrincipalType }] }) });
const inTable = (table: string, ...items: object[]): Script => ({ Scan: (input) => (input['TableName'] === table ? { Items: items } : healthy['Scan']?.(input)) });
const queueHas = (name: string, attributes: object): Script => ({
  GetQueueAttributes: (input) => (String(input['QueueUrl']).endsWith(`/${name}`) ? { Attributes: attributes } : healthy['GetQueueAttributes']?.(input)),
});
const everybodyDisabled: Script = {
  ListUsers: (input) => {
    const { Users } = healthy['ListUsers']?.(input) as { Users: object[] };
    return { Users: Users.map((user) => ({ ...user, UserStatus: 'DISABLED' })) };
  },
};

test('a deployment in which nothing is amiss ends with 0, and its local clock is not checked', async () => {
  const { code, found } = await findings({});
  expect(code).toBe(0);
  expect(found.filter(({ result }) => result !== 'ok')).toEqual([{ check: 'clock', result: 'not checked', found: 'the local run has a clock of its own' }]);
  expect(found.map(({ check }) => check)).toEqual([
    'caller', 'clock', 'delegated administrator', 'organization', 'IAM Identity Center', 'quotas', 'portal', 'event bus', 'queues', 'tables',
    'point-in-time recovery', 'signing keys', 'functions', 'requests', 'policies', 'permission sets to grant', 'session durations', 'standing access',
  ]);
});

const problems: [what: string, script: Script, check: string, found: RegExp][] = [
  ['the management account', { DescribeOrganization: () => ({ Organization: { MasterAccountId: account } }) }, 'delegated administrator', /is the management account/],
  ['another administrator', { ListDelegatedAdministrators: () => ({ DelegatedAdministrators: [{ Id: management }] }) }, 'delegated administrator', new RegExp(`not registered; registered: ${management}`)],
  ['no instance', { ListInstances: () => ({ Instances: [] }) }, 'IAM Identity Center', /no instance is seen/],
  ['several instances', { ListInstances: () => ({ Instances: [1, 2].map((n) => ({ InstanceArn: `${instanceArn}${n}`, IdentityStoreId: 'd-1' })) }) }, 'IAM Identity Center', /^2 instances/],
  ['functions configured for another instance', { ListInstances: () => ({ Instances: [{ InstanceArn: instanceArn, IdentityStoreId: 'd-9999999999' }] }) }, 'IAM Identity Center', /configured for .* and d-0123456789, and here is .* with d-9999999999/],
  ['no bus', { DescribeEventBus: missing }, 'event bus', /there is no event bus team/],
  ['a missing rule', except('DescribeRule', 'Name', 'team-audit-inbox', missing()), 'rule team-audit-inbox', /not there/],
  ['a disabled rule', except('DescribeRule', 'Name', 'team-audit-inbox', { State: 'DISABLED' }), 'rule team-audit-inbox', /DISABLED: no event reaches team-audit-inbox/],
  ['a rule without target', except('ListTargetsByRule', 'Rule', 'team-audit-inbox', { Targets: [] }), 'rule team-audit-inbox', /does not bring events to team-audit-inbox/],
  ['a rule with another target', except('ListTargetsByRule', 'Rule', 'team-audit-inbox', { Targets: [{ Id: 'q', Arn: 'arn:aws:sqs:r:1:elsewhere' }] }), 'rule team-audit-inbox', /does not bring events to team-audit-inbox/],
  ['a target without dead letters', except('ListTargetsByRule', 'Rule', 'team-audit-inbox', { Targets: [{ Id: 'q', Arn: 'arn:aws:sqs:r:1:team-audit-inbox' }] }), 'rule team-audit-inbox', /is dropped/],
  ['a missing queue', except('GetQueueUrl', 'QueueName', 'team-expiry-timers', new ServiceError('QueueDoesNotExist')), 'queue team-expiry-timers', /not there/],
  ['a missing dead-letter queue', except('GetQueueUrl', 'QueueName', 'team-provisioning-dispatch-dlq.fifo', new ServiceError('QueueDoesNotExist')), 'queue team-provisioning-dispatch-dlq.fifo', /not there/],
  ['a queue without dead letters', queueHas('team-expiry-timers', {}), 'queue team-expiry-timers', /not laid down in team-expiry-timers-dlq/],
  ['dead letters', queueHas('team-expiry-timers-dlq', { ApproximateNumberOfMessages: '2', ApproximateNumberOfMessagesNotVisible: '1' }), 'queue team-expiry-timers-dlq', /^3 dead letters/],
  ['a missing table', except('DescribeTable', 'TableName', 'team-audit-heads', missing()), 'table team-audit-heads', /not there/],
  ['a table that is made', except('DescribeTable', 'TableName', 'team-audit-heads', { Table: { TableStatus: 'CREATING' } }), 'table team-audit-heads', /CREATING/],
  ['an index that is filled', except('DescribeTable', 'TableName', 'team-audit-heads', { Table: { TableStatus: 'ACTIVE', GlobalSecondaryIndexes: [{ IndexName: 'due', IndexStatus: 'CREATING' }] } }), 'table team-audit-heads', /not active: 1 index due/],
  ['a missing key', except('DescribeKey', 'KeyId', 'alias/team-proof', new ServiceError('NotFoundException')), 'key alias/team-proof', /not there/],
  ['a key to be deleted', except('DescribeKey', 'KeyId', 'alias/team-proof', { KeyMetadata: { KeyState: 'PendingDeletion' } }), 'key alias/team-proof', /PendingDeletion/],
  ['a key of another kind', except('DescribeKey', 'KeyId', 'alias/team-proof', { KeyMetadata: { KeyState: 'Enabled', KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' } }), 'key alias/team-proof', /RSA_2048/],
  ['a key for something else', except('DescribeKey', 'KeyId', 'alias/team-proof', { KeyMetadata: { KeyState: 'Enabled', KeySpec: 'ECC_NIST_P256', KeyUsage: 'KEY_AGREEMENT' } }), 'key alias/team-proof', /KEY_AGREEMENT/],
  ['a request that stopped half-way', { audit: () => ({ requests: [{ requestId: '018f0000-0000-7000-8000-000000000001', status: 'activating', breakGlass: false, reasons: [], decisions: [], grants: [], stalled: [{ missing: ['AccessGranted.v1'], since: '2026-11-22T10:00:00.000Z', lastSeen: 'AccessWindowOpened.v1' }] }] }) }, 'requests', /^1 request stopped half-way: 018f0000-\S+ lacks AccessGranted.v1 since/],
  ['a missing function', except('GetFunctionConfiguration', 'FunctionName', 'team-audit-query', missing()), 'function team-audit-query', /not there/],
  ['a function that failed', except('GetFunctionConfiguration', 'FunctionName', 'team-audit-query', { State: 'Failed', StateReason: 'no role' }), 'function team-audit-query', /Failed: no role/],
  ['no limits', inTable('team-request-policies', policyItem('eligibility#developers', mayAsk)), 'policies', /no limits/],
  ['no eligibility policy', inTable('team-request-policies', policyItem('limits#limits', laidDown)), 'policies', /no eligibility policy/],
  ['a policy that cannot be read', inTable('team-approval-policies', policyItem('approver#leads', { stages: 'none' })), 'policies', /team-approval-policies: approver#leads cannot be read/],
  ['no approver policy', inTable('team-approval-policies'), 'approvers', /^1 eligibility policy with approval, and no approver policy/],
  ['an approver group of nobody', { ListGroupMemberships: () => ({ GroupMemberships: [] }) }, 'approvers of leads', /^0 people can approve, and 1 must: every request/],
  ['administrators who are disabled', everybodyDisabled, 'administrators', /nobody who is enabled/],
];

it.each(problems)('finds %s', async (_, script, check, words) => {
  const { code, found, result } = await findings(script);
  expect([code, result]).toEqual([1, 'problem']);
  expect(found).toContainEqual({ check, result: 'problem', found: expect.stringMatching(words), todo: expect.stringMatching(/./) });
});

const warnings: [what: string, script: Script, check: string, found: RegExp][] = [
  ['a table that may be deleted', except('DescribeTable', 'TableName', 'team-audit-heads', { Table: { TableStatus: 'ACTIVE', DeletionProtectionEnabled: false } }), 'table team-audit-heads', /can be deleted/],
  ['a table without recovery', except('DescribeContinuousBackups', 'TableName', 'team-audit-heads', { ContinuousBackupsDescription: { PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' } } }), 'table team-audit-heads', /DISABLED/],
  ['a permission set of the management account', { ListPermissionSetsProvisionedToAccount: () => ({ PermissionSets: [setArn] }) }, 'permission sets to grant', /1 permission set of 1 cannot be granted.*: ReadOnlyAccess$/],
  ['a session that outlasts every grant', { DescribePermissionSet: () => ({ PermissionSet: { PermissionSetArn: setArn, Name: 'Long', SessionDuration: 'PT12H' } }) }, 'session durations', /a grant of 540 minutes: Long 720 min$/],
  ['an assignment of a user that TEAM did not make', assigned('u-1'), 'standing access', /^1 assignment of 1 not made by TEAM: ReadOnlyAccess in Tools \(1\)\.$/],
  ['an assignment of a group', assigned('g-1', 'GROUP'), 'standing access', /^1 assignment of 1/],
  ['a stage with just enough people', inTable('team-approval-policies', policyItem('approver#leads', { ...mayApprove, stages: [{ ...mayApprove.stages[0], quorum: 3 }] })), 'approvers of leads', /^3 people can approve, and 3 must: none of them/],
];

it.each(warnings)('warns of %s, and ends with 0', async (_, script, check, words) => {
  const { code, found, result } = await findings(script);
  expect([code, result]).toEqual([0, 'warning']);
  expect(found).toContainEqual({ check, result: 'warning', found: expect.stringMatching(words), todo: expect.stringMatching(/./) });
});

describe('standing access', () => {
  const ours: Script = {
    ...assigned('U-1'),
    BatchGetItem: ({ RequestItems }) => {
      const [[table, { Keys }] = ['', { Keys: [] }]] = Object.entries(RequestItems as Record<string, { Keys: { pk: { S: string } }[] }>);
      return { Responses: { [table]: Keys.filter(({ pk }) => pk.S.startsWith('assignment#u-1#')).map(({ pk }) => ({ pk, state: { M: { ownership: { S: 'ours' } } } })) } };
    },
  };

  it('leaves out what provisioning holds to be its own, whatever the letters of the user id', async () => {
    const { found } = await findings(ours);
    expect(found.at(-1)).toEqual({ check: 'standing access', result: 'ok', found: 'every assignment is TEAM’s: 1' });
  });

  it('counts everything before there is a deployment, and looks at nothing of one', async () => {
    const { found } = await findings({ ...ours, Scan: missing, DescribeEventBus: missing, BatchGetItem: missing }, ['--prerequisites', '--grant-minutes', '30']);
    expect(found.map(({ check, result }) => [check, result])).toEqual([
      ['caller', 'ok'], ['clock', 'not checked'], ['delegated administrator', 'ok'], ['organization', 'ok'], ['IAM Identity Center', 'ok'], ['quotas', 'ok'],
      ['permission sets to grant', 'ok'], ['session durations', 'warning'], ['standing access', 'warning'],
    ]);
  });

  const many: Script = {
    ListAccountsForProvisionedPermissionSet: () => ({ AccountIds: ['1', '2', '3', '4', '5', '6', '7'] }),
    ListAccountAssignments: ({ AccountId }) => ({ AccountAssignments: [{ AccountId, PermissionSetArn: setArn, PrincipalId: 'u-1', PrincipalType: 'USER' }] }),
  };

  it('names five places, and all with --all', async () => {
    expect((await findings(many)).found.at(-1)?.found).toMatch(/^7 assignments of 7 .*in 5 \(1\), and 2 more places \(--all names them\)\.$/);
    expect((await findings(many, ['--all'])).found.at(-1)?.found).toMatch(/in 7 \(1\)\.$/);
  });

  it('makes no more calls than it may, and says what it did not look at', async () => {
    const { team, inputsOf } = scriptedCloud({ ...healthy, ...many });
    const { said } = await team(...asJson, '--most-calls', '4');
    expect(inputsOf('ListAccountAssignments')).toHaveLength(3);
    expect(said.join('\n')).toContain('4 permission sets or accounts of one were not looked at');
  });
});

describe('a portal', () => {
  /** What a deployment answers that has nothing of a portal, but for one thing of a kind. */
  const without = (kept?: readonly [kind: string, name: string]): Script => {
    const unless = (kind: string, action: string, member: string, error: string): Script => ({
      [action]: (input) => (/portal|decision/.test(String(input[member])) && !(kind === kept?.[0] && input[member] === kept[1]) ? new ServiceError(error) : healthy[action]?.(input)),
    });
    return {
      ...unless('table', 'DescribeTable', 'TableName', 'ResourceNotFoundException'),
      ...unless('table', 'DescribeContinuousBackups', 'TableName', 'TableNotFoundException'),
      ...unless('queue', 'GetQueueUrl', 'QueueName', 'AWS.SimpleQueueService.NonExistentQueue'),
      ...unless('function', 'GetFunctionConfiguration', 'FunctionName', 'ResourceNotFoundException'),
      ...unless('key', 'DescribeKey', 'KeyId', 'NotFoundException'),
      ...unless('rule', 'DescribeRule', 'Name', 'ResourceNotFoundException'),
    };
  };
  const ofPortal = (found: readonly Finding[]) => found.filter(({ check }) => check === 'portal').map(({ result, found: words }) => [result, words]);

  // Tables stay where a portal is taken out of a deployment.
  it.each([[undefined, /^there is none: nothing of one is seen/], [['table', 'team-portal-sessions'], /^there is none: .*left of one \(table team-portal-sessions\)/], [['key', 'alias/team-decision'], /left of one \(key alias\/team-decision\)/]] as const)('is none where all that is seen of one is %j, which is well and said', async (kept, words) => {
    const { code, found } = await findings(without(kept));
    expect([code, ofPortal(found)]).toEqual([0, [['ok', expect.stringMatching(words)]]]);
    expect(found.filter(({ check, found: text }) => check !== 'portal' && text.includes('team-portal'))).toEqual([]);
  });

  it.each([['queue', 'team-portal-inbox'], ['function', 'team-portal-pages']] as const)('is looked for where no more is left of it than a %s', async (kind, name) => {
    const { code, found } = await findings(without([kind, name]));
    expect([code, ofPortal(found)]).toEqual([1, [['ok', `there is one (${kind} ${name}): everything of it is looked for`]]]);
    const problems = found.filter(({ result }) => result === 'problem').map(({ check }) => check);
    // Five tables, a queue with its dead letters, a rule, eight functions and a key, but one.
    expect(problems).toHaveLength(16);
    expect(problems).not.toContain(`${kind} ${name}`);
  });

  it('is looked for without looking whether there is one, where there must be', async () => {
    const { code, found } = await findings(without(), ['--portal']);
    expect([code, ofPortal(found)]).toEqual([1, [['ok', expect.stringMatching(/looked for, as --portal says$/)]]]);
    expect(found.filter(({ result }) => result === 'problem')).toHaveLength(17);
  });

  it('keeps nothing else from being looked at where it could not be looked for', async () => {
    const { found } = await findings({ GetQueueUrl: () => new ServiceError('AccessDeniedException', 'not for you') });
    const problems = found.filter(({ result }) => result === 'problem').map(({ check, todo }) => [check, todo]);
    expect(problems).toEqual([['portal', 'allow sqs:GetQueueUrl to whoever runs this'], ['queues', 'allow sqs:GetQueueUrl to whoever runs this']]);
    expect(found.find(({ check }) => check === 'functions')).toMatchObject({ result: 'ok', found: '24 functions' });
  });
});

describe('what could not be asked', () => {
  it('is a problem that names the action, where it is not allowed', async () => {
    const denied = () => new ServiceError('AccessDeniedException', 'not for you');
    const { code, found } = await findings({ DescribeKey: denied, ListDelegatedAdministrators: denied, DescribePermissionSet: denied, Scan: denied, GetFunctionConfiguration: denied });
    expect(code).toBe(1);
    const refused = found.filter(({ result }) => result === 'problem').map(({ check, todo }) => [check, /allow (\S+)/.exec(todo ?? '')?.[1]]);
    expect(refused).toEqual([
      ['delegated administrator', 'organizations:ListDelegatedAdministrators'],
      ['organization', 'sso:DescribePermissionSet'],
      ['IAM Identity Center', 'lambda:GetFunctionConfiguration'],
      ['signing keys', 'kms:DescribeKey'],
      ['functions', 'lambda:GetFunctionConfiguration'],
      ['policies', 'dynamodb:Scan'],
      ['permission sets to grant', 'sso:DescribePermissionSet'],
      ['session durations', 'dynamodb:Scan'],
      ['standing access', 'sso:DescribePermissionSet'],
    ]);
  });

  it('is not checked, where what answers does not have the action', async () => {
    const { code, found } = await findings({ DescribeContinuousBackups: () => new ServiceError('NotImplementedByLocalCloud', 'none', 501) });
    expect(code).toBe(0);
    expect(found).toContainEqual({ check: 'point-in-time recovery', result: 'not checked', found: 'what answers has no dynamodb:DescribeContinuousBackups' });
  });

  it('is a problem in words, where AWS refuses the question', async () => {
    const { found } = await findings({ DescribeKey: () => new ServiceError('KMSInvalidStateException', 'odd') });
    expect(found).toContainEqual(expect.objectContaining({ check: 'signing keys', result: 'problem', found: 'could not be asked (kms:DescribeKey): KMSInvalidStateException: odd' }));
  });

  it('ends the command with 3 where nothing answers, and with our own mistakes thrown', async () => {
    const gone = scriptedCloud({ ...healthy, GetCallerIdentity: () => Object.assign(new Error('connect'), { code: 'ENOTFOUND' }) });
    await expect(gone.team(...asJson)).resolves.toMatchObject({ code: 3, said: [], remarks: [expect.stringMatching(/^nothing answers at/)] });
    await expect(scriptedCloud({ ...healthy, DescribeKey: () => new TypeError('oops') }).team(...asJson)).rejects.toThrow('oops');
  });
});

describe('for people', () => {
  it('is a line a finding, what to do under it, and a sum', async () => {
    const { said, remarks } = await scriptedCloud({ ...healthy, DescribeEventBus: missing }).team('doctor');
    expect(said).toContain('PROBLEM      event bus: there is no event bus team');
    expect(said).toContain('             → deploy again; the deployment makes it; where it has another name, say so with --prefix');
    expect(said.at(-1)).toBe('\n1 problem, 0 warnings, 16 ok, 1 not checked');
    expect(remarks).toEqual(['Looking for standing access: up to 500 calls, 5 a second.']);
  });

  it.each([['a pace that AWS does not allow', ['--calls-per-second', '21']], ['a count that is none', ['--most-calls', 'all']], ['a length that is none', ['--grant-minutes', '0']]])('refuses %s', async (_, argv) => {
    await expect(scriptedCloud(healthy).team('doctor', ...argv)).resolves.toMatchObject({ code: 2 });
  });
});

test('IAM Identity Center is called at the pace that was asked for', async () => {
  const { team, pauses, calls } = scriptedCloud(healthy);
  const begunAt = Date.now();
  await team(...asJson, '--calls-per-second', '2');
  const tookMs = Date.now() - begunAt;
  const paced = calls.filter(({ action }) => /Instances|PermissionSet|AccountAssignments/.test(action)).length;
  expect(paced).toBeGreaterThan(5);
  // Pauses are over at once here, so each is longer than the one before by half a second, less what the machine itself took.
  expect(Math.max(...pauses) + tookMs).toBeGreaterThan(500 * (paced - 2));
});

test('what is looked for is under the prefix that was given', async () => {
  const { team, inputsOf } = scriptedCloud({ ...healthy, Scan: missing });
  await team(...asJson, '--prefix', 'elevate');
  expect(inputsOf('DescribeEventBus')).toEqual([{ Name: 'elevate' }]);
  expect(new Set(inputsOf('DescribeTable').map(({ TableName }) => TableName))).toEqual(new Set(expected.tables.map((name) => name.replace('team-', 'elevate-'))));
});
