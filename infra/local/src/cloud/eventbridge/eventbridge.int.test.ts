import {
  CreateArchiveCommand,
  DescribeArchiveCommand,
  DescribeEventBusCommand,
  DisableRuleCommand,
  PutTargetsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import { AwsError } from '../aws-error.ts';
import { memoryStore } from '../storage/memory-store.ts';
import { entry, queueArn, withBus } from '../testing/bus-for-tests.ts';
import { accountId, cloudForTests, region } from '../testing/cloud-for-tests.ts';
import { runUntil } from '../time/run-until.ts';
import type { RoutedCall } from '../wire/router.ts';

describe('the EventBridge stand-in', () => {
  test('delivers to the queue of each matching rule, not at once but soon, in the documented form', async () => {
    const { put, received, rest } = await withBus();
    const { Entries, FailedEntryCount } = await put(entry({ Resources: ['r'] }), entry({ Source: 'other' }));
    expect(FailedEntryCount).toBe(0);
    expect(received()).toEqual([]);
    await rest();
    expect(received()).toEqual([
      {
        version: '0',
        id: Entries?.[0]?.EventId,
        'detail-type': 'AccessRequestAccepted.v1',
        source: 'team.request',
        account: accountId,
        time: '2026-01-01T00:00:00Z',
        region,
        resources: ['r'],
        detail: { data: { n: 1 } },
      },
    ]);
  });

  test('delivers nothing of a disabled rule', async () => {
    const { client, put, received, rest } = await withBus();
    await client.send(new DisableRuleCommand({ Name: 'all', EventBusName: 'team' }));
    await put(entry());
    await rest();
    expect(received()).toEqual([]);
  });

  test('delivers to a FIFO queue with the message group of the target', async () => {
    const { client, sqsClient, put, queues, on, rest } = await withBus();
    const Attributes = { FifoQueue: 'true', ContentBasedDeduplication: 'true' };
    await sqsClient.send(new CreateQueueCommand({ QueueName: 'in.fifo', Attributes }));
    const Targets = [{ Id: 'fifo', Arn: queueArn('in.fifo'), SqsParameters: { MessageGroupId: 'one' } }];
    await client.send(new PutTargetsCommand({ ...on, Targets }));
    await put(entry());
    await rest();
    expect(queues.peek('in.fifo')).toMatchObject([{ groupId: 'one', senderId: 'events.amazonaws.com' }]);
  });

  test.each<[string, Partial<PutEventsRequestEntry>, string]>([
    ['a detail that is no JSON', { Detail: '{' }, 'MalformedDetail'],
    ['a detail that is no object', { Detail: '[]' }, 'MalformedDetail'],
    ['a detail nested above 1,100 levels', { Detail: `${'{"a":'.repeat(1_101)}1${'}'.repeat(1_101)}` }, 'MalformedDetail'],
    ['no source', { Source: undefined }, 'InvalidArgument'],
    ['no detail type', { DetailType: '' }, 'InvalidArgument'],
    ['a source of AWS', { Source: 'aws.ec2' }, 'NotAuthorizedForSourceException'],
    ['a bus that is not there', { EventBusName: 'none' }, 'InvalidArgument'],
  ])('refuses an entry with %s inside a 200, and takes the others', async (_what, more, ErrorCode) => {
    const { put, received, rest } = await withBus();
    const { Entries, FailedEntryCount } = await put(entry(more), entry());
    expect(FailedEntryCount).toBe(1);
    expect(Entries).toMatchObject([{ ErrorCode }, {}]);
    await rest();
    expect(received().map(({ id }) => id)).toEqual([Entries?.[1]?.EventId]);
  });

  test('refuses no entries, more than ten, and more than 256 KiB together', async () => {
    const { put } = await withBus();
    await expect(put()).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(put(...Array.from({ length: 11 }, () => entry()))).rejects.toMatchObject({ name: 'ValidationException' });
    const half = entry({ Detail: JSON.stringify({ text: 'x'.repeat(131_072) }) });
    await expect(put(half, half)).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(put(half)).resolves.toMatchObject({ FailedEntryCount: 0 });
  });

  test('carries the account of whoever put the event', async () => {
    const callers = (name: string) => ({ name, roleArn: `arn:aws:iam::999999999999:role/${name}`, accountId: '999999999999' });
    const { put, received, rest } = await withBus({ callers });
    await put(entry());
    await rest();
    expect(received()[0]?.account).toBe('999999999999');
  });

  test('lets a test put past the policy what nobody may', async () => {
    const authorize = ({ action }: RoutedCall): void => {
      if (action === 'PutEvents') throw new AwsError('AccessDeniedException', 'nobody may');
    };
    const { put, bus, received, rest } = await withBus({ authorize });
    await expect(put(entry())).rejects.toMatchObject({ name: 'AccessDeniedException' });
    bus.injectUnchecked({ ...entry(), accountId: '000000000000' });
    await rest();
    expect(received()).toMatchObject([{ source: 'team.request', account: '000000000000' }]);
  });

  test('tries again with growing pauses, and says in the dead-letter queue why it gave up', async () => {
    const attemptedMs: number[] = [];
    const broken = new AwsError('ThrottlingException', 'Too much.');
    const RetryPolicy = { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 3_600 };
    const target = { DeadLetterConfig: { Arn: queueArn('dead') }, RetryPolicy };
    const { put, queues, rest, timeline } = await withBus({
      target,
      faults: { attempt: () => (attemptedMs.push(timeline.now()), broken) },
    });
    await put(entry());
    await rest();
    const pauses = attemptedMs.slice(1).map((ms, index) => ms - (attemptedMs[index] ?? 0));
    expect(pauses).toHaveLength(3);
    expect(pauses.every((pause, index) => pause >= 500 * 2 ** index && pause <= 1_000 * 2 ** index)).toBe(true);
    expect(queues.peek('dead')[0]?.attributes).toMatchObject({
      ERROR_CODE: { StringValue: 'ThrottlingException' },
      RETRY_ATTEMPTS: { StringValue: '3' },
      EXHAUSTED_RETRY_CONDITION: { StringValue: 'MaximumRetryAttempts' },
      TARGET_ARN: { StringValue: queueArn('in') },
    });
  });

  test('gives up at once where the queue is not there', async () => {
    const target = { Arn: queueArn('gone'), DeadLetterConfig: { Arn: queueArn('dead') } };
    const { put, queues, rest, bus } = await withBus({ target });
    await put(entry());
    await rest();
    expect(queues.peek('dead')[0]?.attributes.ERROR_CODE?.StringValue).toBe('QueueDoesNotExist');
    expect(bus.pendingDeliveries).toBe(0);
  });

  test('delivers late and twice when told to', async () => {
    const { put, received, timeline } = await withBus({ faults: { copies: () => [0, 5_000] } });
    await put(entry());
    await runUntil(timeline, { ms: timeline.now() + 4_999 });
    expect(received()).toHaveLength(1);
    await runUntil(timeline, { ms: timeline.now() + 1 });
    expect(new Set(received().map(({ id }) => id)).size).toBe(1);
    expect(received()).toHaveLength(2);
  });

  test('archives what was put, in order, also what no rule matches', async () => {
    const { client, bus, put } = await withBus();
    const { Arn } = await client.send(new DescribeEventBusCommand({ Name: 'team' }));
    await put(entry());
    await client.send(new CreateArchiveCommand({ ArchiveName: 'all', EventSourceArn: Arn }));
    await put(entry({ DetailType: 'A.v1' }), entry({ Source: 'other', DetailType: 'B.v1' }));
    expect(bus.archived('all').map(({ sequence, event }) => [sequence, event['detail-type']])).toEqual([[1, 'A.v1'], [2, 'B.v1']]);
    expect(bus.archived('all', 2)).toHaveLength(1);
    expect(await client.send(new DescribeArchiveCommand({ ArchiveName: 'all' }))).toMatchObject({ EventCount: 2, State: 'ENABLED' });
  });

  test('does the same from the same calls: ids, times and every commit', async () => {
    const run = async () => {
      const { put, rest, commits } = await withBus({ faults: { copies: () => [0, 100] } });
      await put(entry(), entry());
      await rest();
      return JSON.stringify(commits);
    };
    expect(await run()).toBe(await run());
  });

  test('goes on with pending deliveries and archived events from the store of an earlier run', async () => {
    const store = memoryStore();
    const earlier = await withBus({ store });
    const { Arn } = await earlier.client.send(new DescribeEventBusCommand({ Name: 'team' }));
    await earlier.client.send(new CreateArchiveCommand({ ArchiveName: 'all', EventSourceArn: Arn, RetentionDays: 1 }));
    await earlier.put(entry());
    const later = cloudForTests({ store, startMs: Date.parse('2026-01-03T00:00:00Z') });
    expect(later.bus.pendingDeliveries).toBe(1);
    await runUntil(later.timeline, 'idle');
    expect(later.queues.peek('in')).toHaveLength(1);
    later.bus.injectUnchecked(entry());
    expect(later.bus.archived('all').map(({ sequence }) => sequence)).toEqual([2]);
  });
});
