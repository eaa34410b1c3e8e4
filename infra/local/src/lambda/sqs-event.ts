import type { SQSBatchResponse, SQSMessageAttributes, SQSRecord } from 'aws-lambda';
import { md5 } from '../cloud/sqs/message.ts';
import type { ReceivedMessage } from '../cloud/sqs/sqs.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export function sqsRecord(queueArn: string, received: ReceivedMessage): SQSRecord {
  const { message, receiptHandle, systemAttributes } = received;
  return {
    messageId: message.id,
    receiptHandle,
    body: message.body,
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: String(message.sentMs),
      SenderId: message.senderId,
      ApproximateFirstReceiveTimestamp: String(message.firstReceivedMs ?? message.sentMs),
      ...systemAttributes,
    },
    messageAttributes: attributesOf(received),
    md5OfBody: md5(message.body),
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: queueArn.split(':')[3] ?? '',
  };
}

function attributesOf({ message }: ReceivedMessage): SQSMessageAttributes {
  const entries = Object.entries(message.attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
    name,
    {
      dataType: DataType,
      ...(StringValue !== undefined && { stringValue: StringValue }),
      ...(BinaryValue !== undefined && { binaryValue: BinaryValue }),
      stringListValues: [],
      binaryListValues: [],
    },
  ]);
  return Object.fromEntries(entries) as SQSMessageAttributes;
}

/**
 * Which messages of a batch failed. No list or an empty one means success; an answer that is not understood, or names a
 * message that is not in the batch, means that all failed.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
 */
export function failedMessages(batch: readonly ReceivedMessage[], response: SQSBatchResponse | void | null): ReadonlySet<string> {
  const ids = new Set(batch.map(({ message }) => message.id));
  const failures: unknown = response?.batchItemFailures ?? [];
  if (!Array.isArray(failures)) return ids;
  const named = failures.map((failure: unknown) => identifierOf(failure));
  return named.every((id) => id !== undefined && ids.has(id)) ? new Set(named.filter((id) => id !== undefined)) : ids;
}

function identifierOf(failure: unknown): string | undefined {
  if (typeof failure !== 'object' || failure === null || !('itemIdentifier' in failure)) return undefined;
  return typeof failure.itemIdentifier === 'string' ? failure.itemIdentifier : undefined;
}
