import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { KMSClient } from '@aws-sdk/client-kms';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { EmitterRegistration } from '@team/contracts';
import type { Context } from 'aws-lambda';
import { createAggregate, type Aggregate, type AggregateDefinition } from './aggregate/aggregate.ts';
import { createDueTimers, timerMessage, type DueTimers } from './aggregate/due.ts';
import { createRelay } from './aggregate/relay.ts';
import { createAggregateStore, type AggregateStore } from './aggregate/store.ts';
import type { Clock } from './clock.ts';
import { consumeEvents, type Route } from './consume.ts';
import { TeamError } from './errors.ts';
import type { DomainEvent } from './events.ts';
import type { NewId } from './ids.ts';
import type { Logger } from './logger.ts';
import type { EvidenceKey, ServiceManifest } from './manifest.ts';
import { consumeWakes, type ConsumedQueue, type SqsHandler } from './messages.ts';
import { createPublisher } from './publisher.ts';

/** AWS SDK clients that every service has. A service that needs more takes them beside these. */
export interface Clients {
  readonly dynamo: DynamoDBClient;
  readonly documents: DynamoDBDocumentClient;
  readonly eventBridge: EventBridgeClient;
  readonly sqs: SQSClient;
  readonly kms: KMSClient;
}

/** What a deployment tells a service. */
export interface ServiceConfig {
  readonly busName: string;
  /** Account in which TEAM runs: facts come from nowhere else. */
  readonly ownAccount: string;
  /** Physical table names by the manifest's names. */
  readonly tables: Readonly<Record<string, string>>;
  /** Physical queues by the manifest's names. */
  readonly queues: Readonly<Record<string, ConsumedQueue>>;
  /** Ids of the keys that sign evidence. */
  readonly keys: Readonly<Record<EvidenceKey, string>>;
  /** Physical buckets by the manifest's names. */
  readonly buckets?: Readonly<Record<string, string>> | undefined;
  /** Who may put intents on the bus, and for whom. */
  readonly emitters: readonly EmitterRegistration[];
}

/** Everything a service is given by the place in which it runs. */
export interface Platform {
  readonly clients: Clients;
  readonly config: ServiceConfig;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly logger: Logger;
}

/** What a kit takes of a platform: no client that signs. */
export interface KitPlatform extends Omit<Platform, 'clients'> {
  readonly clients: Pick<Clients, 'documents' | 'eventBridge' | 'sqs'>;
}

/** Physical name of the table that the manifest calls so. Throws `ERR_CONFIG_TABLE`. */
export function tableOf({ tables }: Pick<ServiceConfig, 'tables'>, table: string): string {
  const name = tables[table];
  if (name === undefined) throw new TeamError('ERR_CONFIG_TABLE', `no table "${table}" is configured; the deployment must name every one of the manifest`);
  return name;
}

/** The queue that the manifest calls so. Throws `ERR_CONFIG_QUEUE`. */
export function queueOf({ queues }: Pick<ServiceConfig, 'queues'>, queue: string): ConsumedQueue {
  const found = queues[queue];
  if (found === undefined) throw new TeamError('ERR_CONFIG_QUEUE', `no queue "${queue}" is configured; the deployment must name every one of the manifest`);
  return found;
}

/** The bucket that the manifest calls so. Throws `ERR_CONFIG_BUCKET`. */
export function bucketOf({ buckets }: Pick<ServiceConfig, 'buckets'>, bucket: string): string {
  const name = buckets?.[bucket];
  if (name === undefined) throw new TeamError('ERR_CONFIG_BUCKET', `no bucket "${bucket}" is configured; the deployment must name every one of the manifest`);
  return name;
}

/** Handler of the minute cron. What it rejects with counts as a failure of the function; the next minute comes all the same. */
export type MinuteHandler = (event: unknown, context: Context) => Promise<void>;

/** What a service composes itself from; `compose()` is little more than calls to these. */
export interface ServiceKit {
  store(table: string): AggregateStore;
  aggregate<State, Command, Event extends DomainEvent>(
    table: string,
    definition: AggregateDefinition<State, Command, Event>,
  ): Aggregate<State, Command, Event>;
  /** Handler of a queue of bus events. */
  events(queue: string, routes: readonly Route[]): SqsHandler;
  /** Handler of the queue `timers`: by the part of the aggregate's key before `#`, what to do when it is due. */
  timers(onDue: Readonly<Record<string, (key: string, context: Context) => Promise<void>>>): SqsHandler;
  /** Handler of the minute cron: enqueues what is due, publishes what a crash left. Neither waits for the other; rejects with what failed. */
  sweep(): MinuteHandler;
}

/** Kit of one service on one platform. */
export function createServiceKit(manifest: ServiceManifest, platform: KitPlatform): ServiceKit {
  const { clients, config, clock, newId, logger } = platform;
  const publisher = createPublisher(clients.eventBridge, config.busName);
  const stores = new Map<string, { readonly store: AggregateStore; readonly timers: DueTimers }>();

  const opened = (table: string) => {
    const known = stores.get(table);
    if (known !== undefined) return known;
    const store = createAggregateStore(clients.documents, tableOf(config, table), clock);
    const timers = createDueTimers(store, clients.sqs, config.queues['timers']?.url, clock, logger);
    const fresh = { store, timers };
    stores.set(table, fresh);
    return fresh;
  };

  return {
    store: (table) => opened(table).store,
    aggregate: (table, definition) =>
      createAggregate(definition, { ...opened(table), publisher, publishes: manifest.publishes, clock, newId, logger }),
    events: (queue, routes) => consumeEvents(queueOf(config, queue), clients.sqs, logger, config.ownAccount, routes),
    timers: (onDue) =>
      consumeWakes(queueOf(config, 'timers'), clients.sqs, logger, async (body, context) => {
        const { timer } = timerMessage.parse(JSON.parse(body));
        const handle = onDue[timer.slice(0, timer.indexOf('#'))];
        if (handle === undefined) throw new TeamError('ERR_TIMER_UNKNOWN', `nothing here is due under the key "${timer}"`);
        await handle(timer, context);
      }),
    sweep: () => async () => {
      const tables = Object.keys(manifest.tables).filter((name) => manifest.tables[name]?.holds === 'aggregates');
      const duties = tables.flatMap((name) => {
        const { store, timers } = opened(name);
        return [timers.sweep(), createRelay(store, publisher, clock, logger)()];
      });
      const failures = (await Promise.allSettled(duties)).flatMap((duty) => (duty.status === 'rejected' ? [duty.reason as unknown] : []));
      if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${duties.length} duties of the sweep failed`);
    },
  };
}
