import { CreateQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { accountId, cloudForTests, region } from '../cloud/testing/cloud-for-tests.ts';
import { createCron } from '../cloud/time/cron.ts';
import { runUntil } from '../cloud/time/run-until.ts';
import { eventSourceMapping, type BatchFailure, type EventSourceMappingOptions } from './event-source-mapping.ts';
import { InvocationTimeoutError, invoke } from './invoke.ts';
import { scheduledFunction } from './scheduled-function.ts';

type Handler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse | void>;

async function withMapping(handler: Handler, more: Partial<EventSourceMappingOptions> = {}, attributes: Record<string, string> = {}) {
  const cloud = cloudForTests();
  const client = new SQSClient(cloud.configFor('tester'));
  const fifo = attributes.FifoQueue === 'true';
  const name = (base: string) => (fifo ? `${base}.fifo` : base);
  await client.send(new CreateQueueCommand({ QueueName: name('dead'), Attributes: fifo ? { FifoQueue: 'true' } : {} }));
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: `arn:aws:sqs:${region}:${accountId}:${name('dead')}`, maxReceiveCount: 3 });
  const Attributes = { VisibilityTimeout: '60', RedrivePolicy, ...attributes };
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: name('work'), Attributes }));
  const failures: BatchFailure[] = [];
  const mapping = eventSourceMapping({
    queues: cloud.queues,
    queueName: name('work'),
    functionName: 'on-work',
    handler,
    batchSize: 10,
    concurrency: 2,
    timeoutMs: 10_000,
    timeline: cloud.timeline,
    executionClock: cloud.timeline,
    accountId,
    region,
    random: cloud.random,
    onFailure: (failure) => failures.push(failure),
    ...more,
  });
  const group = (body: string) => (fifo ? { MessageGroupId: body.slice(0, 1), MessageDeduplicationId: body } : {});
  const send = async (...messages: string[]) => {
    for (const MessageBody of messages) await client.send(new SendMessageCommand({ QueueUrl, MessageBody, ...group(MessageBody) }));
  };
  const left = (queue = 'work') => cloud.queues.peek(name(queue)).map(({ body }) => body);
  return { ...cloud, mapping, failures, send, left, rest: () => runUntil(cloud.timeline, 'idle') };
}

const bodies = (event: SQSEvent) => event.Records.map(({ body }) => body);

