import { DeleteMessageCommand } from '@aws-sdk/client-sqs';
import { bodies, withQueue } from '../testing/queue-for-tests.ts';

const fifo = { FifoQueue: 'true', ContentBasedDeduplication: 'true' };

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
