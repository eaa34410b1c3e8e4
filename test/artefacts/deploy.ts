import { CreateTableCommand, type CreateTableCommandInput, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateArchiveCommand, CreateEventBusCommand, PutRuleCommand, PutTargetsCommand, type EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { Stack } from '../aws/stacks.ts';
import { resourcesOf } from './templates.ts';

const key = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const table = z.object({
  TableName: z.string(),
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  KeySchema: key,
  BillingMode: z.literal('PAY_PER_REQUEST'),
  GlobalSecondaryIndexes: z.array(z.object({ IndexName: z.string(), KeySchema: key, Projection: z.object({ ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']), NonKeyAttributes: z.array(z.string()).optional() }) })).optional(),
});
const queue = z.object({
  QueueName: z.string(),
  FifoQueue: z.boolean().optional(),
  VisibilityTimeout: z.int().optional(),
  MessageRetentionPeriod: z.int().optional(),
  RedrivePolicy: z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.int() }).optional(),
});
const bus = z.object({ Name: z.string() });
const archive = z.object({ ArchiveName: z.string(), SourceArn: z.string() });
const rule = z.object({
  Name: z.string(),
  EventBusName: z.string(),
  EventPattern: z.record(z.string(), z.unknown()),
  Targets: z.array(z.unknown()),
});
const queueTarget = z.object({ Id: z.string(), Arn: z.string().includes(':sqs:'), DeadLetterConfig: z.object({ Arn: z.string() }).optional() });

interface Clients {
  readonly dynamo: DynamoDBClient;
  readonly eventBridge: EventBridgeClient;
  readonly sqs: SQSClient;
}

/**
 * Makes what the templates ask for, of the services that the local cloud has. Left out: encryption at rest, resource policies, roles,
 * alarms, what watches, and the schema registry, which the local cloud has in other forms or not at all, and signing keys, which it makes by itself.
 */
export async function deploy(stacks: readonly Stack[], { dynamo, eventBridge, sqs }: Clients): Promise<void> {
  for (const { Name } of resourcesOf(stacks, 'AWS::Events::EventBus', 'Name', bus)) await eventBridge.send(new CreateEventBusCommand({ Name }));
  for (const { ArchiveName, SourceArn } of resourcesOf(stacks, 'AWS::Events::Archive', 'ArchiveName', archive)) {
    await eventBridge.send(new CreateArchiveCommand({ ArchiveName, EventSourceArn: SourceArn }));
  }
  for (const { GlobalSecondaryIndexes, ...one } of resourcesOf(stacks, 'AWS::DynamoDB::Table', 'TableName', table)) {
    const input: CreateTableCommandInput = GlobalSecondaryIndexes === undefined ? one : { ...one, GlobalSecondaryIndexes };
    await dynamo.send(new CreateTableCommand(input));
  }
  const queues = resourcesOf(stacks, 'AWS::SQS::Queue', 'QueueName', queue);
  // A dead-letter queue must be there before the queue that names it.
  for (const one of queues.toSorted((a, b) => Number(a.RedrivePolicy !== undefined) - Number(b.RedrivePolicy !== undefined))) {
    const { QueueName, ...attributes } = one;
    const Attributes = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]));
    await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
  }
  for (const { Name, EventBusName, EventPattern, Targets } of resourcesOf(stacks, 'AWS::Events::Rule', 'EventBusName', rule)) {
    const toQueues = Targets.flatMap((target) => queueTarget.safeParse(target).data ?? []);
    if (toQueues.length === 0) continue;
    await eventBridge.send(new PutRuleCommand({ Name, EventBusName, EventPattern: JSON.stringify(EventPattern) }));
    await eventBridge.send(new PutTargetsCommand({ Rule: Name, EventBusName, Targets: toQueues }));
  }
}
