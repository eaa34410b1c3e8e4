import type { JsonObject } from '../cloud/json.ts';
import { loadOrganization } from '../identity/index.ts';
import { fixtureFile } from '../identity/testing/identity-cloud.ts';
import { authorizationsOf, authorizeBy, type Ground } from './index.ts';

const organization = loadOrganization(fixtureFile);
const { DelegatedAdministratorAccountId: own, ManagementAccountId: management, OrganizationId, InstanceArn, IdentityStoreId, Region } = organization;
const keyArn = `arn:aws:kms:${Region}:${own}:key/k`;
const ground: Ground = { organization, keyNamed: () => ({ arn: keyArn, alias: 'alias/team-proof' }) };
const caller = { name: 'team.approval', roleArn: `arn:aws:iam::${own}:role/team-approval-inbox`, accountId: own };
const of = (target: string, action: string, input: JsonObject) => authorizationsOf({ target, action, input, caller }, ground);
const dynamo = `arn:aws:dynamodb:${Region}:${own}:table`;
const sso = 'arn:aws:sso:::';
const set = `${sso}permissionSet/ssoins-1/ps-1`;
const person = 'arn:aws:identitystore:::user/u';
const store = `arn:aws:identitystore::${management}:identitystore/${IdentityStoreId}`;

it.each<[target: string, action: string, input: JsonObject, expected: string[]]>([
  ['DynamoDB_20120810', 'GetItem', { TableName: 't' }, [`dynamodb:GetItem ${dynamo}/t`]],
  ['DynamoDB_20120810', 'Query', { TableName: 't' }, [`dynamodb:Query ${dynamo}/t`]],
  ['DynamoDB_20120810', 'Query', { TableName: 't', IndexName: 'due' }, [`dynamodb:Query ${dynamo}/t/index/due`]],
  ['DynamoDB_20120810', 'BatchGetItem', { RequestItems: { a: {}, b: {} } }, [`dynamodb:BatchGetItem ${dynamo}/a`, `dynamodb:BatchGetItem ${dynamo}/b`]],
  ['DynamoDB_20120810', 'ListTables', {}, ['dynamodb:ListTables *']],
  ['AmazonSQS', 'SendMessageBatch', { QueueUrl: `http://h/${own}/q` }, [`sqs:SendMessage arn:aws:sqs:${Region}:${own}:q`]],
  ['AWSEvents', 'PutRule', { Name: 'r', EventBusName: 'team' }, [`events:PutRule arn:aws:events:${Region}:${own}:rule/team/r`]],
  ['AWSEvents', 'PutRule', { Name: 'r' }, [`events:PutRule arn:aws:events:${Region}:${own}:rule/r`]],
  ['SWBExternalService', 'ListTagsForResource', { InstanceArn, ResourceArn: set }, [InstanceArn, set].map((arn) => `sso:ListTagsForResource ${arn}`)],
  ['SWBExternalService', 'DescribeInstance', { InstanceArn }, [`sso:DescribeInstance ${InstanceArn}`]],
  [
    'SWBExternalService',
    'CreateAccountAssignment',
    { InstanceArn, PermissionSetArn: set, TargetId: '1' },
    [InstanceArn, set, `${sso}account/1`].map((arn) => `sso:CreateAccountAssignment ${arn}`),
  ],
  ['AWSIdentityStore', 'DescribeUser', { IdentityStoreId, UserId: 'u' }, [store, person].map((arn) => `identitystore:DescribeUser ${arn}`)],
  [
    'AWSIdentityStore',
    'IsMemberInGroups',
    { IdentityStoreId, MemberId: { UserId: 'u' }, GroupIds: ['g'] },
    [store, person, 'arn:aws:identitystore:::group/g', 'arn:aws:identitystore:::membership/*'].map((arn) => `identitystore:IsMemberInGroups ${arn}`),
  ],
  ['AWSOrganizationsV20161128', 'ListParents', { ChildId: '123456789012' }, [`organizations:ListParents arn:aws:organizations::${management}:account/${OrganizationId}/123456789012`]],
  ['AWSOrganizationsV20161128', 'ListAccountsForParent', { ParentId: 'r-1' }, [`organizations:ListAccountsForParent arn:aws:organizations::${management}:root/${OrganizationId}/r-1`]],
  ['AWSOrganizationsV20161128', 'ListAccountsForParent', { ParentId: 'ou-1' }, [`organizations:ListAccountsForParent arn:aws:organizations::${management}:ou/${OrganizationId}/ou-1`]],
  ['AWSOrganizationsV20161128', 'ListTagsForResource', { ResourceId: '123456789012' }, [`organizations:ListTagsForResource arn:aws:organizations::${management}:account/${OrganizationId}/123456789012`]],
  ['TrentService', 'Sign', { KeyId: 'alias/team-proof' }, [`kms:Sign ${keyArn}`]],
  ['AWSLambda', 'Invoke', { FunctionName: 'team-audit-query' }, [`lambda:InvokeFunction arn:aws:lambda:${Region}:${own}:function:team-audit-query`]],
  ['CloudTrail_20131101', 'LookupEvents', {}, ['cloudtrail:LookupEvents *']],
])('%s.%s asks for %#', (target, action, input, expected) => {
  expect(of(target, action, input).map((one) => `${one.action} ${one.resource}`)).toEqual(expected);
});

