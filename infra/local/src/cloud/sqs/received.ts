import type { JsonObject } from '../json.ts';
import { md5, md5OfAttributes, type MessageAttributes, type StoredMessage } from './message.ts';
import type { Queue } from './queue.ts';
import { receiptHandle } from './receipt.ts';

/** A message as ReceiveMessage answers it, with the attributes that were asked for. */
export function describeReceived(queue: Queue, message: StoredMessage, system: string[], names: string[]): JsonObject {
  const attributes = selected(message.attributes, names);
  const systemAttributes = Object.entries(systemAttributesOf(queue, message)).filter(
    ([name]) => system.includes('All') || system.includes(name),
  );
  return {
    MessageId: message.id,
    ReceiptHandle: receiptOf(queue, message),
    MD5OfBody: md5(message.body),
    Body: message.body,
    ...(systemAttributes.length > 0 && { Attributes: Object.fromEntries(systemAttributes) }),
    ...(Object.keys(attributes).length > 0 && { MessageAttributes: attributes, MD5OfMessageAttributes: md5OfAttributes(attributes) }),
  };
}

export function receiptOf(queue: Queue, message: StoredMessage): string {
  return receiptHandle(queue.name, { messageId: message.id, receiveCount: message.receiveCount });
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html: MessageSystemAttributeNames */
export function systemAttributesOf(queue: Queue, message: StoredMessage): Record<string, string> {
  return {
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedMs ?? message.sentMs),
    SenderId: message.senderId,
    SentTimestamp: String(message.sentMs),
    ...(message.groupId !== undefined && { MessageGroupId: message.groupId }),
    ...(message.deduplicationId !== undefined && { MessageDeduplicationId: message.deduplicationId }),
    ...(queue.fifo && { SequenceNumber: String(message.sequence).padStart(20, '0') }),
    ...(message.traceHeader !== undefined && { AWSTraceHeader: message.traceHeader }),
    ...(message.deadLetterSource !== undefined && { DeadLetterQueueSourceArn: message.deadLetterSource }),
  };
}

/** Names may be given in full, as `All` or `.*`, or as a prefix `team.*`. */
function selected(attributes: MessageAttributes, names: string[]): Record<string, MessageAttributes[string]> {
  const wanted = (name: string): boolean =>
    names.some((asked) => asked === 'All' || asked === name || (asked.endsWith('.*') && name.startsWith(asked.slice(0, -2))));
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => wanted(name)));
}
