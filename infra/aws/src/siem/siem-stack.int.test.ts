import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { problemsOfAllow } from '../../test/authorization-data.ts';
import { at, deployedOf, example, listOf, ofType, physicalName, property, roleStatements, stacksOf, statementsOf, textsOf, withSiem, type Resource } from '../../test/templates.ts';
import { synthesize } from '../synthesize.ts';

const patienceMs = 300_000;
let deployed: Resource[] = [];
beforeAll(() => {
  deployed = deployedOf(withSiem).filter(({ stack }) => stack.includes('-siem-'));
}, patienceMs);

const of = (name: string): Resource[] => deployed.filter(({ stack }) => stack === `team-example-siem-${name}`);
const one = (name: string, type: string): Resource => {
  const [found, ...more] = ofType(of(name), type);
  if (found === undefined || more.length > 0) throw new Error(`${name} has ${more.length} more of ${type}`);
  return found;
};

it('is nothing where the environment says nothing, and a stack for each place where it does; the other stacks are as they were', () => {
  const others = (environment: typeof example): string => JSON.stringify(deployedOf(environment).filter(({ stack }) => !stack.includes('-siem-')));
  expect(stacksOf(example).filter(({ stackName }) => stackName.includes('siem'))).toEqual([]);
  expect([...new Set(deployed.map(({ stack }) => stack))]).toEqual(['team-example-siem-lake', 'team-example-siem-soc', 'team-example-siem-splunk']);
  expect(others(withSiem)).toBe(others(example));
  expect(JSON.stringify(deployed)).not.toContain('Fn::ImportValue');
}, patienceMs);

it('brings what the audit service recorded, and nothing else, as the OCSF object, and lays down what it cannot bring', () => {
  for (const name of ['lake', 'splunk', 'soc']) {
    const rule = one(name, 'AWS::Events::Rule');
    expect(property(rule, 'EventPattern')).toEqual({ account: ['111122223333'], source: ['team.audit'], 'detail-type': ['AuditRecorded.v1'] });
    const [target] = listOf(property(rule, 'Targets'));
    expect(at(target, 'InputPath')).toBe('$.detail.data.ocsf');
    const queue = one(name, 'AWS::SQS::Queue');
    expect(at(target, 'DeadLetterConfig', 'Arn')).toEqual({ 'Fn::GetAtt': [queue.id, 'Arn'] });
    expect(property(queue, 'MessageRetentionPeriod')).toBe(1_209_600);
  }
});

