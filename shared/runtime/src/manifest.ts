import type { EmitterRegistration, EventContract, FactSource } from '@team/contracts';
import type { ActivitySourceName } from './activity.ts';

/**
 * Everything about a service that a composition root must know, as data. The local run and the AWS app read the same one.
 */
export interface ServiceManifest {
  readonly name: string;
  readonly source: FactSource | 'team.portal';
  readonly publishes: readonly EventContract[];
  readonly tables: Readonly<Record<string, TableManifest>>;
  readonly queues: Readonly<Record<string, QueueManifest>>;
  readonly functions: Readonly<Record<string, FunctionManifest>>;
  /** KMS key that this service alone may sign with. */
  readonly signingKey?: SigningKey;
  /** Where it lays down what nobody may change or remove afterwards, nor it itself: each object once, for as long as the deployment says. */
  readonly buckets?: readonly string[];
  /** Services whose function `query` it asks. */
  readonly asks?: readonly string[];
}

/** What is signed by a key of its own: acceptance of requests, proof of approval, checkpoints of the trail, what people decide at a channel of ours. */
export type SigningKey = EvidenceKey | 'decision';
/** Keys that services know by what they are for. A channel's key is known by its registration. */
export type EvidenceKey = 'acceptance' | 'proof' | 'checkpoint';

/** A table with partition key `pk` and, where it says so, a sort key. One of aggregates has the sparse indexes `outbox` and `due` beside the ones named here. */
export interface TableManifest {
  readonly holds: 'aggregates' | 'records';
  /** Sort key beside `pk`, a string: of records that are read in order, partition by partition. */
  readonly sortedBy?: string;
  /** It may be read as a whole: it stays small. Tables of records always may. */
  readonly scanned?: true;
  /** What is due on its aggregates neither gives nor takes access: a deployment may be removed while they wait. */
  readonly afterwards?: true;
  readonly indexes?: Readonly<Record<string, IndexManifest>>;
  /** Attribute of records with the second (since the epoch) from which on DynamoDB may delete them; absent: they stay. Aggregates have their own. */
  readonly forgottenBy?: string;
}

/** A sparse global secondary index: items without its attributes are not in it. */
export interface IndexManifest {
  readonly partition: { readonly name: string; readonly type: 'S' };
  readonly sort: { readonly name: string; readonly type: 'S' | 'N' };
  /** What of an item it holds beside the keys: each attribute costs writes. Absent: nothing, since what is found is read again by key. */
  readonly holds?: 'everything' | readonly string[];
}

export interface QueueManifest {
  /** Events that a rule brings here; absent for queues that the service writes to itself. */
  readonly consumes?: readonly EventContract[] | 'everything';
  readonly fifo?: boolean;
  /** Receives after which a message goes to the dead-letter queue. */
  readonly maxReceives: number;
}

export interface FunctionManifest {
  /** What invokes it. */
  readonly trigger: { readonly queue: string; readonly batchSize: number } | { readonly everyMinute: true } | { readonly invoked: true } | HttpTrigger;
  readonly timeoutSeconds: number;
  /** Memory (MB), with which its share of a processor grows; absent: 512. https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
  readonly memoryMb?: number;
  /** At most so many invocations at once; absent: unbounded. */
  readonly concurrency?: number;
  /** Words that it must log again and again, within so many hours; else somebody is told. */
  readonly mustSay?: { readonly words: string; readonly withinHours: number };
  /** The emitter as which it puts intents on the bus. */
  readonly emits?: EmitterManifest;
  /** Folder of the service with a web application, which lies built beside its code. */
  readonly web?: string;
  /** IAM actions that its own calls need, by the resource they are for. */
  readonly actions: readonly string[];
  /** Tables that an action is for, by action, where that is not every table of the service. */
  readonly onTables?: Readonly<Record<string, readonly string[]>>;
  /** Attributes beside the key that its updates may write, where not any: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html */
  readonly updates?: readonly string[];
  /** Those that it needs beside, by where a deployment says that session activity is read from. */
  readonly activityActions?: Readonly<Partial<Record<ActivitySourceName, readonly string[]>>>;
}

/** HTTP calls, by paths as OpenAPI writes them: `{id}` is one segment, `{proxy+}` all that follow. Of several that a call fits, the one with more said counts. */
export interface HttpTrigger {
  readonly http: readonly string[];
}

/** What a function is registered for as an emitter; its role and the key of its service are the deployment's to say. */
export interface EmitterManifest extends Omit<EmitterRegistration, 'roleArn' | 'mayDecide'> {
  /** It is an approval channel, and signs with its service's key. */
  readonly mayDecide?: true;
}

