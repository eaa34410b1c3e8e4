import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListMessageMoveTasksCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
  TagQueueCommand,
  type Message,
  type ReceiveMessageCommandInput,
  type SendMessageCommandInput,
} from '@aws-sdk/client-sqs';
import { runUntil } from '../time/run-until.ts';
import { accountId, cloudForTests, region } from '../testing/cloud-for-tests.ts';

const arn = (name: string) => `arn:aws:sqs:${region}:${accountId}:${name}`;

async function withQueue(name = 'work', Attributes: Record<string, string> = {}) {
  const cloud = cloudForTests();
  const client = new SQSClient(cloud.configFor('tester'));
  const create = (QueueName: string, more: Record<string, string>) =>
    client.send(new CreateQueueCommand({ QueueName, Attributes: more })).then(({ QueueUrl }) => QueueUrl ?? '');
  const QueueUrl = await create(name, Attributes);
  return {
    ...cloud,
    client,
    create,
    QueueUrl,
    send: (MessageBody: string, more: Partial<SendMessageCommandInput> = {}) =>
      client.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more })),
    receive: async (more: Partial<ReceiveMessageCommandInput> = {}) =>
      (await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'], ...more })))
        .Messages ?? [],
    pass: (ms: number) => runUntil(cloud.timeline, { ms: cloud.timeline.now() + ms }),
    counts: async () => {
      const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
      const of = (name: '' | 'NotVisible' | 'Delayed') => Number(Attributes?.[`ApproximateNumberOfMessages${name}`]);
      return { visible: of(''), inFlight: of('NotVisible'), delayed: of('Delayed') };
    },
  };
}

const fifo = { FifoQueue: 'true', ContentBasedDeduplication: 'true' };
const bodies = (messages: Message[]) => messages.map(({ Body }) => Body);

