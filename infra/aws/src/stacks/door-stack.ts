import { createHash } from 'node:crypto';
import { CfnOutput, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { CfnAccount, CfnBasePathMapping, CfnDeployment, CfnDomainName, CfnRestApi, CfnStage } from 'aws-cdk-lib/aws-apigateway';
import { PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { logKeyPolicy } from '../access/key-policy.ts';
import { everything } from '../access/resources.ts';
import { allow } from '../access/statements.ts';
import { doorName, stageName } from '../door/door-watches.ts';
import { openApiOf } from '../door/open-api.ts';
import { waysOf } from '../door/paths.ts';
import { makeWebAcl } from '../door/web-acl.ts';
import type { Portal } from '../environment/portal.ts';
import { portalManifest } from '../manifests.ts';
import { explainWildcards } from '../parts/functions.ts';
import type { StackSetting } from './setting.ts';

/** What is logged of a call: nothing that it carries. A path has no query string here. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html */
const logged = JSON.stringify({
  requestId: '$context.requestId',
  time: '$context.requestTime',
  ip: '$context.identity.sourceIp',
  method: '$context.httpMethod',
  path: '$context.path',
  status: '$context.status',
  protocol: '$context.protocol',
  bytes: '$context.responseLength',
  milliseconds: '$context.responseLatency',
  firewall: '$context.waf.status',
  refusedBecause: '$context.error.responseType',
});

/** The way in from the internet: one origin for the API, sign-in and the web application, with TLS 1.2, throttled, behind a firewall. */
export class DoorStack extends Stack {
  constructor(parent: Construct, { environment, names, stackProps }: StackSetting, portal: Portal) {
    super(parent, names.stack('door'), { ...stackProps, description: `TEAM ${environment.name}: the way in` });
    const { region, accounts } = environment;
    const name = doorName(names);
    const ways = waysOf(portalManifest);
    const body = openApiOf(ways, portalManifest.name, names, region);
    const api = new CfnRestApi(this, 'api', { name, description: 'The portal of TEAM', body, failOnWarnings: true, disableExecuteApiEndpoint: true, endpointConfiguration: { types: ['REGIONAL'] } });
    Validations.of(api).acknowledge({ id: 'AwsSolutions::AwsSolutions-APIG2', reason: 'Functions check every call against the contract that the API publishes, and answer what is wrong with it.' });
    for (const functionName of new Set(ways.map((way) => way.functionName))) {
      new CfnPermission(this, `may-invoke-${functionName}`, {
        action: 'lambda:InvokeFunction',
        functionName: names.functionName(portalManifest.name, functionName),
        principal: 'apigateway.amazonaws.com',
        sourceAccount: accounts.team,
        sourceArn: `arn:aws:execute-api:${region}:${accounts.team}:${api.ref}/*/*/*`,
      });
    }
    // What is deployed never changes: another API is another deployment.
    const digest = createHash('sha256').update(JSON.stringify(body)).digest('hex').slice(0, 12);
    const deployment = new CfnDeployment(this, `deployment-${digest}`, { restApiId: api.ref });
    const stage = this.#openStage(api, deployment, { environment, names, stackProps }, portal);
    this.#nameIt(api, stage, portal);
    new CfnWebACLAssociation(this, 'firewall', {
      resourceArn: `arn:aws:apigateway:${region}::/restapis/${api.ref}/stages/${stageName}`,
      webAclArn: makeWebAcl(this, names, portal).attrArn,
    }).addResourceDependency(stage);
  }

  #openStage(api: CfnRestApi, deployment: CfnDeployment, { environment, names }: StackSetting, { limits }: Portal): CfnStage {
    const logGroupName = `/aws/apigateway/${names.prefix}-portal`;
    const key = new Key(this, 'key', { alias: `alias/${names.prefix}-door`, description: 'Access log of the portal of TEAM', enableKeyRotation: true, policy: logKeyPolicy(environment, names.arn('logs', `log-group:${logGroupName}`)) });
    const log = new LogGroup(this, 'log', { logGroupName, retention: environment.retention.logsDays as RetentionDays, encryptionKey: key, removalPolicy: RemovalPolicy.RETAIN });
    const stage = new CfnStage(this, 'stage', {
      restApiId: api.ref,
      deploymentId: deployment.ref,
      stageName,
      accessLogSetting: { destinationArn: log.logGroupArn, format: logged },
      tracingEnabled: environment.tracing,
      methodSettings: [{ httpMethod: '*', resourcePath: '/*', throttlingRateLimit: limits.callsPerSecond, throttlingBurstLimit: limits.burst, loggingLevel: 'OFF', dataTraceEnabled: false, metricsEnabled: false }],
    });
    Validations.of(stage).acknowledge({ id: 'AwsSolutions::AwsSolutions-APIG6', reason: 'Execution logs hold headers, with cookies and tokens. The access log says who called what and how it ended, and functions log what failed.' });
    stage.addResourceDependency(this.#letItLog(names.prefix, environment.accounts.team, environment.region));
    return stage;
  }

  /** API Gateway writes logs as one role of the account, which is TEAM's alone. https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html */
  #letItLog(prefix: string, account: string, region: string): CfnAccount {
    const groups = `arn:aws:logs:${region}:${account}:log-group:`;
    const statements = [
      allow('LogGroups', ['logs:CreateLogGroup', 'logs:DescribeLogStreams', 'logs:FilterLogEvents'], [`${groups}*`]),
      allow('ListOfLogGroups', ['logs:DescribeLogGroups'], [everything]),
      allow('LogStreams', ['logs:CreateLogStream', 'logs:GetLogEvents', 'logs:PutLogEvents'], [`${groups}*:log-stream:*`]),
    ];
    const role = new Role(this, 'log-role', {
      roleName: `${prefix}-door-logs`,
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': account } } }),
      inlinePolicies: { own: new PolicyDocument({ statements }) },
    });
    explainWildcards(role, statements);
    return new CfnAccount(this, 'account', { cloudWatchRoleArn: role.roleArn });
  }

  #nameIt(api: CfnRestApi, stage: CfnStage, { certificateArn, domain }: Portal): void {
    const named = new CfnDomainName(this, 'domain', { domainName: domain, regionalCertificateArn: certificateArn, endpointConfiguration: { types: ['REGIONAL'] }, securityPolicy: 'TLS_1_2' });
    new CfnBasePathMapping(this, 'mapping', { domainName: named.ref, restApiId: api.ref, stage: stageName }).addResourceDependency(stage);
    new CfnOutput(this, 'DomainTarget', { value: named.attrRegionalDomainName, description: `where the name ${domain} must lead, as an alias or CNAME` });
    new CfnOutput(this, 'DomainTargetZone', { value: named.attrRegionalHostedZoneId, description: 'hosted zone of that, for an alias of Route 53' });
  }
}
