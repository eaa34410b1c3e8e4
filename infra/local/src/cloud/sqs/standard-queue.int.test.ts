import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  ListDeadLetterSourceQueuesCommand,
  ListMessageMoveTasksCommand,
  SendMessageBatchCommand,
  SetQueueAttributesCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { arn, bodies, withQueue } from '../testing/queue-for-tests.ts';
import { runUntil } from '../time/run-until.ts';

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
