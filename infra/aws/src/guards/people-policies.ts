import { indexesOf } from '@team/runtime';
import { protectedAccounts } from '../access/function-role.ts';
import { queueNamesOf } from '../queue-names.ts';
import { maximumManagedPolicy, policyOf, within, type Conditions, type Deployment, type Policy, type PolicyStatement } from './document.ts';

const allow = (Sid: string, Action: readonly string[], Resource: readonly string[], Condition?: Conditions): PolicyStatement => ({
  Sid,
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition === undefined ? {} : { Condition }),
});

/** Keys by their aliases, since AWS names them; each key's own policy says who may use it. */
function withItsKeys(sid: string, service: string, actions: readonly string[], { environment: { region }, names }: Deployment): PolicyStatement {
  return allow(sid, actions, [names.arn('kms', 'key/*')], {
    StringEquals: { 'kms:ViaService': `${service}.${region}.amazonaws.com` },
    'ForAnyValue:StringLike': { 'kms:ResourceAliases': `alias/${names.prefix}-*` },
  });
}

/** Indexes that say what is under way. */
function openWorkIndexes({ names }: Deployment): string[] {
  return names.manifests.flatMap(({ name, tables }) =>
    Object.entries(tables).flatMap(([table, definition]) =>
      definition.holds === 'aggregates' && definition.afterwards !== true ? Object.keys(indexesOf(definition)).flatMap((index) => (['due', 'outbox'].includes(index) ? [`${names.tableArn(name, table)}/index/${index}`] : [])) : [],
    ),
  );
}

/** Everything that shows how a deployment is, and none of which changes anything. Metrics and lists have no resource level. */
function look({ environment, names }: Deployment): PolicyStatement[] {
  const { accounts } = environment;
  const { prefix } = names;
  return [
    allow('Metrics', ['cloudwatch:GetMetricData', 'cloudwatch:GetMetricStatistics', 'cloudwatch:ListMetrics', 'logs:DescribeLogGroups', 'sqs:ListQueues'], ['*']),
    allow('Alarms', ['cloudwatch:DescribeAlarms', 'cloudwatch:DescribeAlarmHistory'], [names.arn('cloudwatch', `alarm:${prefix}-*`)]),
    allow('Dashboard', ['cloudwatch:GetDashboard'], [`arn:aws:cloudwatch::${accounts.team}:dashboard/${prefix}`]),
    allow('Logs', ['logs:FilterLogEvents', 'logs:GetQueryResults', 'logs:StartQuery'], [names.arn('logs', `log-group:/aws/lambda/${prefix}-*`), ...(environment.portal === undefined ? [] : [names.arn('logs', `log-group:/aws/apigateway/${prefix}-*`)])]),
  ];
}

/** Functions that answer questions: what was recorded, what policies there are, what would become of a request. */
const ask = ({ names }: Deployment): PolicyStatement =>
  allow(
    'Ask',
    ['lambda:InvokeFunction'],
    names.manifests.flatMap(({ name, functions }) => Object.entries(functions).flatMap(([one, { trigger }]) => ('invoked' in trigger ? [names.arn('lambda', `function:${names.functionName(name, one)}`)] : []))),
  );

/**
 * Identity policy of operators: see how the deployment is, put dead letters back, ask the services, and see what is under way, as
 * `npm run destroy` does before it removes anything. Changes nothing that was decided. Throws where it grows longer than AWS takes.
 */
