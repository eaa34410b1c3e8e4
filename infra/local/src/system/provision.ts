import { CreateTableCommand, ListTablesCommand, type AttributeDefinition } from '@aws-sdk/client-dynamodb';
import { CreateArchiveCommand, CreateEventBusCommand, DescribeEventBusCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import { indexesOf, projectionOf, resourceNames, rulePattern, type ConsumedQueue, type QueueManifest, type ServiceManifest, type TableManifest } from '@team/runtime';
import type { CallerClients } from './clients.ts';
import { archiveName, busName, prefix } from './who.ts';

/** Makes what the manifests ask for and is not there yet; run at every start. */
export async function provision(manifests: readonly ServiceManifest[], clients: CallerClients, ownAccount: string, region: string): Promise<void> {
  await makeBus(clients);
  const { TableNames = [] } = await clients.dynamo.send(new ListTablesCommand({}));
  for (const manifest of manifests) {
    for (const [table, definition] of Object.entries(manifest.tables)) {
      const name = resourceNames.table(prefix, manifest.name, table);
      if (!TableNames.includes(name)) await makeTable(clients, name, definition);
    }
    for (const [queue, definition] of Object.entries(manifest.queues)) {
      await makeQueue(clients, manifest, queue, definition, ownAccount, region);
    }
  }
}

/** Name, URL and ARN of a service's queue and of its dead-letter queue. */
export function queueNames(service: string, queue: string, fifo: boolean) {
  return { name: resourceNames.queue(prefix, service, queue, fifo), deadLetters: resourceNames.deadLetterQueue(prefix, service, queue, fifo) };
}

/** The queues of a service as its configuration names them. */
export function consumedQueues(manifest: ServiceManifest, urlOf: (name: string) => string): Record<string, ConsumedQueue> {
  return Object.fromEntries(
    Object.entries(manifest.queues).map(([queue, { fifo = false }]) => {
      const { name, deadLetters } = queueNames(manifest.name, queue, fifo);
      return [queue, { url: urlOf(name), deadLetterUrl: urlOf(deadLetters) }];
    }),
  );
}

async function makeBus({ eventBridge }: CallerClients): Promise<void> {
  try {
    await eventBridge.send(new DescribeEventBusCommand({ Name: busName }));
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ResourceNotFoundException')) throw error;
    const { EventBusArn } = await eventBridge.send(new CreateEventBusCommand({ Name: busName }));
    await eventBridge.send(new CreateArchiveCommand({ ArchiveName: archiveName, EventSourceArn: EventBusArn }));
  }
}

async function makeTable({ dynamo }: CallerClients, name: string, table: TableManifest): Promise<void> {
  const indexes = indexesOf(table);
  const attributes = new Map<string, AttributeDefinition>([['pk', { AttributeName: 'pk', AttributeType: 'S' }]]);
  if (table.sortedBy !== undefined) attributes.set(table.sortedBy, { AttributeName: table.sortedBy, AttributeType: 'S' });
  for (const { partition, sort } of Object.values(indexes)) {
    for (const { name: attribute, type } of [partition, sort]) attributes.set(attribute, { AttributeName: attribute, AttributeType: type });
  }
  const secondary = Object.entries(indexes).map(([indexName, index]) => ({
    IndexName: indexName,
    KeySchema: [
      { AttributeName: index.partition.name, KeyType: 'HASH' as const },
      { AttributeName: index.sort.name, KeyType: 'RANGE' as const },
    ],
    Projection: projectionOf(index),
  }));
  await dynamo.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [...attributes.values()],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }, ...(table.sortedBy === undefined ? [] : [{ AttributeName: table.sortedBy, KeyType: 'RANGE' as const }])],
      ...(secondary.length === 0 ? {} : { GlobalSecondaryIndexes: secondary }),
    }),
  );
}

async function makeQueue(
  { sqs, eventBridge }: CallerClients,
  manifest: ServiceManifest,
  queue: string,
  { fifo = false, consumes, maxReceives }: QueueManifest,
  ownAccount: string,
  region: string,
): Promise<void> {
  const { name, deadLetters } = queueNames(manifest.name, queue, fifo);
  const arn = (queueName: string): string => `arn:aws:sqs:${region}:${ownAccount}:${queueName}`;
  const fifoAttributes: Record<string, string> = fifo ? { FifoQueue: 'true' } : {};
  // Fourteen days, the longest that SQS keeps a message: nothing laid down is lost over a weekend.
  await sqs.send(new CreateQueueCommand({ QueueName: deadLetters, Attributes: { MessageRetentionPeriod: '1209600', ...fifoAttributes } }));
  await sqs.send(
    new CreateQueueCommand({
      QueueName: name,
      Attributes: {
        ...fifoAttributes,
        VisibilityTimeout: String(6 * timeoutOf(manifest, queue)),
        RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn(deadLetters), maxReceiveCount: maxReceives }),
      },
    }),
  );
  if (consumes === undefined) return;
  const rule = resourceNames.rule(prefix, manifest.name, queue);
  await eventBridge.send(new PutRuleCommand({ Name: rule, EventBusName: busName, EventPattern: JSON.stringify(rulePattern(consumes)) }));
  await eventBridge.send(
    new PutTargetsCommand({ Rule: rule, EventBusName: busName, Targets: [{ Id: queue, Arn: arn(name), DeadLetterConfig: { Arn: arn(deadLetters) } }] }),
  );
}

/** Longest time-out of the functions that read a queue (seconds). */
function timeoutOf(manifest: ServiceManifest, queue: string): number {
  const readers = Object.values(manifest.functions).filter(({ trigger }) => 'queue' in trigger && trigger.queue === queue);
  return Math.max(30, ...readers.map(({ timeoutSeconds }) => timeoutSeconds));
}
