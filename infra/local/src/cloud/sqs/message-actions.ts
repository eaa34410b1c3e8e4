import * as z from 'zod';
import { AwsError } from '../aws-error.ts';
import { checkedInput } from '../input.ts';
import type { JsonObject } from '../json.ts';
import type { Call } from '../stand-in.ts';
import { numberAttribute } from './attributes.ts';
import { runBatch } from './batch.ts';
import { md5, md5OfAttributes, messageAttribute, sizeOf, type Draft } from './message.ts';
import type { Queue } from './queue.ts';
import type { Queues } from './queues.ts';
import { describeReceived } from './received.ts';
import { send } from './send.ts';

const queueUrl = z.string().min(1);
const attributes = z.record(z.string(), messageAttribute).optional();
const identifier = z.string().regex(/^[\x21-\x7e]{1,128}$/).optional();
const seconds = z.number().int();

const messageMembers = {
  MessageBody: z.string(),
  DelaySeconds: seconds.optional(),
  MessageAttributes: attributes,
  MessageSystemAttributes: z.object({ AWSTraceHeader: messageAttribute.optional() }).optional(),
  MessageGroupId: identifier,
  MessageDeduplicationId: identifier,
};
const sendInput = z.object({ QueueUrl: queueUrl, ...messageMembers });
const sendEntry = z.object({ Id: z.string(), ...messageMembers });
const sendBatchInput = z.object({ QueueUrl: queueUrl, Entries: z.array(sendEntry) });
const receiveInput = z.object({
  QueueUrl: queueUrl,
  MaxNumberOfMessages: z.number().int().min(1).max(10).default(1),
  VisibilityTimeout: seconds.min(0).max(43_200).optional(),
  WaitTimeSeconds: seconds.min(0).max(20).optional(),
  AttributeNames: z.array(z.string()).default([]),
  MessageSystemAttributeNames: z.array(z.string()).default([]),
  MessageAttributeNames: z.array(z.string()).default([]),
});
const receiptMembers = { ReceiptHandle: z.string().min(1) };
const visibilityMembers = { ...receiptMembers, VisibilityTimeout: seconds.min(0).max(43_200) };
const deleteInput = z.object({ QueueUrl: queueUrl, ...receiptMembers });
const deleteBatchInput = z.object({ QueueUrl: queueUrl, Entries: z.array(z.object({ Id: z.string(), ...receiptMembers })) });
const visibilityInput = z.object({ QueueUrl: queueUrl, ...visibilityMembers });
const visibilityBatchInput = z.object({ QueueUrl: queueUrl, Entries: z.array(z.object({ Id: z.string(), ...visibilityMembers })) });

type Action = (queues: Queues, call: Call) => JsonObject | Promise<JsonObject>;

/** The actions on messages. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_Operations.html */
export const messageActions: Readonly<Record<string, Action>> = {
  SendMessage(queues, { input, caller }) {
    const given = parse(sendInput, input);
    return sendOne(queues, queues.byUrl(given.QueueUrl), draftOf(given, caller.name));
  },

  SendMessageBatch(queues, { input, caller }) {
    const { QueueUrl, Entries } = parse(sendBatchInput, input);
    const queue = queues.byUrl(QueueUrl);
    const entries = Entries.map(({ Id, ...entry }) => ({ Id, draft: draftOf(entry, caller.name) }));
    const size = entries.reduce((sum, { draft }) => sum + sizeOf(draft), 0);
    const max = numberAttribute({}, 'MaximumMessageSize');
    if (size > max) {
      throw new AwsError('BatchRequestTooLong', `Batch requests cannot be longer than ${max} bytes. You have sent ${size} bytes.`);
    }
    return runBatch(entries, ({ draft }) => sendOne(queues, queue, draft));
  },

  async ReceiveMessage(queues, { input }) {
    const given = parse(receiveInput, input);
    const queue = queues.byUrl(given.QueueUrl);
    const waitSeconds = given.WaitTimeSeconds ?? numberAttribute(queue.attributes, 'ReceiveMessageWaitTimeSeconds');
    const visibilityMs = given.VisibilityTimeout === undefined ? queue.visibilityMs : 1_000 * given.VisibilityTimeout;
    const messages = await queue.poll(given.MaxNumberOfMessages, visibilityMs, 1_000 * waitSeconds);
    if (messages.length === 0) return {};
    const system = [...given.AttributeNames, ...given.MessageSystemAttributeNames];
    return { Messages: messages.map((message) => describeReceived(queue, message, system, given.MessageAttributeNames)) };
  },

  DeleteMessage(queues, { input }) {
    const given = parse(deleteInput, input);
    queues.byUrl(given.QueueUrl).delete(given.ReceiptHandle);
    return {};
  },

  DeleteMessageBatch(queues, { input }) {
    const { QueueUrl, Entries } = parse(deleteBatchInput, input);
    const queue = queues.byUrl(QueueUrl);
    return runBatch(Entries, ({ ReceiptHandle }) => {
      queue.delete(ReceiptHandle);
      return {};
    });
  },

  ChangeMessageVisibility(queues, { input }) {
    const given = parse(visibilityInput, input);
    queues.byUrl(given.QueueUrl).changeVisibility(given.ReceiptHandle, 1_000 * given.VisibilityTimeout);
    return {};
  },

  ChangeMessageVisibilityBatch(queues, { input }) {
    const { QueueUrl, Entries } = parse(visibilityBatchInput, input);
    const queue = queues.byUrl(QueueUrl);
    return runBatch(Entries, ({ ReceiptHandle, VisibilityTimeout }) => {
      queue.changeVisibility(ReceiptHandle, 1_000 * VisibilityTimeout);
      return {};
    });
  },
};

function parse<S extends z.ZodType>(schema: S, input: JsonObject): z.output<S> {
  return checkedInput(schema, input, 'InvalidParameterValue');
}

function draftOf(given: Omit<z.output<typeof sendEntry>, 'Id'>, senderId: string): Draft {
  return {
    body: given.MessageBody,
    senderId,
    attributes: given.MessageAttributes,
    delaySeconds: given.DelaySeconds,
    groupId: given.MessageGroupId,
    deduplicationId: given.MessageDeduplicationId,
    traceHeader: given.MessageSystemAttributes?.AWSTraceHeader?.StringValue,
  };
}

function sendOne(queues: Queues, queue: Queue, draft: Draft): JsonObject {
  const { id, sequence } = send(queues, queue, draft);
  const trace = draft.traceHeader === undefined ? undefined : { AWSTraceHeader: { DataType: 'String', StringValue: draft.traceHeader } };
  return {
    MessageId: id,
    MD5OfMessageBody: md5(draft.body),
    MD5OfMessageAttributes: md5OfAttributes(draft.attributes ?? {}),
    MD5OfMessageSystemAttributes: md5OfAttributes(trace ?? {}),
    ...(queue.fifo && { SequenceNumber: String(sequence).padStart(20, '0') }),
  };
}
