import assert from 'node:assert/strict';
import { ChangeMessageVisibilityCommand, SendMessageBatchCommand, SendMessageCommand, type SendMessageCommandInput } from '@aws-sdk/client-sqs';
import { refusal } from '../answers.ts';
import type { Belief } from '../belief.ts';
import type { Place } from '../place.ts';
import { bodiesOf, makeQueue, receive, receiveNow, type SandboxQueue } from '../queues.ts';

const guide = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide';
const api = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference';

const send = (place: Place, { url: QueueUrl }: SandboxQueue, MessageBody: string, more: Partial<SendMessageCommandInput> = {}) =>
  place.clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more }));

/** Beliefs about standard queues. */
export const sqsBeliefs: readonly Belief[] = [
  {
    id: 'sqs.delay-at-most-900',
    says: 'A message is delayed by 900 seconds at most.',
    source: `${api}/API_SendMessage.html`,
    async check(place) {
      const queue = await makeQueue(place, 'longest');
      await send(place, queue, 'in a quarter of an hour', { DelaySeconds: 900 });
      await refusal(send(place, queue, 'later', { DelaySeconds: 901 }), /^InvalidParameterValue(Exception)?$/);
    },
  },
  {
    id: 'sqs.delay',
    says: 'A delayed message comes when its delay is over, and not before.',
    source: `${guide}/sqs-message-timers.html`,
    async check(place) {
      const queue = await makeQueue(place, 'delay');
      await send(place, queue, 'later', { DelaySeconds: 4 });
      await place.pass(1);
      assert.deepEqual(bodiesOf(await receiveNow(place, queue)), []);
      await place.pass(3);
      assert.deepEqual(bodiesOf(await receive(place, queue, 1)), ['later']);
    },
  },
  {
    id: 'sqs.visibility',
    says: 'A message that was received comes again when its visibility time-out is over, or is changed to 0, and counts its receives.',
    source: `${guide}/sqs-visibility-timeout.html`,
    async check(place) {
      const queue = await makeQueue(place, 'visibility');
      await send(place, queue, 'work');
      const [first] = await receive(place, queue, 1, 3);
      assert.equal(first?.Attributes?.ApproximateReceiveCount, '1');
      assert.deepEqual(await receiveNow(place, queue), []);
      await place.pass(3);
      const [second] = await receive(place, queue, 1, 3_600);
      assert.equal(second?.Attributes?.ApproximateReceiveCount, '2');
      await place.clients.sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: queue.url, ReceiptHandle: second?.ReceiptHandle, VisibilityTimeout: 0 }));
      const [third] = await receive(place, queue, 1);
      assert.deepEqual([third?.Body, third?.Attributes?.ApproximateReceiveCount], ['work', '3']);
    },
  },
  {
    id: 'sqs.redrive',
    says: 'A message that was received maxReceiveCount times goes to the dead-letter queue at its next receive, as it is.',
    source: `${guide}/sqs-dead-letter-queues.html`,
    async check(place) {
      const dead = await makeQueue(place, 'dead');
      const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 2 });
      const queue = await makeQueue(place, 'redriven', { RedrivePolicy });
      await send(place, queue, 'poison', { MessageAttributes: { code: { DataType: 'String', StringValue: 'ERR_X' } } });
      for (let time = 0; time < 2; time += 1) {
        await receive(place, queue, 1, 1);
        await place.pass(2);
      }
      assert.deepEqual(await receiveNow(place, queue, 1), []);
      const [letter] = await receive(place, dead, 1);
      assert.deepEqual([letter?.Body, letter?.MessageAttributes?.['code']?.StringValue], ['poison', 'ERR_X']);
      assert.equal(letter?.Attributes?.DeadLetterQueueSourceArn, queue.arn);
    },
  },
  {
    id: 'sqs.batch-partial-failure',
    says: 'A batch is answered with success although single messages of it are refused; each answer says which.',
    source: `${api}/API_SendMessageBatch.html`,
    async check(place) {
      const queue = await makeQueue(place, 'batch');
      const Entries = [
        { Id: 'good', MessageBody: 'good' },
        { Id: 'bad', MessageBody: 'bad', DelaySeconds: 901 },
      ];
      const { Successful = [], Failed = [] } = await place.clients.sqs.send(new SendMessageBatchCommand({ QueueUrl: queue.url, Entries }));
      assert.deepEqual([Successful.map(({ Id }) => Id), Failed.map(({ Id, SenderFault }) => [Id, SenderFault])], [['good'], [['bad', true]]]);
      assert.deepEqual(bodiesOf(await receive(place, queue, 1)), ['good']);
    },
  },
  {
    id: 'sqs.batch-of-ten',
    says: 'A batch has ten messages at most, one at least, and no id twice.',
    source: `${api}/API_SendMessageBatch.html`,
    async check(place) {
      const queue = await makeQueue(place, 'batch-of-ten');
      const batch = (ids: string[]) => place.clients.sqs.send(new SendMessageBatchCommand({ QueueUrl: queue.url, Entries: ids.map((Id) => ({ Id, MessageBody: 'm' })) }));
      await refusal(batch(Array.from({ length: 11 }, (_, i) => `m${i}`)), /TooManyEntriesInBatchRequest/);
      await refusal(batch([]), /EmptyBatchRequest/);
      await refusal(batch(['twin', 'twin']), /BatchEntryIdsNotDistinct/);
    },
  },
  {
    id: 'sqs.message-size',
    says: 'A message of 256 KB is taken; one of more than 1 MiB is refused.',
    source: `${guide}/quotas-messages.html`,
    async check(place) {
      const queue = await makeQueue(place, 'sizes');
      await send(place, queue, 'x'.repeat(256 * 1024));
      await refusal(send(place, queue, 'x'.repeat(1024 * 1024 + 1)), /^InvalidParameterValue(Exception)?$/);
    },
  },
];
