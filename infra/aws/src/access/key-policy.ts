import { PolicyDocument, type PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Names } from '../names.ts';
import type { Environment } from '../environment/schema.ts';
import { dataKeyActions } from './function-role.ts';
import { allowAccount, allowService, denyOthers, onlyRoles } from './statements.ts';

/** Managing a key, without using it. The account's IAM policies and the service control policy say who may. */
const manage = [
  'kms:CancelKeyDeletion',
  'kms:CreateAlias',
  'kms:DeleteAlias',
  'kms:DescribeKey',
  'kms:DisableKey',
  'kms:DisableKeyRotation',
  'kms:EnableKey',
  'kms:EnableKeyRotation',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListGrants',
  'kms:ListKeyPolicies',
  'kms:ListResourceTags',
  'kms:PutKeyPolicy',
  'kms:RevokeGrant',
  'kms:ScheduleKeyDeletion',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateAlias',
  'kms:UpdateKeyDescription',
] as const;
/** What encrypting a table or a function's environment with a key takes of whoever deploys it. */
const deploy = ['kms:CreateGrant', 'kms:Encrypt', 'kms:GenerateDataKey'] as const;

/** A key policy's resource is the key it is attached to: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html */
const thisKey = ['*'];
const accountArn = ({ accounts }: Environment): string => `arn:aws:iam::${accounts.team}:root`;

const managedByAccount = (environment: Environment): PolicyStatement => allowAccount('ManagedByTheAccount', accountArn(environment), manage, thisKey);

/** A key that evidence is signed with: these roles sign, those verify, nobody else does either. */
export function signingKeyPolicy(environment: Environment, signers: readonly string[], verifiers: readonly string[]): PolicyDocument {
  const account = accountArn(environment);
  return new PolicyDocument({
    statements: [
      managedByAccount(environment),
      allowAccount('Signs', account, ['kms:Sign'], thisKey, onlyRoles(signers)),
      denyOthers('NobodyElseSigns', ['kms:Sign'], signers, thisKey),
      allowAccount('Verifies', account, ['kms:GetPublicKey'], thisKey, onlyRoles([...new Set([...signers, ...verifiers])])),
    ],
  });
}

/** The key that all data of a service is encrypted with: its functions and operators use it, and AWS on their behalf. */
export function dataKeyPolicy(environment: Environment, names: Names, service: string, roles: readonly string[]): PolicyDocument {
  const { region, accounts } = environment;
  const account = accountArn(environment);
  const users = [...roles, ...environment.roles.operators];
  const ofThisAccount = { StringEquals: { 'aws:SourceAccount': accounts.team } };
  const logs = names.arn('logs', `log-group:/aws/lambda/${names.prefix}-${service}-*`);
  return new PolicyDocument({
    statements: [
      managedByAccount(environment),
      allowAccount('Deploys', account, deploy, thisKey, onlyRolesOrCloudFormation(environment)),
      // DynamoDB tries a table's key as whoever makes the table; items stay closed to them by the table's own policy:
      // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
      allowAccount('DeploysTables', account, dataKeyActions.dynamodb, thisKey, {
        ...onlyRolesOrCloudFormation(environment),
        StringEquals: { 'kms:ViaService': `dynamodb.${region}.amazonaws.com` },
      }),
      allowAccount('Uses', account, dataKeyActions.dynamodb, thisKey, onlyRoles(users)),
      // EventBridge writes into the service's queues: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
      allowService('EventsReachItsQueues', 'events.amazonaws.com', dataKeyActions.sqs, thisKey, ofThisAccount),
      // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
      allowService('ItsLogs', `logs.${region}.amazonaws.com`, dataKeyActions.dynamodb, thisKey, { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logs } }),
    ],
  });
}

/** Whoever deploys does it through CloudFormation, whose role the bootstrap makes: its name is the bootstrap's. */
export const deployers = ({ region, accounts, roles }: Environment): string[] => [roles.deploy, `arn:aws:iam::${accounts.team}:role/cdk-*-cfn-exec-role-${accounts.team}-${region}`];

