import { policiesOf } from './policies-of.ts';

const account = '111122223333';
const stack = (name: string, Resources: object, Outputs: object = {}) => ({ name, account, region: 'eu-central-1', template: { Resources, Outputs } });
const arn = (service: string, rest: string): string => `arn:aws:${service}:eu-central-1:${account}:${rest}`;
const allow = (Action: string, Resource: unknown, more: object = {}) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource, ...more }] });
const role = (Policies: object[] = []) => ({ Type: 'AWS::IAM::Role', Properties: { RoleName: 'team-one', Policies } });
const resourcesOf = (Resource: unknown) => policiesOf([stack('s', { table, key, role: role([{ PolicyName: 'p', PolicyDocument: allow('x:Y', Resource) }]) })]).roles[roleArn]?.[0]?.Statement[0]?.Resource;
const roleArn = `arn:aws:iam::${account}:role/team-one`;
const table = { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 't' } };
const key = { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: allow('kms:*', '*', { Principal: '*' }) } };

it.each<[string, unknown, unknown]>([
  ['Fn::GetAtt', { 'Fn::GetAtt': ['table', 'Arn'] }, arn('dynamodb', 'table/t')],
  ['Fn::Join', { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['table', 'Arn'] }, '/index/*']] }, arn('dynamodb', 'table/t/index/*')],
  ['Fn::Sub', { 'Fn::Sub': 'arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:q' }, arn('sqs', 'q')],
  ['Fn::Sub with variables and attributes', { 'Fn::Sub': ['${table.Arn}/${what}', { what: 'index' }] }, arn('dynamodb', 'table/t/index')],
  ['Ref', [{ Ref: 'table' }, { Ref: 'AWS::NoValue' }], ['t']],
  ['the id of a key', { 'Fn::GetAtt': ['key', 'Arn'] }, arn('kms', 'key/s.key')],
])('resolves %s', (_what, given, expected) => {
  expect(resourcesOf(given)).toEqual(expected);
});

it.each<[string, unknown, string]>([
  ['an intrinsic function', { 'Fn::Select': [0, ['a']] }, 'Fn::Select'],
  ['an attribute', { 'Fn::GetAtt': ['table', 'StreamArn'] }, 'table.StreamArn'],
  ['a reference', { Ref: 'AWS::Nothing' }, 'AWS::Nothing'],
  ['an import', { 'Fn::ImportValue': 'elsewhere' }, 'elsewhere'],
])('refuses %s that it does not know, and names it', (_what, given, named) => {
  expect(() => resourcesOf(given)).toThrow(named);
});

it('reads what other stacks export, whatever their order', () => {
  const exporting = stack('a', { table }, { out: { Value: { 'Fn::GetAtt': ['table', 'Arn'] }, Export: { Name: 'a:table' } } });
  const importing = stack('b', { role: role([{ PolicyName: 'p', PolicyDocument: allow('x:Y', { 'Fn::ImportValue': 'a:table' }) }]) });
  for (const templates of [[exporting, importing], [importing, exporting]]) expect(policiesOf(templates).roles[roleArn]?.[0]?.Statement[0]?.Resource).toBe(arn('dynamodb', 'table/t'));
});

it('attaches policies of their own to the roles that they name', () => {
  const policy = (Type: string) => ({ Type, Properties: { ManagedPolicyName: 'm', PolicyDocument: allow('x:Y', '*'), Roles: [{ Ref: 'role' }] } });
  const { roles } = policiesOf([stack('s', { role: role(), a: policy('AWS::IAM::Policy'), b: policy('AWS::IAM::ManagedPolicy') })]);
  expect(roles[roleArn]).toHaveLength(2);
});

it('finds functions, resource policies, keys behind aliases, encryption and triggers', () => {
  const found = policiesOf([
    stack('s', {
      role: role(),
      function: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'team-f', Role: { 'Fn::GetAtt': ['role', 'Arn'] } } },
      key,
      alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/team-proof', TargetKeyId: { 'Fn::GetAtt': ['key', 'Arn'] } } },
      bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'team', Policy: allow('events:PutEvents', '*', { Principal: '*' }) } },
      queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'q', KmsMasterKeyId: { 'Fn::GetAtt': ['key', 'Arn'] } } },
      open: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [{ Ref: 'queue' }], PolicyDocument: allow('sqs:SendMessage', '*', { Principal: '*' }) } },
      rule: { Type: 'AWS::Events::Rule', Properties: { Name: 'r', EventBusName: 'team', Targets: [{ Id: 'q', Arn: { 'Fn::GetAtt': ['queue', 'Arn'] } }] } },
      mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { Ref: 'function' }, EventSourceArn: { 'Fn::GetAtt': ['queue', 'Arn'] } } },
    }),
  ]);
  expect(found.functionRoles).toEqual({ 'team-f': roleArn });
  expect(Object.keys(found.resources).toSorted()).toEqual([arn('events', 'event-bus/team'), arn('kms', 'key/s.key'), arn('sqs', 'q')]);
  expect(found.keys).toEqual({ [arn('kms', 'alias/team-proof')]: arn('kms', 'key/s.key') });
  expect(found.encryption).toEqual({ [arn('sqs', 'q')]: arn('kms', 'key/s.key') });
  expect(found.triggers).toEqual([
    { kind: 'rule', ruleArn: arn('events', 'rule/team/r'), queueArn: arn('sqs', 'q') },
    { kind: 'mapping', roleArn, queueArn: arn('sqs', 'q') },
  ]);
});

it("refuses a policy of AWS's own, whose statements it does not know", () => {
  const managed = { Type: 'AWS::IAM::Role', Properties: { RoleName: 'r', ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] } };
  expect(() => policiesOf([stack('s', { managed })])).toThrow('AdministratorAccess');
});