describe('a standard queue', () => {
  test('hides a received message until its visibility time-out, then gives it again with a higher receive count', async () => {
    const { send, receive, pass, counts } = await withQueue('work', { VisibilityTimeout: '60' });
    await send('a');
    expect(bodies(await receive())).toEqual(['a']);
    expect(await receive()).toEqual([]);
    expect(await counts()).toEqual({ visible: 0, inFlight: 1, delayed: 0 });
    await pass(59_999);
    expect(await receive()).toEqual([]);
    await pass(1);
    const [again] = await receive();
    expect(again?.Attributes).toMatchObject({
      ApproximateReceiveCount: '2',
      SentTimestamp: String(Date.parse('2026-01-01T00:00:00Z')),
      SenderId: 'tester',
    });
  });

  test('gives a message only after its delay', async () => {
    const { send, receive, pass, counts } = await withQueue();
    await send('later', { DelaySeconds: 2 });
    expect(await counts()).toEqual({ visible: 0, inFlight: 0, delayed: 1 });
    await pass(1_999);
    expect(await receive()).toEqual([]);
    await pass(1);
    expect(bodies(await receive())).toEqual(['later']);
  });

  test('ends a long poll as soon as a message comes, or empty after its time', async () => {
    const { send, receive, pass, timeline } = await withQueue();
    const waiting = receive({ WaitTimeSeconds: 20 });
    await pass(5_000);
    await send('a');
    expect(bodies(await waiting)).toEqual(['a']);
    const inVain = receive({ WaitTimeSeconds: 20 });
    const before = timeline.now();
    await runUntil(timeline, { ms: before + 20_000 });
    expect(await inVain).toEqual([]);
  });

  test('does not give a message twice in one batch when its visibility time-out is 0', async () => {
    const { send, receive } = await withQueue();
    await send('a');
    expect(bodies(await receive({ VisibilityTimeout: 0 }))).toEqual(['a']);
  });

  test('deletes with the last receipt, and not with an older one', async () => {
    const { client, QueueUrl, send, receive, pass, counts } = await withQueue('work', { VisibilityTimeout: '1' });
    await send('a');
    const [first] = await receive();
    await pass(1_000);
    const [second] = await receive();
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle }));
    expect((await counts()).inFlight).toBe(1);
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: second?.ReceiptHandle }));
    expect(await counts()).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  test('changes the visibility of what is in flight, and refuses it for what is not', async () => {
    const { client, QueueUrl, send, receive, pass } = await withQueue();
    await send('a');
    const [message] = await receive();
    const change = (VisibilityTimeout: number) =>
      client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout }));
    await change(100);
    await pass(99_999);
    expect(await receive()).toEqual([]);
    await change(0);
    await expect(change(10)).rejects.toMatchObject({ name: 'MessageNotInflight' });
    expect(bodies(await receive())).toEqual(['a']);
  });

  test('moves a message received maxReceiveCount times to its dead-letter queue, from where a task moves it back as new', async () => {
    const { client, create, QueueUrl, send, receive, pass, queues } = await withQueue('work', { VisibilityTimeout: '1' });
    await create('dead', {});
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arn('dead'), maxReceiveCount: 2 });
    await client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { RedrivePolicy } }));
    await send('poison');
    for (let count = 0; count < 2; count++) {
      expect(bodies(await receive())).toEqual(['poison']);
      await pass(1_000);
    }
    expect(await receive()).toEqual([]);
    expect(queues.peek('dead')).toMatchObject([{ body: 'poison', receiveCount: 2, deadLetterSource: arn('work') }]);
    const sources = await client.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: QueueUrl.replace('work', 'dead') }));
    expect(sources.queueUrls).toEqual([QueueUrl]);

    await client.send(new StartMessageMoveTaskCommand({ SourceArn: arn('dead') }));
    expect(queues.peek('dead')).toEqual([]);
    expect((await receive())[0]?.Attributes?.ApproximateReceiveCount).toBe('1');
    const { Results } = await client.send(new ListMessageMoveTasksCommand({ SourceArn: arn('dead') }));
    expect(Results).toMatchObject([{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 1 }]);
  });

  test('forgets a message after its retention period', async () => {
    const { send, receive, pass } = await withQueue('work', { MessageRetentionPeriod: '60' });
    await send('a');
    await pass(60_000);
    expect(await receive()).toEqual([]);
  });

  test('carries message attributes, with digests that the SDK accepts', async () => {
    const { send, receive } = await withQueue();
    const MessageAttributes = {
      name: { DataType: 'String', StringValue: 'ä' },
      bytes: { DataType: 'Binary', BinaryValue: Uint8Array.of(1, 2, 3) },
      count: { DataType: 'Number', StringValue: '7' },
    };
    const sent = await send('a', { MessageAttributes });
    const [received] = await receive({ MessageAttributeNames: ['All'] });
    expect(received?.MessageAttributes).toEqual(MessageAttributes);
    expect(received?.MD5OfMessageAttributes).toBe(sent.MD5OfMessageAttributes);
  });

  test('gives only the message attributes that are asked for', async () => {
    const { send, receive } = await withQueue();
    const text = { DataType: 'String', StringValue: 'x' };
    await send('a', { MessageAttributes: { 'team.a': text, 'team.b': text, other: text } });
    const [received] = await receive({ MessageAttributeNames: ['team.*'] });
    expect(Object.keys(received?.MessageAttributes ?? {})).toEqual(['team.a', 'team.b']);
  });

  test('takes a batch entry by entry', async () => {
    const { client, QueueUrl, receive } = await withQueue();
    const sent = await client.send(
      new SendMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: 'good', MessageBody: 'a' },
          { Id: 'bad', MessageBody: '\u0000' },
        ],
      }),
    );
    expect(sent.Successful?.map(({ Id }) => Id)).toEqual(['good']);
    expect(sent.Failed).toMatchObject([{ Id: 'bad', Code: 'InvalidMessageContents', SenderFault: true }]);
    const messages = await receive();
    const Entries = [{ Id: '1', ReceiptHandle: messages[0]?.ReceiptHandle }, { Id: '2', ReceiptHandle: 'nonsense' }];
    const deleted = await client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    expect(deleted.Successful?.map(({ Id }) => Id)).toEqual(['1']);
    expect(deleted.Failed).toMatchObject([{ Id: '2', Code: 'ReceiptHandleIsInvalid' }]);
  });

  test.each([
    ['a delay above 900 s', { DelaySeconds: 901 }, 'InvalidParameterValue'],
    ['a message above 1 MiB', { MessageBody: 'x'.repeat(1_048_577) }, 'InvalidParameterValue'],
    ['an empty message', { MessageBody: '' }, 'MissingParameter'],
    ['a character outside XML', { MessageBody: 'a\u0001' }, 'InvalidMessageContents'],
    ['an attribute without value', { MessageAttributes: { a: { DataType: 'String' } } }, 'InvalidParameterValue'],
    ['a deduplication id', { MessageDeduplicationId: 'a' }, 'InvalidParameterValue'],
  ])('refuses %s', async (_what, more, name) => {
    const { send } = await withQueue();
    await expect(send('a', more)).rejects.toMatchObject({ name });
  });
});

