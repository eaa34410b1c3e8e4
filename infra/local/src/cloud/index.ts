export { AwsError } from './aws-error.ts';
export type { Json, JsonObject } from './json.ts';
export type { Random } from './random.ts';
export { randomUuid, seededRandom, systemRandom } from './random-sources.ts';
export type { Call, Caller, StandIn } from './stand-in.ts';
export { notImplemented } from './not-implemented.ts';
export { checkedInput } from './input.ts';

export type { Change, DurableMap, Store } from './store.ts';
export { journaledStore, type JournaledStore, type JournaledStoreOptions } from './storage/journaled-store.ts';
export { memoryStore } from './storage/memory-store.ts';
export { committingTimeline } from './storage/committing-timeline.ts';
export { FolderInUseError } from './storage/folder-lock.ts';
export { changesIn, DamagedJournalError, readJournal, RemovedFolderError, writeSnapshot } from './storage/journal-file.ts';

export type { Timeline, Timer, TimerOptions } from './timeline.ts';
export { createCron, type Cron } from './time/cron.ts';
export { runUntil, type Goal, type RunOptions } from './time/run-until.ts';
export { rememberedOrigin, systemTimeline, type Origin, type SystemTimeline } from './time/system-timeline.ts';
export { virtualTimeline, type VirtualTimeline } from './time/virtual-timeline.ts';

export { createRouter, type Authorize, type RoutedCall, type Router, type RouterOptions } from './wire/router.ts';
export { clientConfig, inProcessHandler, type InProcessHandler } from './wire/in-process.ts';
export { serveHttp, type HttpServer, type HttpServerOptions } from './wire/http-server.ts';

export { dynamoDb, type DynamoDbOptions } from './dynamodb/dynamodb.ts';
export { sqs, type QueueConsumer, type ReceivedMessage, type SqsStandIn } from './sqs/sqs.ts';
export { eventBridge, type EventBridgeOptions, type EventBridgeStandIn, type UncheckedEntry } from './eventbridge/eventbridge.ts';
export type { ArchivedEvent } from './eventbridge/archives.ts';
export type { DeliveryFaults } from './eventbridge/delivery.ts';
export { compilePattern, type Matcher } from './eventbridge/pattern.ts';