/** Index that holds items with unpublished events; sorted by since when some wait. */
const outboxIndex: IndexManifest = { partition: { name: 'outboxShard', type: 'S' }, sort: { name: 'outboxAt', type: 'N' } };

/** Index that holds items on which something becomes due; sorted by when. */
const dueIndex: IndexManifest = { partition: { name: 'dueShard', type: 'S' }, sort: { name: 'dueAt', type: 'N' } };

/** Attribute with the second from which on DynamoDB may delete an item; undefined where items stay. */
export const timeToLiveOf = ({ holds, forgottenBy }: TableManifest): string | undefined => (holds === 'aggregates' ? 'expiresAt' : forgottenBy);

/** All IAM actions of a function's own calls in a deployment that reads session activity from there. */
export const actionsOf = ({ actions, activityActions = {} }: FunctionManifest, source: ActivitySourceName): readonly string[] => [...actions, ...(activityActions[source] ?? [])];

/** The functions of a service that are emitters, as every judge is told of them. */
export function emittersOf({ signingKey, functions }: ServiceManifest, prefix: string, roleArnOf: (functionName: string) => string): EmitterRegistration[] {
  return Object.entries(functions).flatMap(([name, { emits }]) => {
    if (emits === undefined) return [];
    const { mayDecide, ...registration } = emits;
    if (mayDecide === undefined) return [{ ...registration, roleArn: roleArnOf(name) }];
    if (signingKey === undefined) throw new RangeError(`${emits.name} decides, and its service has no key to sign with`);
    return [{ ...registration, roleArn: roleArnOf(name), mayDecide: { keyId: resourceNames.signingKeyAlias(prefix, signingKey) } }];
  });
}

/** Memory of a function (MB). */
export const memoryMbOf = ({ memoryMb = 512 }: FunctionManifest): number => memoryMb;

/** What an index holds, as DynamoDB is told. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Projection.html */
export function projectionOf({ holds }: IndexManifest): { ProjectionType: 'ALL' | 'KEYS_ONLY' } | { ProjectionType: 'INCLUDE'; NonKeyAttributes: string[] } {
  if (holds === 'everything') return { ProjectionType: 'ALL' };
  return holds === undefined ? { ProjectionType: 'KEYS_ONLY' } : { ProjectionType: 'INCLUDE', NonKeyAttributes: [...holds] };
}

/** All indexes of a table, by name. */
export function indexesOf(table: TableManifest): Readonly<Record<string, IndexManifest>> {
  return { ...(table.holds === 'aggregates' ? { outbox: outboxIndex, due: dueIndex } : {}), ...table.indexes };
}

/** Names of the resources of one deployment; `prefix` keeps two deployments in one account apart. */
export const resourceNames = {
  table: (prefix: string, service: string, table: string): string => `${prefix}-${service}-${table}`,
  queue: (prefix: string, service: string, queue: string, fifo = false): string => `${prefix}-${service}-${queue}${fifo ? '.fifo' : ''}`,
  deadLetterQueue: (prefix: string, service: string, queue: string, fifo = false): string =>
    `${prefix}-${service}-${queue}-dlq${fifo ? '.fifo' : ''}`,
  rule: (prefix: string, service: string, queue: string): string => `${prefix}-${service}-${queue}`,
  /** Names of buckets are one for all of AWS: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
  bucket: (prefix: string, service: string, bucket: string, account: string): string => `${prefix}-${service}-${bucket}-${account}`,
  signingKeyAlias: (prefix: string, key: SigningKey): string => `alias/${prefix}-${key}`,
};

/** IAM actions of the calls that executing commands on aggregates makes which exist, and of putting a message off or laying it down. */
export const changeActions = ['dynamodb:GetItem', 'dynamodb:UpdateItem', 'events:PutEvents', 'sqs:SendMessage'] as const;
/** The same, where an aggregate may be the first of its key. */
export const aggregateActions = [...changeActions, 'dynamodb:PutItem'] as const;
/** IAM actions of the calls that the sweep makes. */
export const sweepActions = [...changeActions, 'dynamodb:Query'] as const;

/**
 * EventBridge pattern that brings a queue what it consumes. Of events replayed from an archive it brings only the audit service any,
 * which knows them again: what happened once must not be done once more.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-replay-archived-event.html
 */
export function rulePattern(consumes: readonly EventContract[] | 'everything'): object {
  if (consumes === 'everything') {
    // All but the audit service's own records of records, which would go round for ever.
    return { $or: [{ source: [{ 'anything-but': ['team.audit'] }] }, { 'detail-type': [{ 'anything-but': ['AuditRecorded.v1'] }] }] };
  }
  return { 'detail-type': consumes.map((contract) => contract.detailType), 'replay-name': [{ exists: false }] };
}