describe('a function fed from a queue', () => {
  test('gets messages in batches, as Lambda would give them, and they are gone when it succeeded', async () => {
    const events: SQSEvent[] = [];
    const { send, rest, left } = await withMapping(async (event) => void events.push(event), { batchSize: 2 });
    await send('a', 'b', 'c');
    await rest();
    expect(events.map(bodies)).toEqual([['a', 'b'], ['c']]);
    expect(events[0]?.Records[0]).toMatchObject({
      eventSource: 'aws:sqs',
      eventSourceARN: `arn:aws:sqs:${region}:${accountId}:work`,
      awsRegion: region,
      md5OfBody: '0cc175b9c0f1b6a831c399e269772661',
      attributes: { ApproximateReceiveCount: '1', SenderId: 'tester', SentTimestamp: String(Date.parse('2026-01-01T00:00:00Z')) },
      messageAttributes: {},
    });
    expect(left()).toEqual([]);
  });

  test('gets again, after the visibility time-out, only the messages that it reported as failed', async () => {
    const seen: [string, string, string][] = [];
    const { send, rest, left, timeline, failures } = await withMapping(async ({ Records }) => {
      for (const record of Records) {
        seen.push([record.body, record.attributes.ApproximateReceiveCount, new Date(timeline.now()).toISOString().slice(14, 19)]);
      }
      const bad = Records.filter(({ body, attributes }) => body === 'bad' && attributes.ApproximateReceiveCount === '1');
      return { batchItemFailures: bad.map(({ messageId }) => ({ itemIdentifier: messageId })) };
    });
    await send('good', 'bad');
    await rest();
    expect(seen).toEqual([['good', '1', '00:00'], ['bad', '1', '00:00'], ['bad', '2', '01:00']]);
    expect(failures).toMatchObject([{ functionName: 'on-work', error: undefined, messageIds: [expect.any(String)] }]);
    expect(left()).toEqual([]);
  });

  test('fails for the whole batch when it throws, and the messages end in the dead-letter queue', async () => {
    let calls = 0;
    const { send, rest, left, failures } = await withMapping(() => {
      calls++;
      throw new Error('broken');
    });
    await send('a', 'b');
    await rest();
    expect(calls).toBe(3);
    expect(failures).toHaveLength(3);
    expect([left(), left('dead')]).toEqual([[], ['a', 'b']]);
  });

  test.each<[string, unknown]>([
    ['names a message that was not in the batch', { batchItemFailures: [{ itemIdentifier: 'other' }] }],
    ['names an empty identifier', { batchItemFailures: [{ itemIdentifier: '' }] }],
    ['is not understood', { batchItemFailures: 'all' }],
  ])('fails for the whole batch when its answer %s', async (_what, answer) => {
    const { send, rest, left } = await withMapping(async () => answer as SQSBatchResponse);
    await send('a', 'b');
    await rest();
    expect(left('dead')).toEqual(['a', 'b']);
  });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['an empty object', {}],
    ['no failures', { batchItemFailures: [] }],
  ])('succeeds for the whole batch when its answer is %s', async (_what, answer) => {
    const { send, rest, left } = await withMapping(async () => answer as SQSBatchResponse);
    await send('a');
    await rest();
    expect([left(), left('dead')]).toEqual([[], []]);
  });

  test('is given up after its time-out, and the messages come again', async () => {
    let calls = 0;
    const { send, rest, left, failures } = await withMapping(() => (++calls === 1 ? new Promise(() => undefined) : Promise.resolve()));
    await send('a');
    await rest();
    expect(failures).toMatchObject([{ error: { code: 'ERR_INVOCATION_TIMEOUT' } }]);
    expect([calls, left()]).toEqual([2, []]);
  });

  test('runs at most as often at a time as allowed', async () => {
    const release: (() => void)[] = [];
    let highest = 0;
    const { send, rest, mapping, timeline, left } = await withMapping(
      () => {
        highest = Math.max(highest, mapping.running);
        return new Promise((resolve) => release.push(resolve));
      },
      { batchSize: 1, concurrency: 3 },
    );
    await send('a', 'b', 'c', 'd', 'e');
    for (let done = 0; done < 5; done++) {
      await runUntil(timeline, { ms: timeline.now() });
      release.shift()?.();
    }
    await rest();
    expect([highest, left()]).toEqual([3, []]);
  });

  test('has at most one batch of a message group under way, and keeps the order within it', async () => {
    const log: string[] = [];
    const { send, rest, timeline } = await withMapping(
      async (event) => {
        log.push(`> ${bodies(event).join()}`);
        await new Promise<void>((resolve) => void timeline.at(timeline.now() + 100, resolve));
        log.push(`< ${bodies(event).join()}`);
      },
      { batchSize: 1, concurrency: 5 },
      { FifoQueue: 'true' },
    );
    await send('a1', 'a2', 'b1');
    await rest();
    expect(log).toEqual(['> a1', '> b1', '< a1', '< b1', '> a2', '< a2']);
  });

  test('has a context that counts down and names the invocation', async () => {
    const contexts: Context[] = [];
    const remaining: number[] = [];
    const { send, rest, timeline } = await withMapping(async (_event, context) => {
      contexts.push(context);
      remaining.push(context.getRemainingTimeInMillis());
      await new Promise<void>((resolve) => void timeline.at(timeline.now() + 4_000, resolve));
      remaining.push(context.getRemainingTimeInMillis());
    });
    await send('a');
    await rest();
    await send('b');
    await rest();
    expect(remaining).toEqual([10_000, 6_000, 10_000, 6_000]);
    const invokedFunctionArn = `arn:aws:lambda:${region}:${accountId}:function:on-work`;
    expect(contexts[0]).toMatchObject({ functionName: 'on-work', invokedFunctionArn });
    expect(new Set(contexts.map(({ awsRequestId }) => awsRequestId)).size).toBe(2);
  });

  test('is refused where the visibility time-out is below six times its own', async () => {
    await expect(withMapping(async () => undefined, { timeoutMs: 10_001 })).rejects.toThrow('at least 6 ×');
  });

  test('gets nothing more once stopped, while what is under way ends', async () => {
    const release: (() => void)[] = [];
    const handler = () => new Promise<void>((resolve) => release.push(resolve));
    const { send, mapping, timeline, left } = await withMapping(handler, { batchSize: 1, concurrency: 1 });
    await send('a', 'b');
    await runUntil(timeline, { ms: timeline.now() });
    mapping.stop();
    release[0]?.();
    await mapping.drained();
    await runUntil(timeline, { ms: timeline.now() });
    expect([mapping.running, release.length, left()]).toEqual([0, 1, ['b']]);
  });
});

describe('a scheduled function', () => {
  test('is invoked at each full minute, also after it failed', async () => {
    const { timeline, random } = cloudForTests();
    const times: string[] = [];
    const failed: unknown[] = [];
    const schedule = scheduledFunction({
      cron: createCron(timeline),
      functionName: 'sweep',
      handler: async ({ time }) => {
        times.push(time);
        throw new Error('broken');
      },
      timeoutMs: 1_000,
      accountId,
      region,
      random,
      executionClock: timeline,
      onFailure: (failure) => failed.push(failure),
    });
    await runUntil(timeline, { ms: timeline.now() + 120_000 });
    schedule.cancel();
    await runUntil(timeline, { ms: timeline.now() + 120_000 });
    expect(times).toEqual(['2026-01-01T00:01:00Z', '2026-01-01T00:02:00Z']);
    expect(failed).toHaveLength(2);
  });
});

test('an invocation that ended in time is not timed out afterwards', async () => {
  const { timeline, random } = cloudForTests();
  const options = { functionName: 'f', timeoutMs: 5, accountId, region, random, executionClock: timeline };
  await expect(invoke({ ...options, handler: async (event: string) => event }, 'x')).resolves.toBe('x');
  expect(timeline.pending).toBe(0);
  const hanging = invoke({ ...options, handler: () => new Promise(() => undefined) }, 'x');
  timeline.advanceTo(timeline.now() + 5);
  await expect(hanging).rejects.toBeInstanceOf(InvocationTimeoutError);
});
