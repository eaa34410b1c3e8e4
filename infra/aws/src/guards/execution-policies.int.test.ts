import { problemsOfAllow } from '../../test/authorization-data.ts';
import { evaluate } from '../../test/evaluate.ts';
import { deployedOf, example, ofType, physicalName, withSiem, type Resource } from '../../test/templates.ts';
import { namesOf } from '../names.ts';
import { bootstrapOf } from './bootstrap.ts';
import { lengthOf, maximumManagedPolicy, type Policy } from './document.ts';
import { executionPolicies } from './execution-policies.ts';
import { needsOf } from './resource-types.ts';

const patienceMs = 120_000;
const names = namesOf(example);
const deployment = { environment: withSiem, names };
let deployed: Resource[] = [];
let types: string[] = [];
let policies: Policy[] = [];
beforeAll(() => {
  deployed = deployedOf(withSiem);
  types = [...new Set(deployed.map(({ Type }) => Type))];
  policies = executionPolicies(types, deployment);
}, patienceMs);

const statements = () => policies.flatMap(({ Statement }) => Statement);
const actionsIn = (of: readonly Policy[]) => of.flatMap(({ Statement }) => Statement).flatMap((one) => ('Action' in one ? one.Action : []));
const allowed = () => actionsIn(policies);

describe('what CloudFormation may do', () => {
  it('is said for every type of resource that the templates have, and for no other', () => {
    expect(Object.keys(needsOf).toSorted()).toEqual(types.toSorted());
  });

  it('is refused for a type of which nobody has said what it needs', () => {
    expect(() => executionPolicies([...types, 'AWS::EC2::Instance'], deployment)).toThrow(/nobody has said what CloudFormation needs for AWS::EC2::Instance/);
  });

  it('names actions one by one, and only such as AWS knows, on resources and under conditions that they know', async () => {
    expect(allowed().filter((action) => action.includes('*'))).toEqual([]);
    const problems: string[] = [];
    for (const statement of statements()) {
      const conditionKeys = Object.values(statement.Condition ?? {}).flatMap((one) => Object.keys(one));
      const found = await problemsOfAllow({ of: statement.Sid, actions: 'Action' in statement ? statement.Action : [], resources: statement.Resource, conditionKeys });
      // AWS's list asks for both where either will do; our tables have no streams.
      problems.push(...found.filter((text) => !/dynamodb:.* lacks stream$/.test(text)));
    }
    expect(problems).toEqual([]);
  }, patienceMs);

  it('fits into managed policies, with the longest names too', () => {
    const environment = { ...withSiem, name: 'a-name-of-16-let', region: 'ap-southeast-3' };
    for (const policy of [...policies, ...executionPolicies(types, { environment, names: namesOf(environment) })]) expect(lengthOf(policy)).toBeLessThanOrEqual(maximumManagedPolicy);
  });

  it('covers every resource that has a name, and nothing of another deployment', async () => {
    const make: readonly (readonly [type: string, action: string, arn: (name: string) => string])[] = [
      ['AWS::DynamoDB::Table', 'dynamodb:CreateTable', (name) => names.arn('dynamodb', `table/${name}`)],
      ['AWS::Lambda::Function', 'lambda:CreateFunction', (name) => names.arn('lambda', `function:${name}`)],
      ['AWS::SQS::Queue', 'sqs:CreateQueue', names.queueArn],
      ['AWS::IAM::Role', 'iam:CreateRole', (name) => `arn:aws:iam::111122223333:role/${name}`],
      ['AWS::Logs::LogGroup', 'logs:CreateLogGroup', (name) => names.arn('logs', `log-group:${name}`)],
      ['AWS::CloudWatch::Alarm', 'cloudwatch:PutMetricAlarm', (name) => names.arn('cloudwatch', `alarm:${name}`)],
      ['AWS::KinesisFirehose::DeliveryStream', 'firehose:CreateDeliveryStream', (name) => names.arn('firehose', `deliverystream/${name}`)],
      ['AWS::S3::Bucket', 's3:CreateBucket', (name) => `arn:aws:s3:::${name}`],
      ['AWS::SNS::Topic', 'sns:CreateTopic', (name) => names.arn('sns', name)],
    ];
    const by = bootstrapOf(deployment).executionRoleArn;
    for (const [type, action, arn] of make) {
      const made = ofType(deployed, type).map((one) => physicalName(one) ?? '');
      const [first = ''] = made;
      for (const name of new Set([first, made.at(-1) ?? ''])) expect([name, await evaluate({ by, action, resource: arn(name) }, { identity: policies })]).toEqual([name, 'Allowed']);
      expect([type, await evaluate({ by, action, resource: arn(first.replace('team-example', 'team-other')) }, { identity: policies })]).toEqual([type, 'ImplicitlyDenied']);
    }
  }, patienceMs);

  it('gives roles to Lambda, and to what delivers to a SIEM, attaches no managed policy, and touches neither items nor Identity Center', async () => {
    const pass = (service: string, role: string) =>
      evaluate({ by: bootstrapOf(deployment).executionRoleArn, action: 'iam:PassRole', resource: `arn:aws:iam::111122223333:role/${role}`, context: { 'iam:PassedToService': service } }, { identity: policies });
    expect(await pass('lambda.amazonaws.com', 'team-example-request-inbox')).toBe('Allowed');
    expect(await pass('firehose.amazonaws.com', 'team-example-siem-lake-delivery')).toBe('Allowed');
    expect(await pass('events.amazonaws.com', 'team-example-siem-lake-events')).toBe('Allowed');
    expect(await pass('ec2.amazonaws.com', 'team-example-request-inbox')).toBe('ImplicitlyDenied');
    expect(await pass('lambda.amazonaws.com', 'administrator')).toBe('ImplicitlyDenied');
    expect(allowed().filter((action) => /^(sso|identitystore|organizations|sts):|AttachRole|:(Get|Put|Update|Delete|BatchWrite)Item$|^kms:Sign|^lambda:Invoke|^events:PutEvents|ReceiveMessage/.test(action))).toEqual([]);
  });

  it('gives nothing for a SIEM or a portal where there is none, and reads no secret but those that the environment names', async () => {
    const withoutSiem = executionPolicies([...new Set(deployedOf(example).map(({ Type }) => Type))], { environment: example, names });
    expect(actionsIn(withoutSiem).filter((action) => /^firehose:|^events:.*(Connection|ApiDestination)/.test(action))).toEqual([]);
    const { portal: _portal, ...without } = example;
    const withoutPortal = executionPolicies([...new Set(deployedOf(without).map(({ Type }) => Type))], { environment: without, names: namesOf(without) });
    expect(actionsIn(withoutPortal).filter((action) => /^(apigateway|cognito-idp|secretsmanager|wafv2):/.test(action))).toEqual([]);
    const read = (secret: string) => evaluate({ by: bootstrapOf(deployment).executionRoleArn, action: 'secretsmanager:GetSecretValue', resource: names.arn('secretsmanager', `secret:${secret}`) }, { identity: policies });
    expect([await read('soc-AbCdEf'), await read('events!connection/team-example-siem-soc/1-AbCdEf'), await read('splunk-hec-AbCdEf'), await read('other-AbCdEf'), await read('team-example-portal-client-AbCdEf')]).toEqual(['Allowed', 'Allowed', 'ImplicitlyDenied', 'ImplicitlyDenied', 'Allowed']);
  }, patienceMs);

  it('deletes nothing that templates retain', () => {
    const deletes: Readonly<Record<string, readonly string[]>> = {
      'AWS::Cognito::UserPool': ['cognito-idp:DeleteUserPool'],
      'AWS::DynamoDB::Table': ['dynamodb:DeleteTable'],
      'AWS::Events::Archive': ['events:DeleteArchive'],
      'AWS::KMS::Key': ['kms:ScheduleKeyDeletion', 'kms:DisableKey'],
      'AWS::Logs::LogGroup': ['logs:DeleteLogGroup'],
      'AWS::Logs::LogStream': ['logs:DeleteLogStream'],
      'AWS::S3::Bucket': ['s3:DeleteBucket', 's3:DeleteObject', 's3:DeleteObjectVersion'],
    };
    const retained = types.filter((type) => ofType(deployed, type).every(({ DeletionPolicy }) => DeletionPolicy === 'Retain'));
    expect(retained.toSorted()).toEqual(Object.keys(deletes).toSorted());
    expect(allowed().filter((action) => Object.values(deletes).flat().includes(action))).toEqual([]);
  });
});
