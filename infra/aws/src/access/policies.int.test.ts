import type { FunctionManifest } from '@team/runtime';
import { namesOf } from '../names.ts';
import { busPolicy, maximumBusPolicy } from './bus-policy.ts';
import { reasonForWildcard } from './resources.ts';
import { problemsOfAllow } from '../../test/authorization-data.ts';
import { at, deployedOf, example, listOf, ofType, physicalName, property, roleStatements, statementsOf, textsOf, type Resource } from '../../test/templates.ts';
import { evaluate } from '../../test/evaluate.ts';

const { manifests } = namesOf(example);
const patienceMs = 120_000;
let deployed: Resource[] = [];
let statements: ReturnType<typeof roleStatements> = [];
beforeAll(() => {
  deployed = deployedOf({ ...example, accounts: { ...example.accounts, protected: ['999999999999'] } });
  statements = roleStatements(deployed);
}, patienceMs);

const allows = () => statements.filter(({ statement }) => at(statement, 'Effect') === 'Allow');
const roleOf = (name: string) => statements.filter(({ role }) => physicalName(role) === name);

describe('the role of a function', () => {
  it('is its own, and has one policy', () => {
    const functions = ofType(deployed, 'AWS::Lambda::Function');
    const roles = functions.map((one) => `${one.stack} ${JSON.stringify(property(one, 'Role'))}`);
    expect(new Set(roles).size).toBe(functions.length);
    expect(ofType(deployed, 'AWS::IAM::Policy')).toEqual([]);
    expect(ofType(deployed, 'AWS::IAM::Role').filter((one) => listOf(property(one, 'Policies')).length !== 1 || property(one, 'ManagedPolicyArns') !== undefined)).toEqual([]);
    // One more is API Gateway's, for its log.
    expect(ofType(deployed, 'AWS::IAM::Role').length).toBe(functions.length + 1);
  });

  it('has no wildcard in an action, and in a resource only where somebody has said why', () => {
    const actions = statements.flatMap(({ statement }) => textsOf(at(statement, 'Action')));
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
    const wild = allows().flatMap(({ statement }) => textsOf(at(statement, 'Resource'))).filter((one) => one.includes('*'));
    expect(wild.length).toBeGreaterThan(0);
    expect(wild.filter((one) => reasonForWildcard(one) === undefined)).toEqual([]);
    const everything = allows().filter(({ statement }) => textsOf(at(statement, 'Resource')).includes('*')).flatMap(({ statement }) => textsOf(at(statement, 'Action')));
    expect([...new Set(everything)].toSorted()).toEqual(['logs:DescribeLogGroups', 'organizations:DescribeOrganization', 'organizations:ListRoots', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments']);
  });

  it('names only actions, resources and conditions that AWS knows, each action on resources that it is for', async () => {
    const problems: string[] = [];
    for (const { role, statement } of allows()) {
      const conditionKeys = Object.values(Object(at(statement, 'Condition'))).flatMap((one) => Object.keys(Object(one)));
      problems.push(...(await problemsOfAllow({ of: physicalName(role) ?? '', actions: textsOf(at(statement, 'Action')), resources: textsOf(at(statement, 'Resource')), conditionKeys })));
    }
    expect(problems).toEqual([]);
  }, patienceMs);

  it('lets a service speak under its own source, and say its own facts alone; a door of the portal, under its own and its intents alone', () => {
    for (const manifest of manifests) {
      for (const [name, { actions, emits }] of Object.entries<FunctionManifest>(manifest.functions)) {
        const puts = roleOf(`team-example-${manifest.name}-${name}`).filter(({ statement }) => textsOf(at(statement, 'Action')).includes('events:PutEvents'));
        expect(puts.length).toBe(actions.includes('events:PutEvents') ? 1 : 0);
        for (const { statement } of puts) {
          const { source, detailTypes } = emits ?? { source: manifest.source, detailTypes: manifest.publishes.map(({ detailType }) => detailType) };
          expect(at(statement, 'Condition', 'ForAllValues:StringEquals', 'events:source')).toBe(source);
          expect(listOf(at(statement, 'Condition', 'ForAllValues:StringEquals', 'events:detail-type'))).toEqual(detailTypes);
          expect(textsOf(at(statement, 'Resource'))).toEqual([namesOf(example).busArn]);
        }
      }
    }
  });

  it('assigns nothing in the management account, its own and the protected ones, and assigns in one function alone', () => {
    const creators = allows().filter(({ statement }) => textsOf(at(statement, 'Action')).some((action) => /^sso:(Create|Delete)/.test(action)));
    expect([...new Set(creators.map(({ role }) => physicalName(role)))]).toEqual(['team-example-provisioning-dispatch']);
    const denied = statements.filter(({ statement }) => at(statement, 'Effect') === 'Deny');
    expect(denied.map(({ role, statement }) => [physicalName(role), textsOf(at(statement, 'Action')), textsOf(at(statement, 'Resource'))])).toEqual([
      ['team-example-provisioning-dispatch', ['sso:CreateAccountAssignment'], ['111122223333', '444455556666', '999999999999'].map((account) => `arn:aws:sso:::account/${account}`)],
    ]);
  });

  it('writes no iam, changes no key, deletes nothing of the audit', () => {
    const actions = allows().map(({ role, statement }) => ({ role: physicalName(role) ?? '', actions: textsOf(at(statement, 'Action')) }));
    expect(actions.filter(({ actions: of }) => of.some((one) => /^(iam|lambda|sts):|^kms:(Put|Create|Schedule|Disable)/.test(one) && one !== 'lambda:InvokeFunction'))).toEqual([]);
    expect(actions.filter(({ role, actions: of }) => role.includes('-audit-') && of.some((one) => /Delete(Item|Table)/.test(one)))).toEqual([]);
  });
});

describe('who is signed in at the portal', () => {
  const names = namesOf(example);
  const may = (name: string, action: string, table: string, attributes?: string[]) => {
    // The others name keys that AWS draws.
    const ofTables = roleOf(`team-example-portal-${name}`).filter(({ statement }) => textsOf(at(statement, 'Action')).some((one) => one.startsWith('dynamodb:')));
    const identity = { Version: '2012-10-17', Statement: ofTables.map(({ statement }) => statement) };
    const context = attributes === undefined ? {} : { 'dynamodb:Attributes': attributes };
    return evaluate({ by: names.roleArn('portal', name), action: `dynamodb:${action}`, resource: names.tableArn('portal', table), context }, { identity: [identity] });
  };
  const session = ['pk', 'userId', 'userName', 'authTime', 'createdAt', 'lastSeenAt', 'endsAt'];

  it.each(['inbox', 'rebuild', 'api', 'policies', 'decide'])('is not for %s to write', async (name) => {
    for (const action of ['PutItem', 'DeleteItem']) expect(await may(name, action, 'sessions', session)).toBe('ImplicitlyDenied');
    expect(await may(name, 'UpdateItem', 'sessions', session)).toBe('ImplicitlyDenied');
  });

  it.each(['api', 'policies', 'decide'])('is noted by %s as being here, and nothing else is written by it', async (name) => {
    expect(await may(name, 'UpdateItem', 'sessions', ['pk', 'lastSeenAt'])).toBe('Allowed');
    for (const table of ['events', 'requests', 'lists']) expect(await may(name, 'UpdateItem', table, ['pk', 'lastSeenAt'])).toBe('ImplicitlyDenied');
  });

  it('is written by sign-in, which has no part in what requests are told as', async () => {
    expect(await may('sign-in', 'PutItem', 'sessions', session)).toBe('Allowed');
    for (const action of ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem']) expect(await may('sign-in', action, 'requests')).toBe('ImplicitlyDenied');
    expect(await may('inbox', 'PutItem', 'requests')).toBe('Allowed');
  });
});

describe('a signing key', () => {
  it('is signed with by the service that owns it, and denied to everybody else', () => {
    const keys = ofType(deployed, 'AWS::KMS::Key').filter((one) => property(one, 'KeyUsage') === 'SIGN_VERIFY');
    const signers = keys.map((key) => {
      const denial = statementsOf(property(key, 'KeyPolicy')).find((one) => at(one, 'Sid') === 'NobodyElseSigns');
      return textsOf(at(denial, 'Condition', 'ArnNotEquals', 'aws:PrincipalArn')).map((role) => role.split('/').at(-1));
    });
    expect(signers).toEqual([
      ['team-example-audit-checkpoint'],
      ['team-example-portal-decide'],
      ['team-example-request-inbox', 'team-example-request-timers'],
      ['team-example-approval-inbox', 'team-example-approval-timers'],
    ]);
  });
});

describe('the policy of the bus', () => {
  const emitter = (i: number) => ({ name: `system-${i}`, roleArn: `arn:aws:iam::7777888899${10 + i}:role/sends-intents-${i}`, source: `acme.system-${i}`, detailTypes: ['AccessRequested.v1', 'AccessRevocationRequested.v1'] });
  const names = namesOf(example);

  it('fits with five emitters, and is refused before AWS would with too many', () => {
    const five = { ...example, emitters: [0, 1, 2, 3, 4].map(emitter) };
    expect(JSON.stringify(busPolicy(five, names)).length).toBeLessThan(maximumBusPolicy);
    const many = { ...example, emitters: Array.from({ length: 50 }, (_, i) => emitter(i)) };
    expect(() => busPolicy(many, names)).toThrow(/the bus policy has \d+ characters with 52 emitters; EventBridge takes 10240/);
  });

  const everybody = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
  const put = (by: string, sources: string[], types: string[], identity: object = everybody) =>
    evaluate({ by, action: 'events:PutEvents', resource: names.busArn, context: { 'events:source': sources, 'events:detail-type': types } }, { identity: [identity], resourcePolicy: busPolicy(example, names) });

  it('lets through what a service says, and no batch with anything else in it, though its role may do everything', async () => {
    const request = names.roleArn('request', 'inbox');
    const said = ['AccessRequestAccepted.v1', 'AccessRequestRejected.v1'];
    expect(await put(request, ['team.request'], said)).toBe('Allowed');
    expect(await put(request, ['team.request', 'team.approval'], said)).toBe('ExplicitlyDenied');
    expect(await put(request, ['team.request', 'acme.unknown'], said)).toBe('ExplicitlyDenied');
    expect(await put(`arn:aws:iam::${example.accounts.team}:role/administrator`, ['team.request'], said)).toBe('ExplicitlyDenied');
  });

  it('lets through an emitter’s intents, and no batch with anything else in it', async () => {
    const [desk] = example.emitters;
    expect(desk).toBeDefined();
    if (desk === undefined) return;
    expect(await put(desk.roleArn, [desk.source], desk.detailTypes)).toBe('Allowed');
    expect(await put(desk.roleArn, [desk.source], [...desk.detailTypes, 'AccessApproved.v1'])).toBe('ImplicitlyDenied');
    expect(await put(desk.roleArn, [desk.source, 'team.approval'], desk.detailTypes)).toBe('ExplicitlyDenied');
    expect(await put(`${desk.roleArn}-2`, [desk.source], desk.detailTypes)).toBe('ExplicitlyDenied');
    const inside = { ...desk, roleArn: `arn:aws:iam::${example.accounts.team}:role/desk` };
    const policy = busPolicy({ ...example, emitters: [inside] }, names);
    const own = { by: inside.roleArn, action: 'events:PutEvents', resource: names.busArn, context: { 'events:source': [desk.source], 'events:detail-type': [...desk.detailTypes, 'AccessApproved.v1'] } };
    expect(await evaluate(own, { identity: [everybody], resourcePolicy: policy })).toBe('ExplicitlyDenied');
  });

  it('is what a function’s own policy says, too: no batch with another source or detail-type', async () => {
    const [own] = roleOf('team-example-request-inbox').filter(({ statement }) => textsOf(at(statement, 'Action')).includes('events:PutEvents'));
    const identity = { Version: '2012-10-17', Statement: [own?.statement] };
    const by = names.roleArn('request', 'inbox');
    const mayPut = (context: Record<string, string[]>) => evaluate({ by, action: 'events:PutEvents', resource: names.busArn, context }, { identity: [identity] });
    expect(await mayPut({ 'events:source': ['team.request'], 'events:detail-type': ['AccessRequestAccepted.v1', 'EligibilityLapsed.v1'] })).toBe('Allowed');
    expect(await mayPut({ 'events:source': ['team.request'], 'events:detail-type': ['AccessRequestAccepted.v1', 'AccessApproved.v1'] })).toBe('ImplicitlyDenied');
    expect(await mayPut({ 'events:source': ['team.request', 'team.approval'], 'events:detail-type': ['AccessRequestAccepted.v1'] })).toBe('ImplicitlyDenied');
    expect(await mayPut({ 'events:source': ['team.request'] })).toBe('ImplicitlyDenied');
  });

  it('is on the bus', () => {
    const [bus] = ofType(deployed, 'AWS::Events::EventBus');
    expect(statementsOf(bus && property(bus, 'Policy')).map((one) => at(one, 'Sid'))).toEqual(expect.arrayContaining(['OnlyRequest', 'OnlyProvisioning', 'NobodyElse', 'Emitter0']));
  });
});
