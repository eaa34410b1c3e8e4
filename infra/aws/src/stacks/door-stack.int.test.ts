import { manifest as portal } from '@team/portal/manifest';
import { packedEmitters } from '@team/runtime';
import { evaluate } from '../../test/evaluate.ts';
import { at, deployedOf, example, listOf, ofType, physicalName, property, roleStatements, statementsOf, textsOf, type Resource } from '../../test/templates.ts';
import { busPolicy } from '../access/bus-policy.ts';
import { namesOf } from '../names.ts';

const patienceMs = 120_000;
const names = namesOf(example);
let deployed: Resource[] = [];
beforeAll(() => {
  deployed = deployedOf(example);
}, patienceMs);

const only = (type: string): Resource => {
  const [one, another] = ofType(deployed, type);
  if (one === undefined || another !== undefined) throw new Error(`there is not one ${type}`);
  return one;
};
const functionOf = (method: unknown): string => /function:team-example-portal-([\w-]+)\//.exec(JSON.stringify(method))?.[1] ?? '';

describe('the way in from the internet', () => {
  it('is one name with TLS 1.2 at least, in its Region, and has no other', () => {
    expect(['DomainName', 'SecurityPolicy'].map((name) => property(only('AWS::ApiGateway::DomainName'), name))).toEqual(['team.example.com', 'TLS_1_2']);
    expect(property(only('AWS::ApiGateway::DomainName'), 'EndpointConfiguration', 'Types')).toEqual(['REGIONAL']);
    expect(property(only('AWS::ApiGateway::RestApi'), 'DisableExecuteApiEndpoint')).toBe(true);
    expect(ofType(deployed, 'AWS::Lambda::Url')).toEqual([]);
  });

  it('brings every path of the manifest to the function that answers it', () => {
    const paths = Object.entries(Object(property(only('AWS::ApiGateway::RestApi'), 'Body', 'paths')));
    const brought = new Map(paths.map(([path, methods]) => [path, functionOf(methods)]));
    for (const [name, { trigger }] of Object.entries(portal.functions)) {
      if ('http' in trigger) for (const path of trigger.http) expect([path, brought.get(path)]).toEqual([path, name]);
    }
    expect([brought.get('/v1/requests/{id}'), brought.get('/v1/requests/{id}/{proxy+}'), brought.get('/v1/requests'), brought.get('/auth')]).toEqual(['api', 'api', 'api', 'sign-in']);
  });

  it('is behind a firewall: AWS’s common rules and known bad inputs, and so many calls of one address', () => {
    const acl = only('AWS::WAFv2::WebACL');
    const association = only('AWS::WAFv2::WebACLAssociation');
    expect(JSON.stringify(property(association, 'WebACLArn'))).toContain(acl.id);
    expect(JSON.stringify(property(association, 'ResourceArn'))).toMatch(/::\/restapis\/.*\/stages\/portal/);
    const rules = listOf(property(acl, 'Rules'));
    expect(rules.map((rule) => at(rule, 'Name'))).toEqual(['TooManyOfOneAddress', 'TooLarge', 'AWSManagedRulesCommonRuleSet', 'AWSManagedRulesKnownBadInputsRuleSet']);
    expect(at(rules[0], 'Statement', 'RateBasedStatement', 'Limit')).toBe(20_000);
    // A sample has the headers of calls, and with them cookies and tokens.
    expect(JSON.stringify(acl)).not.toContain('"SampledRequestsEnabled":true');
    const overridden = listOf(at(rules[2], 'Statement', 'ManagedRuleGroupStatement', 'RuleActionOverrides')).flatMap((rule) => textsOf(at(rule, 'Name')));
    expect(overridden.length).toBeGreaterThan(0);
    expect(overridden.filter((rule) => !rule.endsWith('_BODY'))).toEqual([]);
  });

  it('has its certificate watched: told 21 days before it ends, and once it has, when nothing is measured any more', () => {
    const alarm = ofType(deployed, 'AWS::CloudWatch::Alarm').find((one) => physicalName(one) === 'team-example-door-certificate');
    const raised = ['Namespace', 'MetricName', 'Statistic', 'Period', 'EvaluationPeriods', 'Threshold', 'ComparisonOperator', 'TreatMissingData'].map((name) => alarm && property(alarm, name));
    expect(raised).toEqual(['AWS/CertificateManager', 'DaysToExpiry', 'Minimum', 86_400, 1, 21, 'LessThanThreshold', 'breaching']);
    expect(alarm && property(alarm, 'Dimensions')).toEqual([{ Name: 'CertificateArn', Value: property(only('AWS::ApiGateway::DomainName'), 'RegionalCertificateArn') }]);
  });

  it('is throttled, and logs no more of a call than who, what and how it ended', () => {
    const stage = only('AWS::ApiGateway::Stage');
    const [all] = listOf(property(stage, 'MethodSettings'));
    expect([at(all, 'ThrottlingRateLimit'), at(all, 'ThrottlingBurstLimit'), at(all, 'LoggingLevel'), at(all, 'DataTraceEnabled')]).toEqual([200, 400, 'OFF', false]);
    const logged = textsOf(property(stage, 'AccessLogSetting', 'Format')).join('').match(/\$[\w.]+/g);
    expect(logged).toEqual(['$context.requestId', '$context.requestTime', '$context.identity.sourceIp', '$context.httpMethod', '$context.path', '$context.status', '$context.protocol', '$context.responseLength', '$context.responseLatency', '$context.waf.status', '$context.error.responseType']);
  });

  it('answers what it refuses by problem documents', () => {
    const responses = property(only('AWS::ApiGateway::RestApi'), 'Body', 'x-amazon-apigateway-gateway-responses');
    if (typeof responses !== 'object' || responses === null || Array.isArray(responses)) throw new Error('there are no gateway responses');
    const all = Object.entries(responses).map(([type, one]) => {
      const text = JSON.parse(textsOf(at(one, 'responseTemplates', 'application/json')).join('')) as Record<string, unknown>;
      return { type, one, text, status: text['status'] };
    });
    expect(all.length).toBeGreaterThan(4);
    for (const { text } of all) expect(text).toMatchObject({ type: 'about:blank', title: expect.any(String), detail: expect.any(String), code: expect.stringMatching(/^ERR_/), instance: expect.stringContaining('urn:uuid:') });
    for (const { one } of all) expect(at(one, 'responseParameters', 'gatewayresponse.header.Content-Type')).toBe("'application/problem+json'");
    // What is said is what is answered; the status of refusals that are not told apart is the gateway's own.
    for (const { type, one, status } of all) expect([type, status]).toEqual([type, at(one, 'statusCode')]);
    expect(all.filter(({ status }) => status === undefined).map(({ type }) => type)).toEqual(['DEFAULT_4XX']);
    const toTryAgain = all.filter(({ one }) => at(one, 'responseParameters', 'gatewayresponse.header.Retry-After') !== undefined);
    expect(toTryAgain.map(({ type, status }) => [type, status])).toEqual([['THROTTLED', 429], ['DEFAULT_5XX', 503]]);
  });

  it('lets API Gateway invoke what answers HTTP, for this API alone, and nobody else', () => {
    const permissions = ofType(deployed, 'AWS::Lambda::Permission').filter((one) => property(one, 'Principal') === 'apigateway.amazonaws.com');
    const answering = Object.entries(portal.functions).flatMap(([name, { trigger }]) => ('http' in trigger ? [`team-example-portal-${name}`] : []));
    expect(permissions.map((one) => property(one, 'FunctionName')).toSorted()).toEqual(answering.toSorted());
    expect(permissions.filter((one) => !/execute-api:.*"api"/.test(JSON.stringify(property(one, 'SourceArn'))) || property(one, 'SourceAccount') !== '111122223333')).toEqual([]);
  });
});

