import type { Authorization, Context } from '../../infra/local/src/authorization/index.ts';
import type { DeployedPolicies, Trigger } from './deployed-policies.ts';

/** What using something encrypted takes of its key, by the action that uses it. */
const ofKey: readonly { readonly action: RegExp; readonly service: string; readonly needs: readonly string[] }[] = [
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
  { action: /^dynamodb:(?:Get|Put|Update|Delete|Query|Scan|BatchGet|BatchWrite)/, service: 'dynamodb', needs: ['kms:Decrypt'] },
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
  { action: /^sqs:SendMessage$/, service: 'sqs', needs: ['kms:Decrypt', 'kms:GenerateDataKey'] },
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html#require-sse-kms
  { action: /^s3:PutObject$/, service: 's3', needs: ['kms:GenerateDataKey'] },
  { action: /^s3:GetObject$/, service: 's3', needs: ['kms:Decrypt'] },
  { action: /^sqs:ReceiveMessage$/, service: 'sqs', needs: ['kms:Decrypt'] },
];

/** What a resource is part of: an index, of its table; an object, of its bucket. */
export const wholeOf = (resource: string): string => resource.replace(/\/index\/[^/]+$/, '').replace(/^(arn:aws:s3:::[^/]+)\/.*$/s, '$1');

/** What AWS asks of the caller beside, because what the call uses is encrypted with a key of ours: the service uses it as the caller. */
export function encryptionNeeds({ encryption, keys }: DeployedPolicies, { action, resource, owner, context }: Authorization): Authorization[] {
  const key = encryption[wholeOf(resource)];
  const use = ofKey.find((one) => one.action.test(action));
  if (key === undefined || use === undefined) return [];
  const aliases = Object.entries(keys).flatMap(([alias, arn]) => (arn === key ? [alias.slice(alias.indexOf(':alias/') + 1)] : []));
  const [, , , region = '', account = ''] = key.split(':');
  const byService = context['aws:PrincipalIsAWSService'] === 'true';
  const { 'events:source': _source, 'events:detail-type': _detailType, 's3:TlsVersion': _tlsVersion, 's3:prefix': _prefix, 'dynamodb:Attributes': _attributes, ...global } = context;
  const through: Context = byService ? {} : { 'kms:ViaService': `${use.service}.${region}.amazonaws.com`, 'kms:CallerAccount': account };
  return use.needs.map((need) => ({ action: need, resource: key, owner, context: { ...global, ...through, 'kms:ResourceAliases': aliases } }));
}

/** What a trigger has to be allowed, keys of encrypted queues included. */
export function triggerNeeds(deployed: DeployedPolicies, trigger: Trigger): Authorization[] {
  const { queueArn } = trigger;
  const owner = queueArn.split(':')[4] ?? '';
  const of = (actions: readonly string[], context: Context): Authorization[] => {
    const needs = actions.map((action) => ({ action, resource: queueArn, owner, context: { 'aws:SecureTransport': 'true', ...context } }));
    return needs.flatMap((need) => [need, ...encryptionNeeds(deployed, need)]);
  };
  if (trigger.kind === 'mapping') {
    // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html#events-sqs-permissions
    const context = { 'aws:PrincipalArn': trigger.roleArn, 'aws:PrincipalAccount': owner, 'aws:PrincipalIsAWSService': 'false' };
    return of(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], context);
  }
  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sqs-permissions
  return of(['sqs:SendMessage'], { 'aws:SourceArn': trigger.ruleArn, 'aws:SourceAccount': owner, 'aws:PrincipalIsAWSService': 'true' });
}