const onlyRolesOrCloudFormation = (environment: Environment): Record<string, Record<string, string[]>> => ({ ArnLike: { 'aws:PrincipalArn': deployers(environment) } });

/** The key of the bus, its archive and its dead letters. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-key-policy.html */
export function busKeyPolicy(environment: Environment, names: Names): PolicyDocument {
  const { accounts } = environment;
  const archive = names.arn('events', `archive/${names.prefix}`);
  return new PolicyDocument({
    statements: [
      managedByAccount(environment),
      // The handler of an encrypted bus asks for Decrypt, too: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-key-policy.html
      allowAccount('Deploys', accountArn(environment), [...deploy, 'kms:Decrypt'], thisKey, onlyRolesOrCloudFormation(environment)),
      allowAccount('Operates', accountArn(environment), dataKeyActions.sqs, thisKey, onlyRoles([...environment.roles.operators, environment.roles.breakGlass])),
      allowService('TheBus', 'events.amazonaws.com', ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'], thisKey, { StringEquals: { 'aws:SourceAccount': accounts.team }, ArnLike: { 'aws:SourceArn': [names.busArn, archive, names.ruleArn('*')] } }),
      allowService('ItsDeadLetters', 'events.amazonaws.com', dataKeyActions.sqs, thisKey, { StringEquals: { 'aws:SourceAccount': accounts.team } }),
    ],
  });
}

/** The key of the alarm topic, to which CloudWatch and EventBridge write. */
export function alarmKeyPolicy(environment: Environment): PolicyDocument {
  const ofThisAccount = { StringEquals: { 'aws:SourceAccount': environment.accounts.team } };
  return new PolicyDocument({
    statements: [
      managedByAccount(environment),
      allowAccount('Deploys', accountArn(environment), deploy, thisKey, onlyRolesOrCloudFormation(environment)),
      // What could not be told lies in a queue under this key, and operators put it back.
      allowAccount('Operates', accountArn(environment), dataKeyActions.sqs, thisKey, onlyRoles(environment.roles.operators)),
      allowService('Alarms', 'cloudwatch.amazonaws.com', dataKeyActions.sqs, thisKey, ofThisAccount),
      allowService('Events', 'events.amazonaws.com', dataKeyActions.sqs, thisKey, ofThisAccount),
    ],
  });
}

/** The key of a log that nothing else is encrypted with. */
export function logKeyPolicy(environment: Environment, logGroupArn: string): PolicyDocument {
  return new PolicyDocument({
    statements: [
      managedByAccount(environment),
      allowService('ItsLogs', `logs.${environment.region}.amazonaws.com`, dataKeyActions.dynamodb, thisKey, { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logGroupArn } }),
    ],
  });
}

/**
 * The key of what is delivered to a SIEM: bucket, stream, log and dead letters. `writers` write what is delivered; `readers`, also of other
 * accounts, read it.
 */
export function siemKeyPolicy(environment: Environment, logGroupArn: string, writers: readonly string[], readers: readonly string[]): PolicyDocument {
  const account = accountArn(environment);
  const others = [...new Set(readers.map((role) => `arn:aws:iam::${role.split(':')[4] ?? ''}:root`))];
  return new PolicyDocument({
    statements: [
      managedByAccount(environment),
      allowAccount('Deploys', account, deploy, thisKey, onlyRolesOrCloudFormation(environment)),
      allowAccount('Operates', account, dataKeyActions.sqs, thisKey, onlyRoles(environment.roles.operators)),
      ...(writers.length === 0 ? [] : [allowAccount('Delivers', account, dataKeyActions.sqs, thisKey, onlyRoles(writers))]),
      ...others.map((other, i) => allowAccount(`Reads${i}`, other, ['kms:Decrypt'], thisKey, onlyRoles(readers))),
      allowService('ItsDeadLetters', 'events.amazonaws.com', dataKeyActions.sqs, thisKey, { StringEquals: { 'aws:SourceAccount': environment.accounts.team } }),
      allowService('ItsLogs', `logs.${environment.region}.amazonaws.com`, dataKeyActions.dynamodb, thisKey, { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logGroupArn } }),
    ],
  });
}
