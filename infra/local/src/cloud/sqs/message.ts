import { createHash } from 'node:crypto';
import * as z from 'zod';
import { AwsError } from '../aws-error.ts';

/** A message attribute as the JSON protocol carries it; `BinaryValue` is base64. */
export const messageAttribute = z.object({
  DataType: z.string().regex(/^(String|Number|Binary)(\..{1,256})?$/),
  StringValue: z.string().optional(),
  BinaryValue: z.base64().optional(),
});
export type MessageAttribute = z.output<typeof messageAttribute>;
export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** A message in a queue. Times are milliseconds of the timeline. */
export interface StoredMessage {
  readonly id: string;
  /** Rises from message to message of a queue. */
  readonly sequence: number;
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly senderId: string;
  readonly sentMs: number;
  readonly visibleAtMs: number;
  readonly receiveCount: number;
  readonly receivedMs?: number;
  readonly firstReceivedMs?: number;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  readonly traceHeader?: string;
  /** The ARN of the queue whose dead letter this is. */
  readonly deadLetterSource?: string;
}

/** What a sender gives. */
export interface Draft {
  readonly body: string;
  readonly senderId: string;
  readonly attributes?: MessageAttributes | undefined;
  readonly delaySeconds?: number | undefined;
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
  readonly traceHeader?: string | undefined;
}

/**
 * The bytes that count: the body, and each attribute's name, type and value.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
 */
export function sizeOf(draft: Pick<Draft, 'body' | 'attributes'>): number {
  let size = Buffer.byteLength(draft.body);
  for (const [name, attribute] of Object.entries(draft.attributes ?? {})) {
    size += Buffer.byteLength(name) + Buffer.byteLength(attribute.DataType) + valueOf(attribute).length;
  }
  return size;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html: the characters of XML 1.0. */
export function checkContents(body: string): void {
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u.test(body)) {
    throw new AwsError('InvalidMessageContents', 'The message contains characters outside the allowed set.');
  }
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html */
export function checkAttributes(attributes: MessageAttributes): void {
  const names = Object.keys(attributes);
  if (names.length > 10) throw invalid(`Number of message attributes [${names.length}] exceeds the allowed maximum [10].`);
  for (const [name, attribute] of Object.entries(attributes)) {
    if (!/^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,255}$/.test(name) || /^(aws|amazon)\./i.test(name) || /\.\.|\.$/.test(name)) {
      throw invalid(`The message attribute name '${name}' is invalid.`);
    }
    const value = attribute.DataType.startsWith('Binary') ? attribute.BinaryValue : attribute.StringValue;
    if (value === undefined || value === '') {
      throw invalid(`The message attribute '${name}' must contain a non-empty value of type '${attribute.DataType}'.`);
    }
    if (attribute.DataType.startsWith('Number') && !Number.isFinite(Number(value))) {
      throw invalid(`Can't cast the value of message attribute '${name}' to a number.`);
    }
  }
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message);
}

export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

/**
 * Names in order; of each the lengths and bytes of name, type and value, and whether the value is text (1) or binary (2).
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  for (const name of names) {
    const attribute = attributes[name];
    if (attribute === undefined) continue;
    const transport = Buffer.of(attribute.DataType.startsWith('Binary') ? 2 : 1);
    hash.update(measured(Buffer.from(name))).update(measured(Buffer.from(attribute.DataType)));
    hash.update(transport).update(measured(valueOf(attribute)));
  }
  return hash.digest('hex');
}

function valueOf(attribute: MessageAttribute): Buffer {
  if (attribute.DataType.startsWith('Binary')) return Buffer.from(attribute.BinaryValue ?? '', 'base64');
  return Buffer.from(attribute.StringValue ?? '');
}

function measured(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
