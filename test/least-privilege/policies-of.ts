import * as z from 'zod';
import type { DeployedPolicies, PolicyDocument, Trigger } from './deployed-policies.ts';
import { stacksOf, type Stack, type StackTemplate } from '../aws/stacks.ts';

const values = z.union([z.string(), z.array(z.string())]);
const principals = z.record(z.string(), values);
const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: values.optional(),
  NotAction: values.optional(),
  Resource: values.optional(),
  NotResource: values.optional(),
  Principal: z.union([z.literal('*'), principals]).optional(),
  NotPrincipal: principals.optional(),
  Condition: z.record(z.string(), z.record(z.string(), z.union([values, z.number().transform(String)]))).optional(),
});
const document = z
  .object({ Version: z.literal('2012-10-17'), Statement: z.union([z.array(statement), statement.transform((one) => [one])]) })
  .transform((parsed): PolicyDocument => parsed as PolicyDocument);
const named = z.object({ PolicyDocument: document });
const arn = z.string().startsWith('arn:');

/** What is gathered while resources are read. */
interface Found {
  readonly functionRoles: Record<string, string>;
  readonly roles: Record<string, PolicyDocument[]>;
  readonly resources: Record<string, PolicyDocument>;
  readonly keys: Record<string, string>;
  readonly encryption: Record<string, string>;
  readonly triggers: Trigger[];
}
type Reader = (properties: Readonly<Record<string, unknown>>, self: { readonly arn: () => string; readonly stack: Stack }, found: Found) => void;

const attach = (found: Found, roleArn: string, ...policies: PolicyDocument[]): void => {
  (found.roles[roleArn] ??= []).push(...policies);
};
const roleNamed = (name: string, account: string): string => `arn:aws:iam::${account}:role/${name}`;
const accountOf = (anArn: string): string => anArn.split(':')[4] ?? '';

const attachToRoles: Reader = (properties, { stack, arn: selfArn }, found) => {
  const { Roles, PolicyDocument: policy } = z.object({ Roles: z.array(z.string()), PolicyDocument: document }).parse(properties);
  const roleIds = Object.entries(stack.resources).filter(([, { Type }]) => Type === 'AWS::IAM::Role');
  const account = accountOf(roleIds[0] === undefined ? selfArn() : stack.arnOf(roleIds[0][0]));
  for (const name of Roles) attach(found, roleNamed(name, account), policy);
};

const table: Reader = (properties, { arn: selfArn }, found) => {
  const { ResourcePolicy, SSESpecification: { KMSMasterKeyId } = {} } = z
    .object({ ResourcePolicy: named.optional(), SSESpecification: z.object({ KMSMasterKeyId: z.string().optional() }).optional() })
    .parse(properties);
  if (ResourcePolicy !== undefined) found.resources[selfArn()] = ResourcePolicy.PolicyDocument;
  if (KMSMasterKeyId !== undefined) found.encryption[selfArn()] = arn.parse(KMSMasterKeyId);
};