it('keeps what is delivered closed, encrypted with a key of its own, logged, for as long as was said, and when the stack goes', () => {
  for (const [name, days] of [['lake', 400], ['splunk', 90]] as const) {
    const buckets = ofType(of(name), 'AWS::S3::Bucket');
    expect(buckets.map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(['Retain', 'Retain']);
    for (const bucket of buckets) {
      expect(property(bucket, 'PublicAccessBlockConfiguration')).toEqual({ BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true });
    }
    const data = buckets.find((bucket) => physicalName(bucket) === `team-example-siem-${name}-111122223333`);
    const key = one(name, 'AWS::KMS::Key');
    expect(data && property(data, 'BucketEncryption', 'ServerSideEncryptionConfiguration', 0, 'ServerSideEncryptionByDefault')).toEqual({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: { 'Fn::GetAtt': [key.id, 'Arn'] } });
    expect(data && property(data, 'LoggingConfiguration', 'DestinationBucketName')).toBe(`team-example-siem-${name}-111122223333-logs`);
    expect(data && property(data, 'LifecycleConfiguration', 'Rules', 0)).toMatchObject({ ExpirationInDays: days, NoncurrentVersionExpiration: { NoncurrentDays: days }, Status: 'Enabled' });
    const policies = ofType(of(name), 'AWS::S3::BucketPolicy').flatMap((policy) => statementsOf(property(policy, 'PolicyDocument')));
    const plain = policies.filter((statement) => at(statement, 'Effect') === 'Deny' && at(statement, 'Condition', 'Bool', 'aws:SecureTransport') === 'false' && at(statement, 'Action') === 's3:*');
    expect(plain.length).toBe(2);
    const stream = one(name, 'AWS::KinesisFirehose::DeliveryStream');
    expect(property(stream, 'DeliveryStreamEncryptionConfigurationInput')).toEqual({ KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: { 'Fn::GetAtt': [key.id, 'Arn'] } });
  }
});

it('lets nobody read what is delivered but whom the environment names', () => {
  const allows = (name: string) => ofType(of(name), 'AWS::S3::BucketPolicy').flatMap((policy) => statementsOf(property(policy, 'PolicyDocument'))).filter((statement) => at(statement, 'Effect') === 'Allow');
  expect(allows('lake').map((statement) => [textsOf(at(statement, 'Action')).join(), at(statement, 'Condition', 'ArnEquals', 'aws:PrincipalArn') ?? null])).toEqual([
    ['s3:PutObject', null],
    ['s3:ListBucket', ['arn:aws:iam::777788889999:role/security-lake-reader']],
    ['s3:GetObject', ['arn:aws:iam::777788889999:role/security-lake-reader']],
  ]);
  expect(allows('splunk').map((statement) => at(statement, 'Principal'))).toEqual([{ Service: 'logging.s3.amazonaws.com' }]);
});

it('writes lines of JSON for a lake; for Splunk takes the token from its secret, and keeps what Splunk does not take', () => {
  expect(property(one('lake', 'AWS::KinesisFirehose::DeliveryStream'), 'ExtendedS3DestinationConfiguration', 'ProcessingConfiguration')).toEqual({ Enabled: true, Processors: [{ Type: 'AppendDelimiterToRecord', Parameters: [{ ParameterName: 'Delimiter', ParameterValue: '\\n' }] }] });
  const splunk = property(one('splunk', 'AWS::KinesisFirehose::DeliveryStream'), 'SplunkDestinationConfiguration');
  expect(splunk).toMatchObject({ HECEndpoint: 'https://hec.example.com:443', S3BackupMode: 'FailedEventsOnly', SecretsManagerConfiguration: { Enabled: true, SecretARN: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:splunk-hec-AbCdEf' } });
  expect(splunk).not.toHaveProperty('HECToken');
});

it('calls an endpoint with what a secret holds, which no template has', () => {
  expect(property(one('soc', 'AWS::Events::Connection'), 'AuthParameters', 'ApiKeyAuthParameters')).toEqual({ ApiKeyName: 'Authorization', ApiKeyValue: '{{resolve:secretsmanager:arn:aws:secretsmanager:eu-central-1:111122223333:secret:soc-AbCdEf:SecretString:apiKey::}}' });
  expect(property(one('soc', 'AWS::Events::ApiDestination'), 'InvocationEndpoint')).toBe('https://siem.example.com/events');
  const [target] = listOf(property(one('soc', 'AWS::Events::Rule'), 'Targets'));
  expect(at(target, 'RetryPolicy', 'MaximumEventAgeInSeconds')).toBe(3_600);
});

it('has roles that may what they must, one by one, on what is their own', async () => {
  const statements = roleStatements(deployed);
  const problems: string[] = [];
  for (const { role, statement } of statements) {
    const [actions, resources] = [textsOf(at(statement, 'Action')), textsOf(at(statement, 'Resource'))];
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
    expect(resources.filter((resource) => resource.includes('*') && !/^arn:aws:s3:::team-example-siem-(lake|splunk)-111122223333\/\*$/.test(resource))).toEqual([]);
    problems.push(...(await problemsOfAllow({ of: physicalName(role) ?? '', actions, resources, conditionKeys: [] })));
  }
  expect(problems).toEqual([]);
  const may = Object.fromEntries([...Map.groupBy(statements, ({ role }) => physicalName(role) ?? '')].map(([name, its]) => [name, its.flatMap(({ statement }) => textsOf(at(statement, 'Action'))).toSorted()]));
  const delivers = ['kms:Decrypt', 'kms:GenerateDataKey', 'logs:PutLogEvents', 's3:AbortMultipartUpload', 's3:GetBucketLocation', 's3:GetObject', 's3:ListBucket', 's3:ListBucketMultipartUploads', 's3:PutObject'];
  const brings = ['firehose:PutRecord', 'firehose:PutRecordBatch'];
  expect(may).toEqual({
    'team-example-siem-lake-delivery': delivers,
    'team-example-siem-lake-events': brings,
    'team-example-siem-splunk-delivery': [...delivers, 'kms:Decrypt', 'secretsmanager:GetSecretValue'].toSorted(),
    'team-example-siem-splunk-events': brings,
    'team-example-siem-soc-events': ['events:InvokeApiDestination'],
  });
  for (const role of ofType(deployed, 'AWS::IAM::Role')) {
    const [trust] = statementsOf(property(role, 'AssumeRolePolicyDocument'));
    expect(at(trust, 'Condition', 'StringEquals', 'aws:SourceAccount')).toBe('111122223333');
    expect(JSON.stringify(at(trust, 'Condition'))).toContain('aws:SourceArn');
  }
}, patienceMs);

it('tells the alarm topic when something is not delivered, or late', () => {
  const alarms = ofType(deployed, 'AWS::CloudWatch::Alarm');
  expect(alarms.map((alarm) => [physicalName(alarm)?.replace('team-example-', ''), property(alarm, 'MetricName'), property(alarm, 'ComparisonOperator')])).toEqual([
    ['laid-down-siem-lake', 'ApproximateNumberOfMessagesVisible', 'GreaterThanThreshold'],
    ['undelivered-siem-lake', 'InvocationsFailedToBeSentToDlq', 'GreaterThanThreshold'],
    ['late-siem-lake', 'DeliveryToS3.DataFreshness', 'GreaterThanThreshold'],
    ['refused-siem-lake', 'DeliveryToS3.Success', 'LessThanThreshold'],
    ['laid-down-siem-soc', 'ApproximateNumberOfMessagesVisible', 'GreaterThanThreshold'],
    ['undelivered-siem-soc', 'InvocationsFailedToBeSentToDlq', 'GreaterThanThreshold'],
    ['laid-down-siem-splunk', 'ApproximateNumberOfMessagesVisible', 'GreaterThanThreshold'],
    ['undelivered-siem-splunk', 'InvocationsFailedToBeSentToDlq', 'GreaterThanThreshold'],
    ['late-siem-splunk', 'DeliveryToSplunk.DataFreshness', 'GreaterThanThreshold'],
    ['refused-siem-splunk', 'DeliveryToSplunk.Success', 'LessThanThreshold'],
  ]);
  expect(alarms.filter((alarm) => JSON.stringify(property(alarm, 'AlarmActions')) !== '["arn:aws:sns:eu-central-1:111122223333:team-example-alarms"]')).toEqual([]);
  expect(alarms.filter((alarm) => property(alarm, 'TreatMissingData') !== 'notBreaching')).toEqual([]);
});

it('fits with the longest names', () => {
  const longest = { ...withSiem, name: 'a-name-of-16-let', siem: withSiem.siem.map((sink, i) => ({ ...sink, name: `ten-let-n${i}` })) };
  const names = deployedOf(longest).filter(({ stack }) => stack.includes('-siem-'));
  expect(ofType(names, 'AWS::S3::Bucket').map((bucket) => physicalName(bucket)?.length ?? 0).filter((length) => length > 63)).toEqual([]);
  expect(ofType(names, 'AWS::IAM::Role').map((role) => physicalName(role)?.length ?? 0).filter((length) => length > 64)).toEqual([]);
}, patienceMs);

it('passes the checks of cdk-nag', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'team-siem-'));
  try {
    const { stacks } = await synthesize(withSiem, folder);
    expect(stacks.map(({ stackName }) => stackName).filter((name) => name.includes('siem'))).toHaveLength(3);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, patienceMs);