describe('a function of the portal', () => {
  const statementsFor = (name: string) => roleStatements(deployed).flatMap(({ role, statement }) => (physicalName(role) === `team-example-portal-${name}` ? [statement] : []));
  // What is of keys names them by what the template makes, which the simulator cannot read.
  const may = (name: string, action: string, resource: string, context: Record<string, string[]> = {}) =>
    evaluate({ by: names.roleArn('portal', name), action, resource, context }, { identity: [{ Version: '2012-10-17', Statement: statementsFor(name).filter((one) => !textsOf(at(one, 'Resource')).some((resource) => resource.startsWith('{'))) }], resourcePolicy: action === 'events:PutEvents' ? busPolicy(example, names) : undefined });

  it('signs nothing, but for the one that decides', () => {
    const signing = Object.keys(portal.functions).filter((name) => statementsFor(name).some((one) => textsOf(at(one, 'Action')).includes('kms:Sign')));
    expect(signing).toEqual(['decide']);
  });

  it('says its own intents, and those of no other door', async () => {
    const says = (name: string, source: string, type: string) => may(name, 'events:PutEvents', names.busArn, { 'events:source': [source], 'events:detail-type': [type] });
    expect(await says('api', 'team.portal', 'AccessRequested.v1')).toBe('Allowed');
    expect(await says('decide', 'team.portal.decisions', 'ApprovalDecisionSubmitted.v1')).toBe('Allowed');
    for (const [name, source, type] of [['api', 'team.portal', 'ApprovalDecisionSubmitted.v1'], ['api', 'team.portal.decisions', 'ApprovalDecisionSubmitted.v1'], ['decide', 'team.portal', 'AccessRequested.v1'], ['decide', 'team.portal.decisions', 'AccessApproved.v1'], ['inbox', 'team.portal', 'AccessRequested.v1']] as const) {
      expect([name, type, await says(name, source, type)]).toEqual([name, type, 'ExplicitlyDenied']);
    }
  });

  it('reaches no table of another service, and asks nothing but their questions', async () => {
    for (const name of Object.keys(portal.functions)) {
      const resources = statementsFor(name).flatMap((one) => textsOf(at(one, 'Resource')));
      expect(resources.filter((one) => one.includes(':dynamodb:') && !one.includes('table/team-example-portal-'))).toEqual([]);
      expect(resources.filter((one) => one.includes(':lambda:') && !/:function:team-example-(request|approval|audit)-query$/.test(one))).toEqual([]);
    }
    expect(await may('api', 'dynamodb:GetItem', names.tableArn('request', 'policies'))).toBe('ImplicitlyDenied');
    expect(await may('pages', 'dynamodb:GetItem', names.tableArn('portal', 'sessions'))).toBe('ImplicitlyDenied');
  });

  it('is told by every judge as the emitter that it is', () => {
    const told = ofType(deployed, 'AWS::Lambda::Function').map((one) => {
      const [, text = ''] = /emitters\W+([\w-]+)/.exec(JSON.stringify(property(one, 'Environment', 'Variables', 'TEAM_CONFIG'))) ?? [];
      return { name: physicalName(one), emitters: packedEmitters.parse(text) };
    });
    expect(told.length).toBeGreaterThan(20);
    expect(told.filter(({ emitters }) => !emitters.some(({ source, mayDecide }) => source === 'team.portal.decisions' && mayDecide?.keyId === 'alias/team-example-decision')).map(({ name }) => name)).toEqual([]);
  });
});

