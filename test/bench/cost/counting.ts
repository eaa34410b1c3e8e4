import { AsyncLocalStorage } from 'node:async_hooks';
import { indexesOf, memoryMbOf, resourceNames, type FunctionManifest, type IndexManifest, type QueueManifest } from '@team/runtime';
import { seededRandom, type JsonObject, type RoutedCall, type StandIn, type Timeline } from '../../../infra/local/src/cloud/index.ts';
import { manifests } from '../../../infra/local/src/system/create-system.ts';
import type { SystemOptions } from '../../../infra/local/src/system/options.ts';
import { prefix, serviceCaller } from '../../../infra/local/src/system/who.ts';
import { withLatency } from '../aws-latencies.ts';
import { readUnits, unitsOfWrite, type Item } from './item-units.ts';
import type { Counts, Priced } from './prices.ts';

/** What a function computes beside waiting for calls: our assumption, at 512 MB (ms). Its share of a processor goes with its memory. */
export const computeMs = 10;
/** The lines in which Lambda says that an invocation began and how it ended, as JSON (bytes). */
export const logBytes = 700;
const eventChunk = 64 * 1_024;

export interface Counting {
  readonly more: Pick<SystemOptions, 'intercept' | 'around'>;
  /** Of what requests cause. */
  readonly byRequests: Counts;
  /** Of what the minute cron causes, request or none. */
  readonly byCron: Counts;
  /** The world's time and stand-ins, as soon as there is one: before that nothing is counted. */
  begin(timeline: Timeline, standIns: readonly StandIn[]): void;
}

const services = new Set(manifests.map(({ name }) => serviceCaller(name)));
const functions = new Map(manifests.flatMap(({ name, functions: all }) => Object.entries<FunctionManifest>(all).map(([one, definition]) => [`${name}.${one}`, definition] as const)));
const queues = manifests.flatMap(({ queues: all }) => Object.values<QueueManifest>(all));
const indexes = new Map<unknown, readonly IndexManifest[]>(
  manifests.flatMap(({ name, tables }) => Object.entries(tables).map(([table, definition]) => [resourceNames.table(prefix, name, table), Object.values(indexesOf(definition))] as const)),
);

/** Counts what AWS would bill, of a world in which every call takes its time. */
export function counting(seed: number): Counting {
  const byRequests: Counts = {};
  const byCron: Counts = {};
  const invocation = new AsyncLocalStorage<Counts>();
  const begun: { timeline?: Timeline; dynamo?: StandIn } = {};
  const add = (counts: Counts, what: Priced, count: number): void => void (counts[what] = (counts[what] ?? 0) + count);

  const latent = withLatency(() => begun.timeline, seededRandom(seed), (call, { output, error }) => {
    const counts = invocation.getStore() ?? byRequests;
    if (call.target === 'TrentService') add(counts, 'kmsEccRequest', 1);
    if (call.target === 'AmazonSQS') add(counts, JSON.stringify(call.input['QueueUrl']).endsWith('.fifo"') ? 'sqsFifoRequest' : 'sqsStandardRequest', 1);
    if (call.target === 'DynamoDB_20120810' && error === undefined) add(counts, 'dynamoReadUnit', unitsOfRead(call, output));
  });

  const intercept: NonNullable<SystemOptions['intercept']> = async (call, next) => {
    if (begun.timeline === undefined) return next();
    if (call.action === 'PutEvents') countEvents(call, invocation.getStore() ?? byRequests);
    if (!services.has(call.caller.name)) return next();
    return latent(call, /Item$/.test(call.action) && call.action !== 'GetItem' ? () => countedWrite(call, next) : next);
  };

  /** An event is paid for once, and once more (as a request) for each queue that it is brought to. */
  function countEvents({ input }: RoutedCall, counts: Counts): void {
    for (const entry of input['Entries'] as { DetailType: string; Detail: string }[]) {
      add(counts, 'eventBridgeEvent', Math.ceil(Buffer.byteLength(entry.Detail) / eventChunk));
      const brought = queues.filter(({ consumes = [] }) => consumes === 'everything' || consumes.some(({ detailType }) => detailType === entry.DetailType));
      add(counts, 'sqsStandardRequest', brought.length);
    }
  }

  async function countedWrite(call: RoutedCall, next: () => Promise<JsonObject>): Promise<JsonObject> {
    const before = await itemOf(call);
    try {
      return await next();
    } finally {
      add(invocation.getStore() ?? byRequests, 'dynamoWriteUnit', unitsOfWrite(before, await itemOf(call), indexes.get(call.input['TableName']) ?? []));
    }
  }

  async function itemOf({ input, caller }: RoutedCall): Promise<Item | undefined> {
    const given = input['Key'] ?? { pk: (input['Item'] as Item)['pk'] };
    const answer = await begun.dynamo?.handle({ action: 'GetItem', input: { TableName: input['TableName'], Key: given, ConsistentRead: true } as JsonObject, caller });
    return answer?.['Item'] as Item | undefined;
  }

  const around: NonNullable<SystemOptions['around']> = async ({ service, name }, run) => {
    const definition = functions.get(`${service}.${name}`);
    if (definition === undefined) throw new Error(`no manifest has ${service}.${name}`);
    const { trigger } = definition;
    const memoryMb = memoryMbOf(definition);
    const counts = 'everyMinute' in trigger ? byCron : byRequests;
    const startedAt = begun.timeline?.now() ?? 0;
    try {
      return await invocation.run(counts, run);
    } finally {
      add(counts, 'lambdaInvocation', 1);
      add(counts, 'lambdaArmGbSecond', ((memoryMb / 1_024) * ((begun.timeline?.now() ?? 0) - startedAt + (computeMs * 512) / memoryMb)) / 1_000);
      add(counts, 'logsGigabyte', logBytes / 1e9);
      add(counts, 'xrayTrace', 1);
      // Lambda's receive and its delete, whatever the batch.
      if ('queue' in trigger) add(counts, trigger.queue === 'dispatch' ? 'sqsFifoRequest' : 'sqsStandardRequest', 2);
    }
  };

  return {
    more: { intercept, around },
    byRequests,
    byCron,
    begin(timeline, standIns) {
      begun.timeline = timeline;
      const dynamo = standIns.find(({ target }) => target === 'DynamoDB_20120810');
      if (dynamo !== undefined) begun.dynamo = dynamo;
    },
  };
}

function unitsOfRead({ action, input }: RoutedCall, output: Readonly<Record<string, unknown>> | undefined): number {
  if (!['GetItem', 'Query', 'Scan'].includes(action)) return 0;
  const items = action === 'GetItem' ? [output?.['Item'] ?? {}] : ((output?.['Items'] ?? []) as Item[]);
  const bytes = items.reduce<number>((sum, item) => sum + Buffer.byteLength(JSON.stringify(item)), 0);
  return readUnits(bytes, input['ConsistentRead'] === true);
}
