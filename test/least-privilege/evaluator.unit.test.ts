import type { Authorization, Context } from '../../infra/local/src/authorization/index.ts';
import { withRole, without, type DeployedPolicies, type PolicyDocument, type Statement } from './deployed-policies.ts';
import { evaluatorOf } from './evaluator.ts';

const own = '111122223333';
const role = `arn:aws:iam::${own}:role/team-one`;
const other = `arn:aws:iam::${own}:role/team-two`;
const stranger = 'arn:aws:iam::999999999999:role/stranger';
const bus = `arn:aws:events:eu-central-1:${own}:event-bus/team`;
const table = `arn:aws:dynamodb:eu-central-1:${own}:table/t`;
const queue = `arn:aws:sqs:eu-central-1:${own}:q`;
const key = `arn:aws:kms:eu-central-1:${own}:key/stack.key`;
const document = (...Statement: Statement[]): PolicyDocument => ({ Version: '2012-10-17', Statement });
const allow = (Action: string | string[], Resource: string | string[], more: Partial<Statement> = {}): Statement => ({ Effect: 'Allow', Action, Resource, ...more });
const deny = (Action: string, Resource: string, more: Partial<Statement> = {}): Statement => ({ Effect: 'Deny', Action, Resource, ...more });
const nothing: DeployedPolicies = { functionRoles: {}, roles: { [role]: [], [other]: [], [stranger]: [] }, resources: {}, keys: {}, encryption: {}, triggers: [] };

interface Asked {
  readonly identity?: readonly Statement[];
  readonly resource?: readonly [arn: string, ...Statement[]];
  readonly by?: string;
  readonly context?: Context;
}
const account = (arn: string): string => arn.split(':')[4] ?? '';

/** Whether a role may, and whether the simulator says the same with all its checks. */
async function may(action: string, on: string, { identity = [], resource, by = role, context = {} }: Asked): Promise<boolean> {
  const evaluator = evaluatorOf({
    ...nothing,
    roles: { ...nothing.roles, ...(identity.length === 0 ? {} : { [by]: [document(...identity)] }) },
    resources: resource === undefined ? {} : { [resource[0]]: document(...(resource.slice(1) as Statement[])) },
    keys: { [key.replace(/:key\/.*/, ':alias/team-proof')]: key },
  });
  const always = { 'aws:PrincipalArn': by, 'aws:PrincipalAccount': account(by), 'aws:PrincipalIsAWSService': 'false' };
  const authorization: Authorization = { action, resource: on, owner: own, context: { ...always, ...context } };
  const allowed = evaluator.allows({ name: 'x', roleArn: by, accountId: account(by) }, authorization);
  await evaluator.confirm();
  return allowed;
}

const read = 'dynamodb:GetItem';
const put = 'events:PutEvents';
const anybody = { Principal: '*' } as const;
const onlyOne = { ...anybody, Condition: { ArnNotEquals: { 'aws:PrincipalArn': [role] } } };
const root = { Principal: { AWS: `arn:aws:iam::${own}:root` } };
const from = (source: string) => ({ 'events:source': source });
const isSource = (...sources: string[]) => ({ Condition: { 'ForAnyValue:StringEquals': { 'events:source': sources } } });
const aliases = { 'kms:ResourceAliases': ['alias/team-proof'] };

