import assert from 'node:assert/strict';
import { SendMessageCommand, type SendMessageCommandInput } from '@aws-sdk/client-sqs';
import { refusal } from '../answers.ts';
import type { Belief } from '../belief.ts';
import type { Place } from '../place.ts';
import { bodiesOf, deleteMessage, makeQueue, receive, receiveNow, type SandboxQueue } from '../queues.ts';

const guide = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide';
const api = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference';

const fifo = (place: Place, what: string) => makeQueue(place, what, { FifoQueue: 'true' });
const send = (place: Place, { url: QueueUrl }: SandboxQueue, MessageBody: string, more: Partial<SendMessageCommandInput> = {}) =>
  place.clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId: 'one', MessageDeduplicationId: MessageBody, ...more }));

/** Beliefs about FIFO queues. */
export const fifoBeliefs: readonly Belief[] = [
  {
    id: 'fifo.group-waits',
    says: 'While a message of a group is received, the others of its group wait, and other groups do not.',
    source: `${guide}/FIFO-queues-understanding-logic.html`,
    async check(place) {
      const queue = await fifo(place, 'groups');
      await send(place, queue, 'first');
      const [first, ...others] = await receive(place, queue, 1);
      assert.ok(first !== undefined && others.length === 0);
      await send(place, queue, 'second');
      await send(place, queue, 'other', { MessageGroupId: 'another' });
      assert.deepEqual(bodiesOf(await receive(place, queue, 1)), ['other']);
      assert.deepEqual(bodiesOf(await receiveNow(place, queue)), []);
      await deleteMessage(place, queue, first);
      assert.deepEqual(bodiesOf(await receive(place, queue, 1)), ['second']);
    },
  },
  {
    id: 'fifo.order',
    says: 'Messages of a group come in the order in which they were sent.',
    source: `${guide}/FIFO-queues-understanding-logic.html`,
    async check(place) {
      const queue = await fifo(place, 'order');
      const bodies = Array.from({ length: 5 }, (_, i) => `message ${i}`);
      for (const body of bodies) await send(place, queue, body, { MessageDeduplicationId: body.replace(' ', '-') });
      const received: string[] = [];
      while (received.length < bodies.length) {
        for (const message of await receive(place, queue, 1)) {
          received.push(message.Body ?? '');
          await deleteMessage(place, queue, message);
        }
      }
      assert.deepEqual(received, bodies);
    },
  },
  {
    id: 'fifo.group-is-required',
    says: 'A message without a group is refused.',
    source: `${api}/API_SendMessage.html`,
    async check(place) {
      const queue = await fifo(place, 'no-group');
      await refusal(send(place, queue, 'lone', { MessageGroupId: undefined }), /^(MissingParameter|InvalidParameterValue)(Exception)?$/);
    },
  },
  {
    id: 'fifo.no-message-delay',
    says: 'A message of a FIFO queue has no delay of its own.',
    source: `${api}/API_SendMessage.html`,
    async check(place) {
      const queue = await fifo(place, 'no-delay');
      await refusal(send(place, queue, 'later', { DelaySeconds: 5 }), /^InvalidParameterValue(Exception)?$/);
    },
  },
  {
    id: 'fifo.deduplication',
    says: 'A twin within five minutes is accepted and not delivered, also after the first one was deleted.',
    source: `${guide}/using-messagededuplicationid-property.html`,
    async check(place) {
      const queue = await fifo(place, 'twins');
      await send(place, queue, 'wake');
      const [first] = await receive(place, queue, 1);
      assert.ok(first !== undefined);
      await deleteMessage(place, queue, first);
      const { MessageId } = await send(place, queue, 'wake');
      assert.equal(MessageId, first.MessageId);
      await place.pass(2);
      assert.deepEqual(bodiesOf(await receiveNow(place, queue)), []);
    },
  },
  {
    id: 'fifo.deduplication-ends',
    says: 'After five minutes a twin is a new message.',
    source: `${guide}/using-messagededuplicationid-property.html`,
    slow: 'takes more than five minutes',
    async check(place) {
      const queue = await fifo(place, 'later-twins');
      await send(place, queue, 'wake');
      const [first] = await receive(place, queue, 1);
      assert.ok(first !== undefined);
      await deleteMessage(place, queue, first);
      await place.pass(310);
      await send(place, queue, 'wake');
      assert.deepEqual(bodiesOf(await receive(place, queue, 1)), ['wake']);
    },
  },
  {
    id: 'fifo.dead-letters-are-fifo',
    says: 'The dead-letter queue of a FIFO queue is a FIFO queue.',
    source: `${guide}/sqs-dead-letter-queues.html`,
    async check(place) {
      const standard = await makeQueue(place, 'standard-dead');
      const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: standard.arn, maxReceiveCount: 5 });
      await refusal(makeQueue(place, 'mismatched', { FifoQueue: 'true', RedrivePolicy }), /^Invalid(Parameter|Attribute)/);
    },
  },
];
