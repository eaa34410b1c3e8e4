import { approverPolicy, eligibilityPolicy, limits } from '@team/contracts';
import { expectedOf, inventory, portalInventory } from '../src/doctor/inventory.ts';
import { ServiceError, type Script } from './scripted-cloud.ts';

export const account = '111122223333';
export const management = '999988887777';
export const instanceArn = 'arn:aws:sso:::instance/ssoins-0123456789abcdef';
const identityStoreId = 'd-0123456789';
export const setArn = 'arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef';
const group = '0e1d5a31-30d1-4b8f-9a0e-000000000001';
const people = [1, 2, 3].map((n) => `90677c11-aaaa-4bbb-8ccc-00000000000${n}`);
const principals = { groupIds: [group], userIds: [] };

/** Expected names under the usual prefix, with a portal. */
export const expected = expectedOf('team', [...inventory, portalInventory]);

const marshalled = (value: unknown): object => {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (Array.isArray(value)) return { L: value.map(marshalled) };
  return { M: Object.fromEntries(Object.entries(value as object).map(([key, member]) => [key, marshalled(member)])) };
};
/** Item of a policy, as DynamoDB answers it. */
export const policyItem = (pk: string, policy: unknown): object => item({ pk, version: 1, state: { version: 1, policy }, outbox: {} });
const item = (content: object): object => Object.fromEntries(Object.entries(content).map(([key, value]) => [key, marshalled(value)]));

export const laidDown = limits.parse({
  maximumDurationMinutes: 540,
  approvalDeadlineMinutes: 180,
  openRequestsPerUser: 20,
  startNoLaterThanDays: 30,
  justification: 'required',
  sessionLongerThanGrant: 'warn',
  administrators: principals,
  auditors: principals,
  protectedAccountIds: [],
});
const targets = { accountIds: [account], organizationalUnitIds: [] };
export const mayAsk = eligibilityPolicy.parse({ policyId: 'developers', principals, targets, permissionSetArns: [setArn], maximumDurationMinutes: 60, approval: 'required' });
export const mayApprove = approverPolicy.parse({ policyId: 'leads', targets, stages: [{ approvers: principals, quorum: 1 }] });

const itemsOf = (table: unknown): object[] =>
  table === 'team-request-policies'
    ? [policyItem('limits#limits', laidDown), policyItem('eligibility#developers', mayAsk)]
    : [policyItem('approver#leads', mayApprove)];
const queueOf = (url: unknown): string => String(url).split('/').at(-1) ?? '';

/** What a deployment answers in which nothing is amiss. */
export const healthy: Script = {
  GetCallerIdentity: () =>
    `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::${account}:role/looker</Arn><UserId>u</UserId><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
  DescribeOrganization: () => ({ Organization: { Id: 'o-1', MasterAccountId: management } }),
  ListDelegatedAdministrators: () => ({ DelegatedAdministrators: [{ Id: account }] }),
  ListRoots: () => ({ Roots: [{ Id: 'r-ab12', Name: 'Root' }] }),
  ListParents: () => ({ Parents: [{ Id: 'r-ab12', Type: 'ROOT' }] }),
  ListOrganizationalUnitsForParent: () => ({ OrganizationalUnits: [] }),
  ListAccountsForParent: () => ({ Accounts: [{ Id: account, Name: 'Tools', State: 'ACTIVE' }] }),
  ListInstances: () => ({ Instances: [{ InstanceArn: instanceArn, IdentityStoreId: identityStoreId }] }),
  ListUsers: () => ({ Users: people.map((UserId, n) => ({ UserId, UserName: `user ${n}`, UserStatus: 'ENABLED', IdentityStoreId: identityStoreId })) }),
  ListGroups: () => ({ Groups: [{ GroupId: group, DisplayName: 'Leads', IdentityStoreId: identityStoreId }] }),
  ListGroupMemberships: () => ({ GroupMemberships: people.map((UserId) => ({ GroupId: group, MemberId: { UserId }, IdentityStoreId: identityStoreId })) }),
  DescribeRule: ({ Name }) => ({ Name, State: 'ENABLED' }),
  ListTargetsByRule: ({ Rule }) => {
    const { name, deadLetters } = expected.queues.find(({ rule }) => rule === Rule) ?? { name: '?', deadLetters: '?' };
    return { Targets: [{ Id: 'queue', Arn: `arn:aws:sqs:eu-central-1:${account}:${name}`, DeadLetterConfig: { Arn: `arn:aws:sqs:eu-central-1:${account}:${deadLetters}` } }] };
  },
  GetQueueUrl: ({ QueueName }) => ({ QueueUrl: `http://localhost/${account}/${String(QueueName)}` }),
  GetQueueAttributes: ({ QueueUrl }) => {
    const found = expected.queues.find(({ name }) => name === queueOf(QueueUrl));
    const redrive = found === undefined ? {} : { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: `arn:aws:sqs:eu-central-1:${account}:${found.deadLetters}`, maxReceiveCount: 5 }) };
    return { Attributes: { ...redrive, ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '0' } };
  },
  DescribeTable: ({ TableName }) => ({ Table: { TableName, TableStatus: 'ACTIVE', DeletionProtectionEnabled: true, GlobalSecondaryIndexes: [{ IndexName: 'due', IndexStatus: 'ACTIVE' }] } }),
  DescribeContinuousBackups: () => ({ ContinuousBackupsDescription: { ContinuousBackupsStatus: 'ENABLED', PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'ENABLED' } } }),
  DescribeKey: ({ KeyId }) => ({ KeyMetadata: { KeyId, KeyState: 'Enabled', KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' } }),
  GetFunctionConfiguration: ({ FunctionName }) => ({ FunctionName, State: 'Active', Environment: { Variables: { TEAM_CONFIG: JSON.stringify({ identityCenter: { instanceArn, identityStoreId } }) } } }),
  audit: () => ({ requests: [] }),
  Scan: ({ TableName }) => ({ Items: itemsOf(TableName) }),
  ListPermissionSets: () => ({ PermissionSets: [setArn] }),
  DescribePermissionSet: () => ({ PermissionSet: { PermissionSetArn: setArn, Name: 'ReadOnlyAccess', SessionDuration: 'PT1H' } }),
  ListPermissionSetsProvisionedToAccount: () => ({ PermissionSets: [] }),
  ListAccountsForProvisionedPermissionSet: () => ({ AccountIds: [account] }),
  ListAccountAssignments: () => ({ AccountAssignments: [] }),
  BatchGetItem: () => ({ Responses: {} }),
};

/** For one queue, rule or table, given by a member of the input, another answer than is healthy. */
export function except(action: string, member: string, name: string, answer: unknown): Script {
  return { [action]: (input) => (input[member] === name ? answer : healthy[action]?.(input)) };
}

export const missing = (): ServiceError => new ServiceError('ResourceNotFoundException');