it.each<[string, boolean, string, string, Asked]>([
  ['nothing that nobody allows', false, read, table, {}],
  ['what its own policy allows', true, read, table, { identity: [allow(read, table)] }],
  ['nothing on another resource', false, read, `${table}2`, { identity: [allow(read, table)] }],
  ['no index by a right on the table', false, 'dynamodb:Query', `${table}/index/i`, { identity: [allow('dynamodb:Query', table)] }],
  ['nothing that its own policy denies', false, read, table, { identity: [allow(read, table), deny(read, '*')] }],
  ['what a table denies to others', true, read, table, { identity: [allow(read, table)], resource: [table, deny(read, table, onlyOne)] }],
  ['nothing that a table denies to all but another', false, read, table, { identity: [allow(read, table)], resource: [table, deny(read, table, onlyOne)], by: other }],
  ['no index of such a table', false, 'dynamodb:Query', `${table}/index/i`, { identity: [allow('dynamodb:Query', '*')], resource: [table, deny('dynamodb:Query', `${table}/index/*`, onlyOne)], by: other }],
  ['what the resource of its account allows it by name', true, put, bus, { resource: [bus, allow(put, bus, { Principal: { AWS: role } })] }],
  ['nothing of another account by its own policy alone', false, put, bus, { identity: [allow(put, bus)], by: stranger }],
  ['nothing of another account by the policy there alone', false, put, bus, { resource: [bus, allow(put, bus, { Principal: { AWS: 'arn:aws:iam::999999999999:root' } })], by: stranger }],
  ['what both accounts allow', true, put, bus, { identity: [allow(put, bus)], resource: [bus, allow(put, bus, { Principal: { AWS: 'arn:aws:iam::999999999999:root' } })], by: stranger }],
  ['a value among several', true, put, bus, { identity: [allow(put, bus, isSource('a', 'b'))], context: from('b') }],
  ['no other value', false, put, bus, { identity: [allow(put, bus, isSource('a', 'b'))], context: from('c') }],
  ['nothing without the value', false, put, bus, { identity: [allow(put, bus, isSource('a'))] }],
  ['a list with a value among several', true, put, bus, { identity: [allow(put, bus, isSource('a', 'b'))], context: { 'events:source': ['b'] } }],
  ['a key by its own policy where the key leaves it to the account', true, 'kms:Sign', key, { identity: [allow('kms:Sign', key)], resource: [key, allow('kms:*', '*', root)], context: aliases }],
  ['no key by its own policy alone', false, 'kms:Sign', key, { identity: [allow('kms:Sign', key)], resource: [key, allow('kms:*', '*', { Principal: { AWS: other } })], context: aliases }],
  ['no key that denies all but another', false, 'kms:Sign', key, { identity: [allow('kms:Sign', key)], resource: [key, allow('kms:*', '*', root), deny('kms:Sign', '*', onlyOne)], context: aliases, by: other }],
  ['an action without resources by *', true, 'organizations:ListRoots', '*', { identity: [allow('organizations:ListRoots', '*')] }],
  ['no action without resources by an ARN', false, 'organizations:ListRoots', '*', { identity: [allow('organizations:ListRoots', `arn:aws:organizations::${own}:root/o-1/r-1`)] }],
])('allows %s: %s', async (_what, expected, action, on, asked) => {
  expect(await may(action, on, asked)).toBe(expected);
});

it('asks for the key of what is encrypted, as the caller and through the service', () => {
  const deployed = { ...nothing, encryption: { [queue]: key }, resources: { [key]: document(allow('kms:*', '*', root)) } };
  const send: Authorization = { action: 'sqs:SendMessage', resource: queue, owner: own, context: { 'aws:PrincipalArn': role } };
  const allows = (...statements: Statement[]) => evaluatorOf(withRole(deployed, role, () => [document(...statements)])).allows({ name: 'x', roleArn: role, accountId: own }, send);
  const through = (service: string) => ({ Condition: { StringEquals: { 'kms:ViaService': `${service}.eu-central-1.amazonaws.com` } } });
  const sends = allow('sqs:SendMessage', queue);
  expect(allows(sends)).toBe(false);
  expect(allows(sends, allow(['kms:Decrypt', 'kms:GenerateDataKey'], key, through('dynamodb')))).toBe(false);
  expect(allows(sends, allow('kms:Decrypt', key, through('sqs')))).toBe(false);
  expect(allows(sends, allow(['kms:Decrypt', 'kms:GenerateDataKey'], key, through('sqs')))).toBe(true);
});

it('refuses what it could only guess at', () => {
  const faulty = (statement: Statement) => () => evaluatorOf(withRole(nothing, role, () => [document(statement)]));
  expect(faulty(allow(read, table, { Condition: { StringEquals: { 'aws:UserAgent': 'x' } } }))).toThrow('aws:UserAgent');
  expect(faulty({ Effect: 'Allow', Resource: '*' })).toThrow('none that AWS takes');
  const unknown = { name: 'x', roleArn: `${role}-unknown`, accountId: own };
  expect(() => evaluatorOf(nothing).allows(unknown, { action: read, resource: table, owner: own, context: {} })).toThrow('no role of the deployment');
});

it('confirms no action that does not exist, and no condition key that AWS does not give', async () => {
  const ask = async (action: string, context: Context) => {
    const evaluator = evaluatorOf(nothing);
    evaluator.allows({ name: 'x', roleArn: role, accountId: own }, { action, resource: table, owner: own, context });
    return evaluator.confirm();
  };
  await expect(ask('dynamodb:Fetch', {})).rejects.toThrow('invalid.action');
  await expect(ask(read, from('a'))).rejects.toThrow('AWS gives no events:source');
  await expect(ask('sqs:SendMessage', {})).rejects.toThrow('resource');
});

it('takes an action away from where it is named, and from nowhere else', () => {
  const policies = [document(allow([read, 'dynamodb:PutItem'], table), allow(read, table), deny(read, table))];
  expect(without(read, policies)).toEqual([document(allow(['dynamodb:PutItem'], table), deny(read, table))]);
  expect(() => without('dynamodb:Scan', policies)).toThrow('no statement allows dynamodb:Scan');
});
