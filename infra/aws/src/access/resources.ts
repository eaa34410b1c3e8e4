import { indexesOf, type FunctionManifest, type ServiceManifest } from '@team/runtime';
import type { Environment } from '../environment/schema.ts';
import type { Names } from '../names.ts';
import { clientSecretOf } from './client-secret.ts';

/** What a function's actions are allowed on. */
export interface Scope {
  readonly environment: Environment;
  readonly names: Names;
  readonly manifest: ServiceManifest;
  /** ARN of the key that this service signs with. */
  readonly signingKeyArn: string | undefined;
  /** ARNs of all keys that evidence is signed with, those of approval channels included. */
  readonly evidenceKeyArns: readonly string[];
}

/** What a function's calls of an action are for: of the service's tables those that its manifest names for it. */
export function scopeOf(action: string, { onTables = {} }: Pick<FunctionManifest, 'onTables'>, scope: Scope): Scope {
  const named = onTables[action];
  if (named === undefined) return scope;
  const tables = Object.fromEntries(Object.entries(scope.manifest.tables).filter(([table]) => named.includes(table)));
  return { ...scope, manifest: { ...scope.manifest, tables } };
}

/** For actions that AWS allows on everything or not at all. */
export const everything = '*';

/** Why a resource is not named more narrowly; undefined for one of which nobody has said so. */
export function reasonForWildcard(resource: string): string | undefined {
  return wildcards.find(({ pattern }) => pattern.test(resource))?.reason;
}

