import { clientSecretOf } from '../access/client-secret.ts';
import { bootstrapOf } from './bootstrap.ts';
import type { Conditions, Deployment } from './document.ts';

/** Actions that are needed on the same resources under the same conditions. */
export interface Need {
  readonly actions: readonly string[];
  readonly on: (deployment: Deployment) => readonly string[];
  readonly when?: (deployment: Deployment) => Conditions;
}

const begins = (service: string, resource: string) => ({ names }: Deployment): string[] => [names.arn(service, `${resource}${names.prefix}-*`)];
const keys = ({ names }: Deployment): string[] => [names.arn('kms', 'key/*')];
const functions = begins('lambda', 'function:');

/** API Gateway's resources are paths of its own API. It names them itself; the account and its Region are TEAM's alone. */
const gateway = (...paths: string[]) => ({ environment: { region } }: Deployment): string[] => paths.map((path) => `arn:aws:apigateway:${region}::${path}`);
const domainsOf = ({ environment: { portal } }: Deployment): string[] => (portal === undefined ? [] : [`/domainnames/${portal.domain}`]);

/** Resources of a deployment, by the names that it gives to all of them; wider only where AWS gives the name. */
export const on = {
  everything: (): string[] => ['*'],
  alarms: begins('cloudwatch', 'alarm:'),
  /** A dashboard is of no Region. */
  dashboard: ({ environment: { accounts }, names }: Deployment): string[] => [`arn:aws:cloudwatch::${accounts.team}:dashboard/${names.prefix}`],
  tables: begins('dynamodb', 'table/'),
  registry: ({ names }: Deployment): string[] => [names.arn('schemas', `registry/${names.prefix}`)],
  schemas: ({ names }: Deployment): string[] => [names.arn('schemas', `schema/${names.prefix}/*`)],
  bus: ({ names }: Deployment): string[] => [names.busArn],
  archive: ({ names }: Deployment): string[] => [names.arn('events', `archive/${names.prefix}`)],
  archiveAndBus: ({ names }: Deployment): string[] => [names.arn('events', `archive/${names.prefix}`), names.busArn],
  /** Those of the bus, and those of the minute, which are on the account's own bus. */
  rules: ({ names }: Deployment): string[] => [names.ruleArn(`${names.prefix}-*`), names.arn('events', `rule/${names.prefix}-*`)],
  roles: ({ environment: { accounts }, names }: Deployment): string[] => [`arn:aws:iam::${accounts.team}:role/${names.prefix}-*`],
  /** A key is named by AWS, and has no alias before it is made: every key of the account's Region, which is TEAM's alone. Each key's policy bounds its use. */
  keys,
  aliasesAndKeys: (deployment: Deployment): string[] => [deployment.names.arn('kms', `alias/${deployment.names.prefix}-*`), ...keys(deployment)],
  functions,
  /** A mapping is named by AWS. */
  mappings: ({ names }: Deployment): string[] => [names.arn('lambda', 'event-source-mapping:*')],
  itsFunctions: (deployment: Deployment): Conditions => ({ ArnLike: { 'lambda:FunctionArn': functions(deployment) } }),
  bundles: (deployment: Deployment): string[] => [`${bootstrapOf(deployment).assetBucketArn}/*`],
  logGroups: (deployment: Deployment): string[] => [...begins('logs', 'log-group:/aws/lambda/')(deployment), ...(deployment.environment.portal === undefined ? [] : begins('logs', 'log-group:/aws/apigateway/')(deployment))],
  /** What is delivered to a SIEM; each place has names of its own that begin so. */
  siemLogGroups: begins('logs', 'log-group:/aws/kinesisfirehose/'),
  siemLogStreams: ({ names }: Deployment): string[] => [names.arn('logs', `log-group:/aws/kinesisfirehose/${names.prefix}-siem-*:log-stream:*`)],
  siemStreams: begins('firehose', 'deliverystream/'),
  siemConnections: begins('events', 'connection/'),
  siemDestinations: begins('events', 'api-destination/'),
  siemDestinationsAndConnections: (deployment: Deployment): string[] => [...begins('events', 'api-destination/')(deployment), ...begins('events', 'connection/')(deployment)],
  /** Secrets in which EventBridge keeps what connections present: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-target-connection.html */
  connectionSecrets: ({ names }: Deployment): string[] => [names.arn('secretsmanager', `secret:events!connection/${names.prefix}-siem-*`)],
  /** Secrets that the environment names, which CloudFormation reads for a connection. */
  siemSecrets: ({ environment: { siem } }: Deployment): string[] => siem.flatMap((sink) => (sink.kind === 'api-destination' ? [sink.secretArn] : [])),
  siemSecretKeys: ({ environment: { siem } }: Deployment): string[] => siem.flatMap((sink) => (sink.kind === 'api-destination' && sink.secretKeyArn !== undefined ? [sink.secretKeyArn] : [])),
  connectionsRole: ({ environment: { accounts } }: Deployment): string[] => [`arn:aws:iam::${accounts.team}:role/aws-service-role/apidestinations.events.amazonaws.com/AWSServiceRoleForAmazonEventBridgeApiDestinations`],
  gatewayAccount: gateway('/account'),
  gatewayApis: gateway('/restapis/*'),
  gatewayStages: gateway('/restapis/*/stages/*'),
  /** Where API Gateway makes what it names itself. */
  gatewayCollections: gateway('/restapis', '/restapis/*/deployments', '/restapis/*/stages'),
  gatewayDomain: (deployment: Deployment): string[] => domainsOf(deployment).flatMap((domain) => gateway(domain, `${domain}/*`)(deployment)),
  gatewayDomainCollections: (deployment: Deployment): string[] => domainsOf(deployment).flatMap((domain) => gateway('/domainnames', `${domain}/basepathmappings`)(deployment)),
  gatewayDomainItself: (deployment: Deployment): string[] => domainsOf(deployment).flatMap((domain) => gateway(domain)(deployment)),
  gatewayTags: gateway('/tags/*'),
  userPools: ({ names }: Deployment): string[] => [names.arn('cognito-idp', 'userpool/*')],
  clientSecret: ({ environment, names }: Deployment): string[] => (environment.portal?.cognito === undefined ? [] : [...clientSecretOf({}, names).arns]),
  webAcl: ({ names }: Deployment): string[] => [names.arn('wafv2', `regional/webacl/${names.prefix}-portal/*`)],
  webAclAndItsRules: ({ names }: Deployment): string[] => [names.arn('wafv2', `regional/webacl/${names.prefix}-portal/*`), names.arn('wafv2', 'regional/managedruleset/*/*')],
  webAclAndItsStage: ({ environment: { region }, names }: Deployment): string[] => [names.arn('wafv2', `regional/webacl/${names.prefix}-portal/*`), `arn:aws:apigateway:${region}::/restapis/*/stages/*`],
  buckets: ({ names }: Deployment): string[] => [`arn:aws:s3:::${names.prefix}-*`],
  topicAndSubscriptions: ({ names }: Deployment): string[] => [names.alarmTopicArn, `${names.alarmTopicArn}:*`],
  queues: begins('sqs', ''),
  bootstrapVersion: (deployment: Deployment): string[] => [bootstrapOf(deployment).versionParameterArn],
} as const;

/** Only to a service of AWS. */
export const passedTo = (service: string) => (): Conditions => ({ StringEquals: { 'iam:PassedToService': `${service}.amazonaws.com` } });

/** Only when a service of AWS calls on somebody's behalf. */
export const through = (service: string) => ({ environment: { region } }: Deployment): Conditions => ({ StringEquals: { 'kms:ViaService': `${service}.${region}.amazonaws.com` } });