const readers: Readonly<Record<string, Reader>> = {
  'AWS::Lambda::Function'(properties, _self, found) {
    const { FunctionName, Role } = z.object({ FunctionName: z.string(), Role: arn }).parse(properties);
    found.functionRoles[FunctionName] = Role;
  },
  'AWS::IAM::Role'(properties, { arn: selfArn }, found) {
    const { Policies, ManagedPolicyArns } = z.object({ Policies: z.array(named).default([]), ManagedPolicyArns: z.array(z.string()).default([]) }).parse(properties);
    for (const one of ManagedPolicyArns) if (one.includes(':iam::aws:')) throw new Error(`${selfArn()} has ${one}, whose statements are AWS's and not known here`);
    attach(found, selfArn(), ...Policies.map((one) => one.PolicyDocument));
  },
  'AWS::IAM::Policy': attachToRoles,
  'AWS::IAM::ManagedPolicy': attachToRoles,
  'AWS::Events::EventBus'(properties, { arn: selfArn }, found) {
    const { Policy, KmsKeyIdentifier } = z.object({ Policy: document.optional(), KmsKeyIdentifier: arn.optional() }).parse(properties);
    if (Policy !== undefined) found.resources[selfArn()] = Policy;
    if (KmsKeyIdentifier !== undefined) found.encryption[selfArn()] = KmsKeyIdentifier;
  },
  'AWS::SQS::QueuePolicy'(properties, { stack }, found) {
    const { Queues, PolicyDocument: policy } = z.object({ Queues: z.array(z.string()), PolicyDocument: document }).parse(properties);
    for (const [id, { Type, Properties }] of Object.entries(stack.resources)) {
      if (Type === 'AWS::SQS::Queue' && Queues.includes(String(stack.resolve(Properties['QueueName'])))) found.resources[stack.arnOf(id)] = policy;
    }
  },
  'AWS::SQS::Queue'(properties, { arn: selfArn }, found) {
    const { KmsMasterKeyId } = z.object({ KmsMasterKeyId: arn.optional() }).parse(properties);
    if (KmsMasterKeyId !== undefined) found.encryption[selfArn()] = KmsMasterKeyId;
  },
  'AWS::S3::Bucket'(properties, { arn: selfArn }, found) {
    const rule = z.object({ ServerSideEncryptionByDefault: z.object({ KMSMasterKeyID: arn.optional() }) });
    const { BucketEncryption } = z.object({ BucketEncryption: z.object({ ServerSideEncryptionConfiguration: z.array(rule) }) }).parse(properties);
    for (const { ServerSideEncryptionByDefault: { KMSMasterKeyID } } of BucketEncryption.ServerSideEncryptionConfiguration) if (KMSMasterKeyID !== undefined) found.encryption[selfArn()] = KMSMasterKeyID;
  },
  'AWS::S3::BucketPolicy'(properties, _self, found) {
    const { Bucket, PolicyDocument: policy } = z.object({ Bucket: z.string(), PolicyDocument: document }).parse(properties);
    found.resources[`arn:aws:s3:::${Bucket}`] = policy;
  },
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::KMS::Key'(properties, { arn: selfArn }, found) {
    found.resources[selfArn()] = z.object({ KeyPolicy: document }).parse(properties).KeyPolicy;
  },
  'AWS::KMS::Alias'(properties, _self, found) {
    const { AliasName, TargetKeyId } = z.object({ AliasName: z.string(), TargetKeyId: arn }).parse(properties);
    found.keys[TargetKeyId.replace(/:key\/.*$/, `:${AliasName}`)] = TargetKeyId;
  },
  'AWS::Events::Rule'(properties, _self, found) {
    const target = z.object({ Arn: z.string(), DeadLetterConfig: z.object({ Arn: z.string() }).optional() });
    const { Name, EventBusName, Targets } = z.object({ Name: z.string(), EventBusName: z.string().optional(), Targets: z.array(target) }).parse(properties);
    for (const queueArn of Targets.flatMap(({ Arn, DeadLetterConfig }) => [Arn, ...(DeadLetterConfig === undefined ? [] : [DeadLetterConfig.Arn])])) {
      const [, , service, region, account] = queueArn.split(':');
      if (service !== 'sqs') continue;
      const rule = EventBusName === undefined ? Name : `${EventBusName}/${Name}`;
      found.triggers.push({ kind: 'rule', ruleArn: `arn:aws:events:${region ?? ''}:${account ?? ''}:rule/${rule}`, queueArn });
    }
  },
  'AWS::Lambda::EventSourceMapping'(properties, _self, found) {
    const { FunctionName, EventSourceArn } = z.object({ FunctionName: z.string(), EventSourceArn: arn }).parse(properties);
    const roleArn = found.functionRoles[FunctionName];
    if (roleArn === undefined) throw new Error(`a mapping invokes ${FunctionName}, which is no function`);
    found.triggers.push({ kind: 'mapping', roleArn, queueArn: EventSourceArn });
  },
};
/** Mappings name functions, so functions are read first. */
const order = [...Object.keys(readers)];

/**
 * Every policy in the synthesized templates of a deployment. Names and account are fixed in them; keys, whose ids AWS chooses, are named by
 * stack and logical id. Throws for an intrinsic function, a reference or a policy that it cannot read, by name.
 */
export function policiesOf(templates: readonly StackTemplate[]): DeployedPolicies {
  const found: Found = { functionRoles: {}, roles: {}, resources: {}, keys: {}, encryption: {}, triggers: [] };
  const stacks = stacksOf(templates);
  for (const type of order) {
    for (const stack of stacks) {
      for (const [id, { Type, Properties }] of Object.entries(stack.resources)) {
        if (Type === type) readers[type]?.(z.record(z.string(), z.unknown()).parse(stack.resolve(Properties)), { arn: () => stack.arnOf(id), stack }, found);
      }
    }
  }
  return found;
}