const wildcards: readonly { readonly pattern: RegExp; readonly reason: string }[] = [
  { pattern: /^\*$/, reason: 'X-Ray, these reads of Organizations, LookupEvents of CloudTrail and the list of log groups have no resource level.' },
  { pattern: /:identitystore:::(user|group|membership)\/\*$/, reason: 'Whoever may ask or approve is anybody in the identity store; the statement names the one identity store.' },
  { pattern: /:organizations::\d{12}:(account|ou|root)\/o-[a-z0-9]+\/(ou-|r-)?\*$/, reason: 'Requests may name any account of the organization, which the resource names.' },
  { pattern: /:sso:::permissionSet\/[\w-]+\/\*$/, reason: 'Any permission set of the one instance may be asked for.' },
  { pattern: /:sso:::account\/\*$/, reason: 'Access is given in any account but the protected ones, which a Deny names.' },
  { pattern: /^arn:aws:s3:::[\w-]+\/\*$/, reason: 'Objects are named by the hour; the bucket is the service’s own.' },
  { pattern: /:log-group:\/aws\/lambda\/[\w-]+:log-stream:\*$/, reason: 'Lambda names log streams as it goes; the log group is the function’s own.' },
  { pattern: /:log-group:\*(:log-stream:\*)?$/, reason: 'API Gateway wants these rights on the log groups of its account and Region before it takes the role; the account is TEAM’s alone.' },
  { pattern: /:secretsmanager:[\w:-]+-portal-client-\?{6}$/, reason: 'Secrets Manager adds six characters of its choice to the name, which is the deployment’s own.' },
  { pattern: /:s3:::[a-z0-9.-]+\/[\w!.'()/-]+\/\*$/, reason: 'Athena reads the log files of the trail, and writes results, each under the one folder that is named.' },
];

/**
 * Resources of an IAM action, as narrow as AWS can tell them apart: IAM's service authorization reference says on which kinds an action
 * may be allowed (https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html).
 * Throws where it is not known for what an action is.
 */
export function resourcesOf(action: string, scope: Scope): readonly string[] {
  const of = resourcesByAction[action];
  if (of === undefined) throw new RangeError(`${scope.manifest.name} needs "${action}", of which nobody has said for which resources; say it in access/resources.ts`);
  const resources = of(scope);
  if (resources.length === 0) throw new RangeError(`${scope.manifest.name} needs "${action}", and has nothing that it would be for`);
  return resources;
}

type ResourcesOf = (scope: Scope) => readonly string[];

const tables: ResourcesOf = ({ names, manifest }) => Object.keys(manifest.tables).map((table) => names.tableArn(manifest.name, table));
const indexes: ResourcesOf = ({ names, manifest }) =>
  Object.entries(manifest.tables).flatMap(([table, definition]) =>
    Object.keys(indexesOf(definition)).map((index) => `${names.tableArn(manifest.name, table)}/index/${index}`),
  );
/** Tables are queried by an index or, where they are sorted, by themselves. */
const queried: ResourcesOf = (scope) => [
  ...indexes(scope),
  ...Object.entries(scope.manifest.tables).flatMap(([table, { sortedBy }]) => (sortedBy === undefined ? [] : [scope.names.tableArn(scope.manifest.name, table)])),
];
/** Lists that are read whole stand in tables without indexes: a scan of one with aggregates would be a mistake. */
const scanned: ResourcesOf = ({ names, manifest }) =>
  Object.entries(manifest.tables).flatMap(([table, { holds, scanned: small }]) => (holds === 'records' || small === true ? [names.tableArn(manifest.name, table)] : []));

/** Messages are sent to the service's own queues: timers, wakes, what is put off, and what is laid down. */
const queues: ResourcesOf = ({ names, manifest }) =>
  Object.keys(manifest.queues).flatMap((queue) => [names.queueArn(names.queueName(manifest, queue)), names.queueArn(names.deadLetterQueueName(manifest, queue))]);

const buckets: ResourcesOf = ({ names, manifest: { name, buckets: of = [] } }) => of.map((bucket) => names.bucketArn(name, bucket));
const objects: ResourcesOf = (scope) => buckets(scope).map((arn) => `${arn}/*`);

const bus: ResourcesOf = ({ names }) => [names.busArn];
const signingKey: ResourcesOf = ({ signingKeyArn }) => (signingKeyArn === undefined ? [] : [signingKeyArn]);
/** Who signs checkpoints verifies nothing else, and nobody else verifies these with AWS. */
const evidenceKeys: ResourcesOf = (scope) => (scope.manifest.signingKey === 'checkpoint' ? signingKey(scope) : scope.evidenceKeyArns);

/** Functions of other services that answer questions. */
const queries: ResourcesOf = ({ names, manifest: { asks = [] } }) => asks.map((service) => names.arn('lambda', `function:${names.functionName(service, 'query')}`));

const global = (resource: string): string => `arn:aws:${resource}`;
const identityStore = ({ environment }: Scope): string =>
  global(`identitystore::${environment.accounts.management}:identitystore/${environment.identityCenter.identityStoreId}`);
const users = global('identitystore:::user/*');
const groups = global('identitystore:::group/*');
const memberships = global('identitystore:::membership/*');

const inOrganization = ({ environment: { accounts, organizationId } }: Scope, kind: string, ids = '*'): string =>
  `arn:aws:organizations::${accounts.management}:${kind}/${organizationId}/${ids}`;
const units = (scope: Scope): string => inOrganization(scope, 'ou', 'ou-*');
const parents: ResourcesOf = (scope) => [inOrganization(scope, 'root', 'r-*'), units(scope)];

const instance = ({ environment }: Scope): string => environment.identityCenter.instanceArn;
const permissionSets = ({ environment }: Scope): string =>
  global(`sso:::permissionSet/${environment.identityCenter.instanceArn.split('/')[1] ?? ''}/*`);
const accounts = global('sso:::account/*');
const assignments: ResourcesOf = (scope) => [instance(scope), permissionSets(scope), accounts];
const instanceAlone: ResourcesOf = (scope) => [instance(scope)];

const workgroup: ResourcesOf = ({ environment: { activity, region, accounts: { team } } }) => (activity.source === 'athena' ? [`arn:aws:athena:${region}:${team}:workgroup/${activity.workgroup}`] : []);
const eventDataStore: ResourcesOf = ({ environment: { activity } }) => (activity.source === 'lake' ? [activity.eventDataStoreArn] : []);

const resourcesByAction: Readonly<Record<string, ResourcesOf>> = {
  'dynamodb:BatchGetItem': tables,
  'dynamodb:GetItem': tables,
  'dynamodb:PutItem': tables,
  'dynamodb:UpdateItem': tables,
  'dynamodb:DeleteItem': tables,
  'dynamodb:Query': queried,
  'dynamodb:Scan': scanned,
  'events:PutEvents': bus,
  'sqs:SendMessage': queues,
  's3:GetObject': objects,
  's3:ListBucket': buckets,
  's3:PutObject': objects,
  'kms:Sign': signingKey,
  'kms:GetPublicKey': evidenceKeys,
  'lambda:InvokeFunction': queries,
  'secretsmanager:GetSecretValue': ({ environment, names }) => clientSecretOf(environment, names).arns,
  'athena:GetQueryExecution': workgroup,
  'athena:GetQueryResults': workgroup,
  'athena:StartQueryExecution': workgroup,
  'cloudtrail:GetQueryResults': eventDataStore,
  'cloudtrail:StartQuery': eventDataStore,
  // No resource level: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudtrail.html
  'cloudtrail:LookupEvents': () => [everything],
  'identitystore:DescribeUser': (scope) => [identityStore(scope), users],
  'identitystore:IsMemberInGroups': (scope) => [identityStore(scope), users, groups, memberships],
  'identitystore:ListGroupMemberships': (scope) => [identityStore(scope), groups, memberships],
  'identitystore:ListGroupMembershipsForMember': (scope) => [identityStore(scope), users, memberships],
  'identitystore:ListGroups': (scope) => [identityStore(scope), groups],
  'identitystore:ListUsers': (scope) => [identityStore(scope), users],
  'organizations:DescribeAccount': (scope) => [inOrganization(scope, 'account')],
  'organizations:ListAccountsForParent': parents,
  'organizations:ListOrganizationalUnitsForParent': parents,
  'organizations:ListParents': (scope) => [inOrganization(scope, 'account'), units(scope)],
  'organizations:ListTagsForResource': (scope) => [inOrganization(scope, 'account')],
  // No resource level: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsorganizations.html
  'organizations:DescribeOrganization': () => [everything],
  'organizations:ListRoots': () => [everything],
  'sso:CreateAccountAssignment': assignments,
  'sso:DeleteAccountAssignment': assignments,
  'sso:DescribeAccountAssignmentCreationStatus': instanceAlone,
  'sso:DescribeAccountAssignmentDeletionStatus': instanceAlone,
  'sso:DescribeInstance': instanceAlone,
  'sso:DescribePermissionSet': (scope) => [instance(scope), permissionSets(scope)],
  'sso:ListAccountAssignmentCreationStatus': instanceAlone,
  'sso:ListAccountAssignmentDeletionStatus': instanceAlone,
  'sso:ListAccountAssignments': assignments,
  'sso:ListPermissionSets': instanceAlone,
  'sso:ListPermissionSetsProvisionedToAccount': (scope) => [instance(scope), accounts],
  'sso:ListTagsForResource': (scope) => [instance(scope), permissionSets(scope)],
};