describe('where people sign in', () => {
  const clientNamed = (name: string): Resource => ofType(deployed, 'AWS::Cognito::UserPoolClient').find((one) => property(one, 'ClientName') === name) ?? only('client');

  it('is a pool in which nobody signs up and nobody has a password, and whose two clients take Identity Center alone', () => {
    expect(property(only('AWS::Cognito::UserPool'), 'AdminCreateUserConfig', 'AllowAdminCreateUserOnly')).toBe(true);
    expect(ofType(deployed, 'AWS::Cognito::UserPoolClient')).toHaveLength(2);
    const client = clientNamed('team-example-portal');
    expect(['AllowedOAuthFlows', 'AllowedOAuthScopes', 'SupportedIdentityProviders', 'CallbackURLs', 'LogoutURLs', 'GenerateSecret'].map((name) => property(client, name))).toEqual([['code'], ['openid', 'profile'], ['IdentityCenter'], ['https://team.example.com/auth/callback'], ['https://team.example.com/'], true]);
    expect(listOf(property(client, 'ExplicitAuthFlows')).filter((flow) => flow !== 'ALLOW_REFRESH_TOKEN_AUTH')).toEqual(['ALLOW_CUSTOM_AUTH']);
    const provider = only('AWS::Cognito::UserPoolIdentityProvider');
    expect([property(provider, 'ProviderType'), property(provider, 'ProviderName')]).toEqual(['SAML', 'IdentityCenter']);
  });

  it('has a client without a secret for the command line, which is sent back to this machine alone, and whose refresh tokens are good for once', () => {
    const client = clientNamed('team-example-command-line');
    const redirectUris = ['http://localhost:18043/signed-in', 'http://localhost:18143/signed-in', 'http://localhost:18243/signed-in'];
    expect(['AllowedOAuthFlows', 'AllowedOAuthScopes', 'SupportedIdentityProviders', 'CallbackURLs', 'LogoutURLs', 'GenerateSecret'].map((name) => property(client, name))).toEqual([['code'], ['openid', 'profile'], ['IdentityCenter'], redirectUris, undefined, false]);
    expect([property(client, 'RefreshTokenRotation'), property(client, 'ExplicitAuthFlows')]).toEqual([{ Feature: 'ENABLED', RetryGracePeriodSeconds: 10 }, ['ALLOW_CUSTOM_AUTH']]);
    const functions = ofType(deployed, 'AWS::Lambda::Function').filter((one) => physicalName(one)?.startsWith('team-example-portal-'));
    const told = functions.map((one) => JSON.stringify(property(one, 'Environment', 'Variables', 'TEAM_CONFIG')));
    expect(told.length).toBeGreaterThan(0);
    for (const config of told) expect(config).toMatch(/commandLineClientId\W+Ref\W+people\w*commandline\w+\W+commandLineRedirectUris\W+http:\/\/localhost:18043/);
  });

  it('has a secret that the function of sign-in alone reads', () => {
    const [denial] = statementsOf(property(only('AWS::SecretsManager::ResourcePolicy'), 'ResourcePolicy'));
    expect(textsOf(at(denial, 'Condition', 'ArnNotEquals', 'aws:PrincipalArn'))).toEqual([names.roleArn('portal', 'sign-in'), example.roles.deploy, expect.stringContaining('cfn-exec-role')]);
    const readers = roleStatements(deployed).filter(({ statement }) => textsOf(at(statement, 'Action')).includes('secretsmanager:GetSecretValue'));
    expect(readers.map(({ role }) => physicalName(role))).toEqual(['team-example-portal-sign-in']);
  });

  it('may be any issuer instead, and then there is no pool', () => {
    const { cognito: _cognito, ...portalOf } = example.portal ?? { domain: '', certificateArn: '', access: {}, limits: { callsPerSecond: 1, burst: 1, callsPerAddressInFiveMinutes: 100 } };
    const issuer = { url: 'https://id.example.com', clientId: 'team-portal', clientSecretArn: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:team-portal-AbCdEf', audience: 'team' };
    const other = deployedOf({ ...example, portal: { ...portalOf, issuer } });
    expect(other.filter(({ Type }) => /Cognito|SecretsManager/.test(Type))).toEqual([]);
    const reads = roleStatements(other).filter(({ statement }) => textsOf(at(statement, 'Action')).includes('secretsmanager:GetSecretValue'));
    expect(reads.map(({ statement }) => textsOf(at(statement, 'Resource')))).toEqual([[issuer.clientSecretArn]]);
  }, patienceMs);
});

describe('a program that calls on its own account', () => {
  const machine = { name: 'nightly', clientId: 'nightly', subjects: 'everyone' as const, capabilities: ['ask' as const, 'end' as const] };
  const { portal: door } = example;
  const environment = door === undefined ? example : { ...example, portal: { ...door, access: { machineClients: [machine] } } };
  const says = (name: string, source: string, type: string) =>
    evaluate({ by: names.roleArn('portal', name), action: 'events:PutEvents', resource: names.busArn, context: { 'events:source': [source], 'events:detail-type': [type] } }, { identity: [{ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }], resourcePolicy: busPolicy(environment, names) });

  it('speaks under a source of its own through both doors, and no other program and nobody else does', async () => {
    expect(await says('api', 'team.portal.machine.nightly', 'AccessRequested.v1')).toBe('Allowed');
    expect(await says('decide', 'team.portal.machine.nightly', 'AccessRevocationRequested.v1')).toBe('Allowed');
    expect(await says('api', 'team.portal.machine.nightly', 'AccessRevocationRequested.v1')).toBe('ExplicitlyDenied');
    expect(await says('api', 'team.portal.machine.other', 'AccessRequested.v1')).toBe('ExplicitlyDenied');
    expect(await says('inbox', 'team.portal.machine.nightly', 'AccessRequested.v1')).toBe('ExplicitlyDenied');
  });
});