it('asks about each entry of PutEvents by itself, with its source and detail-type', () => {
  const Entries = [{ EventBusName: 'team', Source: 'a', DetailType: 'A' }, { Source: 'b' }];
  const [first, second] = of('AWSEvents', 'PutEvents', { Entries });
  expect(first).toMatchObject({ resource: `arn:aws:events:${Region}:${own}:event-bus/team`, context: { 'events:source': 'a', 'events:detail-type': 'A' } });
  expect(second).toMatchObject({ resource: `arn:aws:events:${Region}:${own}:event-bus/default`, context: { 'events:source': 'b' } });
  expect(second?.context).not.toHaveProperty('events:detail-type');
});

it.each<[string, JsonObject, string[]]>([
  ['names', { UpdateExpression: 'SET lastSeenAt = :at', ConditionExpression: 'attribute_exists(pk)' }, ['lastSeenAt', 'pk']],
  ['placeholders and paths', { UpdateExpression: 'SET #v = :v, outbox.#e = if_not_exists(outbox.#e, :n) REMOVE due ADD hits :one', ExpressionAttributeNames: { '#v': 'version', '#e': 'e1' } }, ['due', 'hits', 'outbox', 'pk', 'version']],
  ['no expression', {}, ['pk']],
])('says which attributes an update names: %s', (_what, input, attributes) => {
  const [need] = of('DynamoDB_20120810', 'UpdateItem', { TableName: 't', Key: { pk: { S: 'a' } }, ...input });
  expect(need?.context['dynamodb:Attributes']).toEqual(attributes);
});

it('says by which alias a key was asked for only where it was', () => {
  const sign = (KeyId: string) => of('TrentService', 'Sign', { KeyId, MessageType: 'DIGEST', SigningAlgorithm: 'ECDSA_SHA_256' })[0]?.context;
  expect(sign('alias/team-proof')).toMatchObject({
    'kms:RequestAlias': 'alias/team-proof',
    'kms:ResourceAliases': ['alias/team-proof'],
    'kms:MessageType': 'DIGEST',
    'kms:SigningAlgorithm': 'ECDSA_SHA_256',
  });
  expect(sign('k')).not.toHaveProperty('kms:RequestAlias');
});

it('says who calls, and of which organization', () => {
  expect(of('CloudTrail_20131101', 'LookupEvents', {})[0]?.context).toMatchObject({
    'aws:PrincipalArn': caller.roleArn,
    'aws:PrincipalAccount': own,
    'aws:PrincipalOrgID': OrganizationId,
    'aws:SecureTransport': 'true',
  });
  const stranger = { ...caller, accountId: '000000000000' };
  expect(authorizationsOf({ target: 'CloudTrail_20131101', action: 'LookupEvents', input: {}, caller: stranger }, ground)[0]?.context).not.toHaveProperty('aws:PrincipalOrgID');
});

it.each<[string, string, string, JsonObject]>([
  ['an action without an entry', 'DynamoDB_20120810', 'TransactWriteItems', {}],
  ['a service without one', 'AWSStepFunctions', 'StartExecution', {}],
  ['what only an object has', 'AmazonSQS', 'toString', {}],
  ['a call about nothing', 'DynamoDB_20120810', 'BatchGetItem', { RequestItems: {} }],
])('refuses %s, whatever policies say', (_what, target, action, input) => {
  const judge = authorizeBy(() => true, ground);
  expect(() => judge({ target, action, input, caller })).toThrow('It is not known which authorizations AWS asks for');
});

it('refuses a call of which one authorization is not allowed, and names it', () => {
  const judge = authorizeBy((_caller, { resource }) => resource !== person, ground);
  const input = { IdentityStoreId, UserId: 'u' };
  expect(() => judge({ target: 'AWSIdentityStore', action: 'DescribeUser', input, caller })).toThrow(
    `User: ${caller.roleArn} is not authorized to perform: identitystore:DescribeUser on resource: ${person}`,
  );
});
