import path from 'node:path';
import * as z from 'zod';
import { loadEnvironment } from '../src/environment/load.ts';
import type { Environment } from '../src/environment/schema.ts';
import { oncePerRun } from './once-per-run.ts';

const json: z.ZodType<Json> = z.lazy(() => z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(json), z.record(z.string(), json)]));
type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
const resource = z.object({ Type: z.string(), Properties: z.record(z.string(), json).default({}), DeletionPolicy: z.string().optional() });
const template = z.looseObject({ Resources: z.record(z.string(), resource.loose()) });

/** A resource as its stack's template has it. */
export interface Resource extends z.infer<typeof resource> {
  readonly stack: string;
  readonly id: string;
}

export const example: Environment = loadEnvironment('example');

/** The example with one place of each kind to which what is recorded is delivered. */
export const withSiem: Environment = {
  ...example,
  siem: [
    { kind: 'firehose-s3', name: 'lake', keptDays: 400, readers: ['arn:aws:iam::777788889999:role/security-lake-reader'] },
    { kind: 'firehose-splunk', name: 'splunk', endpoint: 'https://hec.example.com:443', secretArn: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:splunk-hec-AbCdEf', secretKeyArn: 'arn:aws:kms:eu-central-1:111122223333:key/11111111-2222-3333-4444-555555555555', keptDays: 90, readers: [] },
    { kind: 'api-destination', name: 'soc', endpoint: 'https://siem.example.com/events', headerName: 'Authorization', secretArn: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:soc-AbCdEf', secretKeyArn: 'arn:aws:kms:eu-central-1:111122223333:key/11111111-2222-3333-4444-666666666666', callsPerSecond: 50 },
  ],
};

const stacks = z.array(z.object({ stackName: z.string(), template }));
const program = path.join(import.meta.dirname, 'make-stacks.ts');

/** The stacks of an environment, in the order in which they are made; every function has the same code. */
export const stacksOf = (environment: Environment): z.infer<typeof stacks> => stacks.parse(oncePerRun(program, environment));

/** What is deployed of an environment. */
export function deployedOf(environment: Environment): Resource[] {
  return stacksOf(environment).flatMap(({ stackName, template: { Resources } }) => Object.entries(Resources).map(([id, one]) => ({ ...one, stack: stackName, id })));
}

export const ofType = (resources: readonly Resource[], type: string): Resource[] => resources.filter(({ Type }) => Type === type);

/** What a path of properties leads to; undefined where it leads nowhere. */
export function at(value: Json | undefined, ...steps: (string | number)[]): Json | undefined {
  let here = value;
  for (const step of steps) {
    if (Array.isArray(here)) here = here[Number(step)];
    else if (typeof here === 'object' && here !== null) here = here[String(step)];
    else return undefined;
  }
  return here;
}
export const property = ({ Properties }: Resource, ...steps: (string | number)[]): Json | undefined => at(Properties, ...steps);
export const listOf = (value: Json | undefined): Json[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

/** Name by which AWS knows a resource, for every type that has one. */
export function physicalName(one: Resource): string | undefined {
  const field = nameFields[one.Type];
  const name = field === undefined ? undefined : property(one, field);
  return typeof name === 'string' ? name : undefined;
}
export const nameFields: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::RestApi': 'Name',
  'AWS::Cognito::UserPool': 'UserPoolName',
  'AWS::SecretsManager::Secret': 'Name',
  'AWS::WAFv2::WebACL': 'Name',
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::CloudWatch::Dashboard': 'DashboardName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::EventSchemas::Registry': 'RegistryName',
  'AWS::Events::ApiDestination': 'Name',
  'AWS::Events::Archive': 'ArchiveName',
  'AWS::Events::Connection': 'Name',
  'AWS::Events::EventBus': 'Name',
  'AWS::Events::Rule': 'Name',
  'AWS::IAM::Role': 'RoleName',
  'AWS::KMS::Alias': 'AliasName',
  'AWS::KinesisFirehose::DeliveryStream': 'DeliveryStreamName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::Logs::MetricFilter': 'FilterName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
};

/** Statements of a policy document. */
export const statementsOf = (document: Json | undefined): Json[] => listOf(at(document, 'Statement'));
/** Every statement of an identity policy, with its role. */
export const roleStatements = (resources: readonly Resource[]): { role: Resource; statement: Json }[] =>
  ofType(resources, 'AWS::IAM::Role').flatMap((role) =>
    listOf(property(role, 'Policies')).flatMap((policy) => statementsOf(at(policy, 'PolicyDocument')).map((statement) => ({ role, statement }))),
  );
export const textsOf = (value: Json | undefined): string[] => listOf(value).map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
