import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { actionsOf, type FunctionManifest } from '@team/runtime';
import { athenaOnBehalf } from './athena-on-behalf.ts';
import { everyEntry } from './bus-policy.ts';
import { clientSecretOf } from './client-secret.ts';
import { emittersIn, spokenBy } from './emitters.ts';
import { everything, resourcesOf, scopeOf, type Scope } from './resources.ts';
import { allow, type Conditions } from './statements.ts';

/** What AWS does on a function's behalf, beside its own calls; each with its reason. */
export interface OnBehalf {
  /** The function's own role. */
  readonly roleArn: string;
  /** Key that the service's tables, queues, logs and functions are encrypted with. */
  readonly dataKeyArn: string;
  readonly logGroupArn: string;
  /** Queue that invokes the function. */
  readonly triggerQueueArn: string | undefined;
}

/** What callers of a table and of a queue need of the key that it is encrypted with. */
export const dataKeyActions = {
  dynamodb: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'],
  sqs: ['kms:Decrypt', 'kms:GenerateDataKey'],
  s3: ['kms:Decrypt', 'kms:GenerateDataKey'],
} as const;

/** Accounts in which TEAM assigns nothing, whoever asks: the management account, its own, and those that the environment protects. */
export function protectedAccounts({ environment: { accounts } }: Pick<Scope, 'environment'>): string[] {
  return [...new Set([accounts.management, accounts.team, ...accounts.protected])].sort();
}

/** The identity policy of one function: what its own calls need, what AWS needs on its behalf, and what it must never do. */
export function functionStatements(definition: FunctionManifest, scope: Scope, onBehalf: OnBehalf): PolicyStatement[] {
  const actions = actionsOf(definition, scope.environment.activity.source);
  return [...ownCalls(definition, actions, scope, onBehalf.roleArn), ...callsOnBehalf(actions, scope, onBehalf), ...never(actions, scope)];
}

/** One statement for all actions that are for the same resources. */
function ownCalls(definition: FunctionManifest, actions: readonly string[], scope: Scope, roleArn: string): PolicyStatement[] {
  const byResources = new Map<string, { actions: string[]; resources: readonly string[] }>();
  for (const action of [...new Set(actions)].sort()) {
    const resources = resourcesOf(action, scopeOf(action, definition, scope));
    const key = `${conditional.has(action) ? action : ''}|${resources.join('|')}`;
    const group = byResources.get(key) ?? { actions: [], resources };
    group.actions.push(action);
    byResources.set(key, group);
  }
  return [...byResources.values()].map((group) => allow(sidOf(group.actions), group.actions, group.resources, conditionsOf(group.actions, definition, scope, roleArn)));
}

/** Actions that are allowed on conditions of their own. */
const conditional: ReadonlySet<string> = new Set(['events:PutEvents', 'dynamodb:UpdateItem']);

function conditionsOf(actions: readonly string[], { emits, updates }: FunctionManifest, scope: Scope, roleArn: string): Conditions {
  if (actions.includes('events:PutEvents')) return whatIsSaid(emits !== undefined, scope, roleArn);
  if (updates === undefined || !actions.includes('dynamodb:UpdateItem')) return {};
  return { 'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['pk', ...updates] } };
}

/** A service speaks under its own source, and says nothing but its own facts; an emitter, under its sources, and nothing but its intents. */
function whatIsSaid(isEmitter: boolean, { environment, manifest, names }: Scope, roleArn: string): Conditions {
  if (!isEmitter) return everyEntry(manifest.source, manifest.publishes.map(({ detailType }) => detailType));
  const { sources, detailTypes } = spokenBy(roleArn, emittersIn(environment, names));
  return everyEntry(sources, detailTypes);
}

function callsOnBehalf(actions: readonly string[], { environment, names }: Scope, { dataKeyArn, logGroupArn, triggerQueueArn }: OnBehalf): PolicyStatement[] {
  const { region, accounts } = environment;
  const functions = `arn:aws:lambda:${region}:${accounts.team}:function:*`;
  const via = (service: string) => ({ StringEquals: { 'kms:ViaService': `${service}.${region}.amazonaws.com` } });
  const secretKeyArn = clientSecretOf(environment, names).keyArn;
  const usesQueues = triggerQueueArn !== undefined || actions.some((action) => action.startsWith('sqs:'));
  const usesObjects = actions.some((action) => /^s3:\w+Object$/.test(action));
  return [
    // DynamoDB and SQS encrypt with the service's key, as the caller:
    // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
    ...(actions.some((action) => action.startsWith('dynamodb:')) ? [allow('DataKeyThroughTables', dataKeyActions.dynamodb, [dataKeyArn], via('dynamodb'))] : []),
    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
    ...(usesQueues ? [allow('DataKeyThroughQueues', dataKeyActions.sqs, [dataKeyArn], via('sqs'))] : []),
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html#require-sse-kms
    ...(usesObjects ? [allow('DataKeyThroughObjects', dataKeyActions.s3, [dataKeyArn], via('s3'))] : []),
    // Lambda decrypts the function's environment as the function: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
    allow('DataKeyForTheEnvironment', ['kms:Decrypt'], [dataKeyArn], { StringLike: { 'kms:EncryptionContext:aws:lambda:FunctionArn': functions } }),
    // The event source mapping reads the queue as the function: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
    ...(triggerQueueArn === undefined ? [] : [allow('Trigger', ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'], [triggerQueueArn])]),
    // https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
    ...(actions.includes('secretsmanager:GetSecretValue') && secretKeyArn !== undefined ? [allow('KeyOfTheSecret', ['kms:Decrypt'], [secretKeyArn], via('secretsmanager'))] : []),
    ...athenaOnBehalf(actions, environment),
    allow('Logs', ['logs:CreateLogStream', 'logs:PutLogEvents'], [`${logGroupArn}:log-stream:*`]),
    // No resource level: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html
    ...(environment.tracing ? [allow('Traces', ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], [everything])] : []),
  ];
}

/** What holds even where a policy that somebody adds later would allow it. */
function never(actions: readonly string[], scope: Scope): PolicyStatement[] {
  if (!actions.includes('sso:CreateAccountAssignment')) return [];
  const resources = protectedAccounts(scope).map((account) => `arn:aws:sso:::account/${account}`);
  return [new PolicyStatement({ sid: 'NeverInProtectedAccounts', effect: Effect.DENY, actions: ['sso:CreateAccountAssignment'], resources })];
}

/** Names a statement after its first action: `dynamodb:GetItem` → `DynamodbGetItem`. */
function sidOf([first = '']: readonly string[]): string {
  const [service = '', action = ''] = first.split(':');
  return `${service.charAt(0).toUpperCase()}${service.slice(1)}${action}`;
}
