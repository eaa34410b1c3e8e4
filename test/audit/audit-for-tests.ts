import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { compose, type AuditHandlers } from '@team/audit/compose';
import { manifest } from '@team/audit/manifest';
import type { DeliveredEvent } from '@team/contracts';
import { createLogger, uuidv7Source, type Platform } from '@team/runtime';
import type { Context, SQSRecord } from 'aws-lambda';
import type { RouterOptions } from '../../infra/local/src/cloud/index.ts';
import { memoryStore, seededRandom } from '../../infra/local/src/cloud/index.ts';
import { objectsInMemory } from '../../infra/local/src/cloud/s3/objects.ts';
import { s3 } from '../../infra/local/src/cloud/s3/s3.ts';
import { createKms } from '../../infra/local/src/identity/index.ts';
import { cloudForTests } from '../../infra/local/src/cloud/testing/cloud-for-tests.ts';
import { lambdaContext } from '../../infra/local/src/lambda/index.ts';
import { sqsRecord } from '../../infra/local/src/lambda/sqs-event.ts';
import { clientsOf } from '../../infra/local/src/system/clients.ts';
import { provision } from '../../infra/local/src/system/provision.ts';

export const ownAccount = '111122223333';
export const requestId = '018f0000-0000-7000-8000-000000000001';
export const records = 'team-audit-records';
export const heads = 'team-audit-heads';
const archive = 'team-audit-archive';
export const lifecycles = 'team-audit-lifecycles';
export const terms = 'team-audit-terms';
const region = 'eu-central-1';

type Intercept = NonNullable<RouterOptions['intercept']>;
interface Answer {
  readonly problems: readonly { readonly kind: string; readonly seq?: number; readonly message: string }[];
  readonly events: readonly { readonly seq?: number; readonly detail?: { readonly data?: { readonly word?: string } } }[];
  readonly chains: number;
  readonly records: number;
  readonly waiting: number;
  readonly next?: string;
}

/** The audit service on a fresh local cloud in virtual time. */
export async function auditForTests() {
  let intercept: Intercept | undefined;
  const store = memoryStore();
  const kms = createKms({ store, timeline: { now: () => 0, at: () => ({ cancel: () => undefined }) }, random: seededRandom(2), region, accountId: ownAccount, keys: ['alias/c'] });
  const objects = objectsInMemory();
  const cloud = cloudForTests({ standIns: [kms, s3({ objects, buckets: [archive] })], intercept: (call, next) => (intercept === undefined ? next() : intercept(call, next)) });
  const clients = clientsOf(cloud.router, 'tester', region, 1);
  await provision([manifest], clients, ownAccount, region);
  const clock = (): number => cloud.timeline.now();
  const urlOf = (name: string): string => `http://localhost/${ownAccount}/team-audit-${name}`;
  const platform: Platform = {
    clients,
    clock,
    newId: uuidv7Source(clock),
    logger: createLogger('audit', 'SILENT'),
    config: {
      busName: 'team',
      ownAccount,
      tables: { records, heads, checkpoints: 'team-audit-checkpoints', activity: 'team-audit-activity', 'activity-details': 'team-audit-activity-details', lifecycles, terms },
      buckets: { archive },
      queues: Object.fromEntries(Object.keys(manifest.queues).map((name) => [name, { url: urlOf(name), deadLetterUrl: `${urlOf(name)}-dlq` }])),
      keys: { acceptance: 'alias/a', proof: 'alias/p', checkpoint: 'alias/c' },
      emitters: [],
    },
  };
  const process = (): AuditHandlers => compose({ ...platform, clients: { ...clients } });
  let handlers = process();
  const context = (): Context =>
    lambdaContext({
      functionName: 'audit',
      requestId: 'r',
      accountId: ownAccount,
      region,
      deadlineMs: clock() + 30_000,
      clock: { now: clock },
    });
  const consumer = cloud.queues.consumer('team-audit-inbox');
  const received = (): SQSRecord[] => {
    // What the bus has to deliver now, it delivers now.
    cloud.timeline.advanceTo(clock());
    return consumer.receive(10).map((message) => sqsRecord(consumer.arn, message));
  };
  const deliver = (Records: SQSRecord[]) => handlers.inbox({ Records }, context());

  return {
    ...cloud,
    objects,
    documents: clients.documents,
    received,
    deliver,
    intercept: (by: Intercept | undefined): void => void (intercept = by),
    /** Puts an event on the bus; a word tells it from others. */
    async put(word: string, changes: { readonly source?: string; readonly detailType?: string; readonly metadata?: object } = {}) {
      const { source = 'com.example.system', detailType = 'SomethingHappened.v1', metadata = { requestId } } = changes;
      const Detail = JSON.stringify({ metadata, data: { word } });
      const Entries = [{ EventBusName: 'team', Source: source, DetailType: detailType, Detail }];
      const { FailedEntryCount } = await clients.eventBridge.send(new PutEventsCommand({ Entries }));
      if (FailedEntryCount !== 0) throw new Error('the bus refused an event');
    },
    /** Everything in the inbox, recorded. */
    async drain() {
      for (let batch = received(); batch.length > 0; batch = received()) await deliver(batch);
    },
    /** What the queue `follow` would bring; rejects where a message is given back. */
    async follow(events: readonly DeliveredEvent[]) {
      const consumer = cloud.queues.consumer('team-audit-follow');
      const Records = events.map((event, i) => recordOf(consumer.arn, `m${i}`, JSON.stringify(event), clock()));
      const { batchItemFailures } = await handlers.follow({ Records }, context());
      if (batchItemFailures.length > 0) throw new Error(`${batchItemFailures.length} of ${events.length} events could not be followed`);
    },
    sweep: () => handlers.sweep({}, context()),
    checkpoint: () => handlers.checkpoint({}, context()),
    /** Another process from here on, which remembers nothing. */
    redeploy: (): void => void (handlers = process()),
    query: async (input: object) => (await handlers.query(input)) as Partial<Answer>,
    /** Waits until what was begun has gone as far as it can. */
    settle: () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve))),
  };
}

function recordOf(eventSourceARN: string, messageId: string, body: string, now: number): SQSRecord {
  const attributes = { ApproximateReceiveCount: '1', SentTimestamp: String(now), SenderId: 'bus', ApproximateFirstReceiveTimestamp: String(now) };
  return { messageId, receiptHandle: messageId, body, attributes, messageAttributes: {}, md5OfBody: '', eventSource: 'aws:sqs', eventSourceARN, awsRegion: region };
}
