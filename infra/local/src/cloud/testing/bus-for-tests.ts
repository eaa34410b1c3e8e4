import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  type PutEventsRequestEntry,
  type Target,
} from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { BusEvent } from '../eventbridge/event.ts';
import { runUntil } from '../time/run-until.ts';
import { accountId, cloudForTests, region } from './cloud-for-tests.ts';

export const queueArn = (name: string) => `arn:aws:sqs:${region}:${accountId}:${name}`;
export const entry = (more: Partial<PutEventsRequestEntry> = {}): PutEventsRequestEntry => ({
  EventBusName: 'team',
  Source: 'team.request',
  DetailType: 'AccessRequestAccepted.v1',
  Detail: '{"data":{"n":1}}',
  ...more,
});

/** A bus `team` whose rule `all` takes every source `team.…` to the queue `in`; the queue `dead` is there for dead letters. */
export async function withBus(options: Parameters<typeof cloudForTests>[0] & { target?: Partial<Target> } = {}) {
  const cloud = cloudForTests(options);
  const client = new EventBridgeClient(cloud.configFor('tester'));
  const queues = new SQSClient(cloud.configFor('tester'));
  await client.send(new CreateEventBusCommand({ Name: 'team' }));
  const on = { EventBusName: 'team', Rule: 'all' };
  await client.send(new PutRuleCommand({ Name: 'all', EventBusName: 'team', EventPattern: '{"source":[{"prefix":"team."}]}' }));
  for (const QueueName of ['in', 'dead']) await queues.send(new CreateQueueCommand({ QueueName }));
  await client.send(new PutTargetsCommand({ ...on, Targets: [{ Id: 'in', Arn: queueArn('in'), ...options.target }] }));
  const received = (queue = 'in') => cloud.queues.peek(queue).map(({ body }) => JSON.parse(body) as BusEvent);
  const put = (...Entries: PutEventsRequestEntry[]) => client.send(new PutEventsCommand({ Entries }));
  return { ...cloud, client, sqsClient: queues, put, received, on, rest: () => runUntil(cloud.timeline, 'idle') };
}