export function operatorPolicy(deployment: Deployment): Policy {
  const { read } = queueNamesOf(deployment.names);
  // By how they all end: one by one they would not fit.
  const deadLetters = ['dlq', 'dlq.fifo'].map((end) => `${deployment.names.prefix}-*-${end}`);
  const arnsOf = (queues: readonly string[]): string[] => queues.map((queue) => deployment.names.queueArn(queue));
  return within(
    maximumManagedPolicy,
    'the operators’ policy',
    policyOf(
      ...look(deployment),
      ask(deployment),
      // Moving messages takes all of these: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html
      allow(
        'DeadLetters',
        ['sqs:CancelMessageMoveTask', 'sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:ListDeadLetterSourceQueues', 'sqs:ListMessageMoveTasks', 'sqs:ReceiveMessage', 'sqs:StartMessageMoveTask'],
        arnsOf(deadLetters),
      ),
      allow('PutBack', ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'], arnsOf(read)),
      withItsKeys('KeysOfQueues', 'sqs', ['kms:Decrypt', 'kms:GenerateDataKey'], deployment),
      allow('OpenWork', ['dynamodb:Scan'], openWorkIndexes(deployment)),
      // Whether a table that is missing ever was there.
      allow('Stacks', ['cloudformation:DescribeStacks'], [deployment.names.arn('cloudformation', `stack/${deployment.names.prefix}-*/*`)]),
      withItsKeys('KeysOfTables', 'dynamodb', ['kms:Decrypt'], deployment),
    ),
  );
}

/**
 * Identity policy of the break-glass role, for when the product or its Region is down: see who has what, take assignments away, stop and start
 * what runs each minute, and the dispatcher. It assigns nothing unless that is asked for, and then nothing in accounts that are out of reach: a Deny says so, which
 * holds whatever else is attached. Throws where it grows longer than AWS takes.
 */
export function breakGlassPolicy(deployment: Deployment, { mayAssign }: { readonly mayAssign: boolean }): Policy {
  const { environment, names } = deployment;
  const { accounts, identityCenter, organizationId } = environment;
  const global = (resource: string): string => `arn:aws:${resource}`;
  const assignment = [identityCenter.instanceArn, global(`sso:::permissionSet/${identityCenter.instanceArn.split('/')[1] ?? ''}/*`), global('sso:::account/*')];
  const outOfReach = protectedAccounts({ environment }).map((account) => global(`sso:::account/${account}`));
  const everyMinute = names.manifests.flatMap(({ name, functions }) =>
    Object.entries(functions).flatMap(([one, { trigger }]) => ('everyMinute' in trigger ? [names.arn('events', `rule/${names.functionName(name, one)}`)] : [])),
  );
  const person = [global(`identitystore::${accounts.management}:identitystore/${identityCenter.identityStoreId}`), global('identitystore:::user/*')];
  return within(
    maximumManagedPolicy,
    'the break-glass policy',
    policyOf(
      ...look(deployment),
      ask(deployment),
      allow('WhoHasWhat', ['sso:ListAccountAssignments'], assignment),
      allow('TakeAway', ['sso:DeleteAccountAssignment'], assignment),
      allow('WhatBecameOfIt', ['sso:DescribeAccountAssignmentCreationStatus', 'sso:DescribeAccountAssignmentDeletionStatus', 'sso:ListAccountAssignmentCreationStatus', 'sso:ListAccountAssignmentDeletionStatus', 'sso:ListPermissionSets'], [identityCenter.instanceArn]),
      allow('PermissionSets', ['sso:DescribePermissionSet', 'sso:ListAccountsForProvisionedPermissionSet'], assignment.slice(0, 2)),
      allow('InAccounts', ['sso:ListPermissionSetsProvisionedToAccount'], [identityCenter.instanceArn, global('sso:::account/*')]),
      allow('People', ['identitystore:DescribeUser', 'identitystore:GetUserId', 'identitystore:ListUsers'], person),
      // None of these has a resource level.
      allow('Everything', ['cloudtrail:LookupEvents', 'organizations:ListAccounts', 'sso:ListInstances'], ['*']),
      allow('Accounts', ['organizations:DescribeAccount'], [global(`organizations::${accounts.management}:account/${organizationId}/*`)]),
      allow('EveryMinute', ['events:DescribeRule', 'events:DisableRule', 'events:EnableRule'], everyMinute),
      // None at a time stops it; one, as it is deployed, starts it again.
      allow('TheDispatcher', ['lambda:GetFunctionConcurrency', 'lambda:PutFunctionConcurrency'], [names.arn('lambda', `function:${names.functionName('provisioning', 'dispatch')}`)]),
      ...(mayAssign ? [allow('Assigns', ['sso:CreateAccountAssignment'], assignment)] : []),
      { Sid: 'AssignsNothing', Effect: 'Deny', Action: ['sso:CreateAccountAssignment'], Resource: mayAssign ? outOfReach : ['*'] },
    ),
  );
}
