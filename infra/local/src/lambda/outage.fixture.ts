import { CreateTableCommand, DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import {
  clientConfig,
  committingTimeline,
  createRouter,
  dynamoDb,
  eventBridge,
  journaledStore,
  rememberedOrigin,
  sqs,
  systemRandom,
  systemTimeline,
} from '../cloud/index.ts';
import { eventSourceMapping } from './event-source-mapping.ts';

/**
 * A whole local cloud to be killed: events put on the bus are written into a table by a function behind a queue.
 * `outage.fixture.ts FOLDER put` puts for ever and says each number that was accepted; `… FOLDER drain` puts nothing, waits
 * until nothing is under way, and says the numbers in the table as JSON.
 */
const [folder = '', mode = ''] = process.argv.slice(2);
const store = journaledStore(folder, { compactAboveBytes: 200_000 });
const clock = systemTimeline({ origin: rememberedOrigin(store, 10) });
const random = systemRandom();
const origin = { accountId: '111122223333', region: 'eu-central-1' };
const shared = { store, timeline: committingTimeline(clock, store), random, ...origin };
const queues = sqs({ ...shared, endpoint: 'http://localhost' });
const bus = eventBridge({
  ...shared,
  queues,
  faults: { copies: () => [Math.round(random.next() * 2_000)] },
});
const router = createRouter({
  standIns: [dynamoDb(shared), queues, bus],
  callers: (name) => ({ name, roleArn: `arn:aws:iam::${origin.accountId}:role/${name}`, accountId: origin.accountId }),
  store,
  random,
});
const table = new DynamoDBClient(clientConfig(router, 'consumer'));
const events = new EventBridgeClient(clientConfig(router, 'producer'));

async function setUp(): Promise<void> {
  const queue = new CreateQueueCommand({ QueueName: 'in', Attributes: { VisibilityTimeout: '6' } });
  await new SQSClient(clientConfig(router, 'owner')).send(queue);
  await events.send(new PutRuleCommand({ Name: 'all', EventPattern: '{"source":["test"]}' }));
  const Arn = `arn:aws:sqs:${origin.region}:${origin.accountId}:in`;
  await events.send(new PutTargetsCommand({ Rule: 'all', Targets: [{ Id: 'in', Arn }] }));
  const create = new CreateTableCommand({
    TableName: 'seen',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'n', AttributeType: 'N' }],
    KeySchema: [{ AttributeName: 'n', KeyType: 'HASH' }],
  });
  await table.send(create).catch((error: unknown) => {
    if (!(error instanceof Error) || error.name !== 'ResourceInUseException') throw error;
  });
}

async function onBatch({ Records }: SQSEvent): Promise<void> {
  for (const { body } of Records) {
    const { detail } = JSON.parse(body) as { detail: { n: number } };
    await table.send(new PutItemCommand({ TableName: 'seen', Item: { n: { N: String(detail.n) } } }));
  }
}

async function numbers(): Promise<number[]> {
  const { Items } = await table.send(new ScanCommand({ TableName: 'seen' }));
  return (Items ?? []).map(({ n }) => Number(n?.N));
}

await setUp();
const mapping = eventSourceMapping({
  ...origin,
  queues,
  queueName: 'in',
  functionName: 'on-batch',
  handler: onBatch,
  batchSize: 5,
  concurrency: 2,
  timeoutMs: 1_000,
  timeline: clock,
  executionClock: clock,
  random,
});

if (mode === 'put') {
  for (let n = Date.now() * 1_000; ; n++) {
    const { FailedEntryCount } = await events.send(
      new PutEventsCommand({ Entries: [{ Source: 'test', DetailType: 'N', Detail: JSON.stringify({ n }) }] }),
    );
    if (FailedEntryCount === 0) process.stdout.write(`${n}\n`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
while (bus.pendingDeliveries + mapping.running + queues.peek('in').length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
process.stdout.write(JSON.stringify(await numbers()));
mapping.stop();
clock.close();
store.close();