describe('a FIFO queue', () => {
  test('keeps the order within a group and holds the rest of it back while any of it is in flight', async () => {
    const { client, QueueUrl, send, receive } = await withQueue('work.fifo', fifo);
    for (const body of ['a1', 'b1', 'a2', 'a3']) await send(body, { MessageGroupId: body.slice(0, 1) });
    const first = await receive({ MaxNumberOfMessages: 2 });
    expect(bodies(first)).toEqual(['a1', 'a2']);
    expect(bodies(await receive())).toEqual(['b1']);
    expect(await receive()).toEqual([]);
    for (const { ReceiptHandle } of first) await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    expect(bodies(await receive())).toEqual(['a3']);
  });

  test('gives a message that came back before its successors', async () => {
    const { send, receive, pass } = await withQueue('work.fifo', { ...fifo, VisibilityTimeout: '1' });
    await send('a1', { MessageGroupId: 'a' });
    await send('a2', { MessageGroupId: 'a' });
    await receive({ MaxNumberOfMessages: 1 });
    await pass(1_000);
    expect(bodies(await receive())).toEqual(['a1', 'a2']);
  });

  test('answers a twin within five minutes with the first, also when that is gone', async () => {
    const { client, QueueUrl, send, receive, pass } = await withQueue('work.fifo', fifo);
    const first = await send('a', { MessageGroupId: 'g' });
    const [message] = await receive();
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }));
    await pass(299_999);
    const twin = await send('a', { MessageGroupId: 'g' });
    expect([twin.MessageId, twin.SequenceNumber]).toEqual([first.MessageId, first.SequenceNumber]);
    expect(await receive()).toEqual([]);
    await pass(1);
    expect((await send('a', { MessageGroupId: 'g' })).MessageId).not.toBe(first.MessageId);
  });

  test('refuses a delay per message, a missing group, a missing deduplication id and an expired receipt', async () => {
    const { send } = await withQueue('work.fifo', fifo);
    await expect(send('a', { MessageGroupId: 'g', DelaySeconds: 1 })).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await expect(send('a')).rejects.toMatchObject({ name: 'MissingParameter' });
    const strict = await withQueue('strict.fifo', { FifoQueue: 'true', VisibilityTimeout: '1' });
    await expect(strict.send('a', { MessageGroupId: 'g' })).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await strict.send('a', { MessageGroupId: 'g', MessageDeduplicationId: '1' });
    const [message] = await strict.receive();
    await strict.pass(1_000);
    const late = new DeleteMessageCommand({ QueueUrl: strict.QueueUrl, ReceiptHandle: message?.ReceiptHandle });
    await expect(strict.client.send(late)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });
});

describe('queues', () => {
  test('are created once: the same attributes are harmless, others refused', async () => {
    const { client, create, QueueUrl } = await withQueue('work', { DelaySeconds: '1' });
    expect(await create('work', { DelaySeconds: '1' })).toBe(QueueUrl);
    await expect(create('work', { DelaySeconds: '2' })).rejects.toMatchObject({ name: 'QueueNameExists' });
    const { QueueUrls } = await client.send(new ListQueuesCommand({ QueueNamePrefix: 'w' }));
    expect(QueueUrls).toEqual([`http://localhost/${accountId}/work`]);
  });

  test('that are not there are refused with the error of the JSON and of the query protocol', async () => {
    const { client } = await withQueue();
    const error: unknown = await client.send(new GetQueueUrlCommand({ QueueName: 'none' })).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(QueueDoesNotExist);
    expect(error).toMatchObject({ Error: { Code: 'AWS.SimpleQueueService.NonExistentQueue', Type: 'Sender' } });
  });

  test('are purged, once in 60 seconds', async () => {
    const { client, QueueUrl, send, counts } = await withQueue();
    await send('a');
    await client.send(new PurgeQueueCommand({ QueueUrl }));
    expect((await counts()).visible).toBe(0);
    await expect(client.send(new PurgeQueueCommand({ QueueUrl }))).rejects.toMatchObject({ name: 'PurgeQueueInProgress' });
  });

  test.each([
    ['an unknown attribute', { Nonsense: '1' }, 'InvalidAttributeName'],
    ['a delay above 900 s', { DelaySeconds: '901' }, 'InvalidAttributeValue'],
    ['a policy, which would promise protection', { Policy: '{}' }, 'NotImplementedByLocalCloud'],
    ['a dead-letter queue that is not there', { RedrivePolicy: '{"deadLetterTargetArn":"arn:x","maxReceiveCount":1}' }, 'InvalidParameterValue'],
  ])('refuse %s', async (_what, attributes, name) => {
    const { create } = await withQueue();
    await expect(create('other', attributes)).rejects.toMatchObject({ name });
  });

  test('refuse an action that is not implemented', async () => {
    const { client, QueueUrl } = await withQueue();
    await expect(client.send(new TagQueueCommand({ QueueUrl, Tags: {} }))).rejects.toMatchObject({ name: 'NotImplementedByLocalCloud' });
  });
});
