import { createHash } from 'node:crypto';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import { ContractViolationError } from '@team/contracts';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { OutageError, TeamError } from './errors.ts';
import type { Logger } from './logger.ts';
import { isOutage, outageWords } from './outage.ts';
import { timeLeftOf, type TimeLeft } from './time-left.ts';

/** A queue that a function reads: where a message is put off to, and where it is laid down for good. */
export interface ConsumedQueue {
  readonly url: string;
  readonly deadLetterUrl: string;
}

export type SqsHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;
/** Handles one message; what it throws decides what becomes of the message. */
export type MessageHandler = (body: string, context: Context, record: SQSRecord) => Promise<void>;

/**
 * An SQS batch, message by message, each with its own fate:
 * done → deleted; `OutageError` → sent again later, and later each time, without using up a receive; other retryable or unknown error →
 * reported as failed, received again, in the end dead-lettered by SQS; final `TeamError` → dead-lettered at once with
 * its code. Nothing is swallowed and no message stops another.
 *
 * One whose handling does not end before the invocation must is put off like one that met an outage; the rest of its batch is sent
 * again without having been begun. An invocation that is killed would give all its messages back, and use up a receive of each.
 */
export function consumeMessages(queue: ConsumedQueue, sqs: SQSClient, logger: Logger, handle: MessageHandler): SqsHandler {
  return consume(queue, sqs, logger, handle, { order: 'one-by-one', duringOutage: 'put-off' });
}

/**
 * Like `consumeMessages`, but messages of different lanes at once; those of one lane, in which they would only race for the same item, one after
 * the other in their order. For standard queues.
 */
export function consumeByLane(queue: ConsumedQueue, sqs: SQSClient, logger: Logger, laneOf: (body: string) => string, handle: MessageHandler): SqsHandler {
  return consume(queue, sqs, logger, handle, { order: laneOf, duringOutage: 'put-off' });
}

/**
 * Like `consumeMessages`, for messages that only say "look now" and that the sweep sends again as long as there is something to
 * look at. During an outage they are let go: sent again by both, they would become more each minute. Each is about an aggregate of its
 * own, so those of a standard queue are handled at once; events of one request, often many in a batch, would only race for its item.
 */
export function consumeWakes(queue: ConsumedQueue, sqs: SQSClient, logger: Logger, handle: MessageHandler): SqsHandler {
  return consume(queue, sqs, logger, handle, { order: isFifo(queue.url) ? 'one-by-one' : 'at-once', duringOutage: 'let-go' });
}

interface Ways {
  /** Or the lane of a message, by its body: at once, but for those of the same one. */
  readonly order: 'one-by-one' | 'at-once' | ((body: string) => string);
  readonly duringOutage: 'put-off' | 'let-go';
}

function consume(queue: ConsumedQueue, sqs: SQSClient, logger: Logger, handle: MessageHandler, { order, duringOutage }: Ways): SqsHandler {
  const fifo = isFifo(queue.url);

  const resend = (url: string, record: SQSRecord, time: TimeLeft, { attributes = {}, ...delay }: { attributes?: object; DelaySeconds?: number }) => {
    const MessageAttributes = { [arrivedAtAttribute]: { DataType: 'Number', StringValue: String(arrivedAtOf(record)) }, ...attributes };
    const message = { QueueUrl: url, MessageBody: record.body, ...fifoFields(record, url), MessageAttributes, ...delay };
    return time.toPutAside(() => sqs.send(new SendMessageCommand(message)));
  };

  /** True where SQS may forget it. A FIFO queue takes no delay for a message: there it is received again. */
  const putOff = async (record: SQSRecord, time: TimeLeft, DelaySeconds: number): Promise<boolean> => {
    if (duringOutage === 'let-go') return true;
    if (fifo) return false;
    await resend(queue.url, record, time, { DelaySeconds });
    return true;
  };

  const one = async (record: SQSRecord, context: Context, time: TimeLeft): Promise<boolean> => {
    const handled = () => handle(record.body, context, record);
    try {
      // A FIFO queue promises that one ends before the next begins: none is given up there while it may be going on.
      await (fifo ? handled() : time.toHandle(handled));
      return true;
    } catch (thrown) {
      const error = isOutage(thrown) ? new OutageError('ERR_AWS_UNAVAILABLE', `AWS cannot answer now: ${thrown.name}`, { cause: thrown }) : thrown;
      const about = { messageId: record.messageId, receives: record.attributes.ApproximateReceiveCount, error };
      if (error instanceof OutageError) {
        logger.warn(wordsFor(error, duringOutage), about);
        return putOff(record, time, putOffSeconds(error, record));
      }
      if (isFinal(error)) {
        logger.error('laid down as a dead letter', about);
        await resend(queue.deadLetterUrl, record, time, { attributes: explain(error, record.attributes.ApproximateReceiveCount) });
        return true;
      }
      logger.error('failed, will be received again', about);
      return false;
    }
  };

  // No warning before the time-out: what is not done by then is received again all the same.
  return middy<SQSEvent, SQSBatchResponse>({ timeoutEarlyInMillis: 0 })
    .use(injectLambdaContext(logger))
    .handler(async ({ Records }: SQSEvent, context: Context) => {
      const time = timeLeftOf(context);
      const failed: string[] = [];
      const settle = async ({ messageId }: SQSRecord, fate: Promise<boolean>): Promise<void> => {
        const done = await fate.catch((error: unknown) => {
          logger.error('message could not even be put aside', { messageId, error });
          return false;
        });
        if (!done) failed.push(messageId);
      };
      const inTurn = async (lane: readonly SQSRecord[]): Promise<void> => {
        let begun = 0;
        // The first is always begun, or a function with little time would never do anything.
        for (const record of lane) {
          if (begun > 0 && !time.forOneMore()) break;
          begun += 1;
          await settle(record, one(record, context, time));
        }
        const rest = lane.slice(begun);
        if (rest.length > 0) logger.info('not begun: no time is left in this invocation', { messages: rest.length });
        await Promise.all(rest.map((record) => settle(record, putOff(record, time, notBegunSeconds))));
      };
      await Promise.all(lanesOf(Records, order).map(inTurn));
      return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
    });
}

/** Messages that are handled one after the other, beside those of other lanes. */
function lanesOf(records: readonly SQSRecord[], order: Ways['order']): readonly (readonly SQSRecord[])[] {
  if (order === 'one-by-one') return [records];
  if (order === 'at-once') return records.map((record) => [record]);
  return [...Map.groupBy(records, ({ body }) => order(body)).values()];
}

/** What asks to be tried again at a certain time waits for others, and says of no service that it is down. */
function wordsFor({ retryAfterSeconds }: OutageError, duringOutage: Ways['duringOutage']): string {
  if (retryAfterSeconds !== undefined) return 'put off until it is worth trying again';
  return duringOutage === 'let-go' ? outageWords.leftToSweep : outageWords.putOff;
}

const isFinal = (error: unknown): error is TeamError | ContractViolationError =>
  (error instanceof TeamError && !error.retryable) || error instanceof ContractViolationError;

/** Goes with a message that is sent again, which for SQS is a new one. */
const arrivedAtAttribute = 'arrivedAt';

/** When the queue first had a message (ms since the epoch), however often it was put off. */
export const arrivedAtOf = ({ messageAttributes, attributes }: SQSRecord): number =>
  Number(messageAttributes[arrivedAtAttribute]?.stringValue ?? attributes.SentTimestamp);

const firstPutOffSeconds = 30;
/** An outage that lasts meets fewer tries, so that what waits is no burden to what recovers; once it is over nothing waits for long (s). */
const longestPutOffSeconds = 120;
/** What was put off at once does not come back at once: up to so much more or less. */
const spread = 0.2;
/** Of what was not begun nobody knows that anything it needs is down. */
const notBegunSeconds = 5;
/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
const longestDelaySeconds = 900;

/** What the error asks for; else as long as had been waited when it was last put off: about 30, 30, 30, 60, 90, 120 s. */
function putOffSeconds({ retryAfterSeconds }: OutageError, record: SQSRecord): number {
  if (retryAfterSeconds !== undefined) return Math.min(longestDelaySeconds, retryAfterSeconds);
  const waitedSeconds = Math.floor((Number(record.attributes.SentTimestamp) - arrivedAtOf(record)) / 1_000);
  const seconds = Math.max(firstPutOffSeconds, Math.min(longestPutOffSeconds, waitedSeconds));
  return Math.round(seconds * (1 - spread + 2 * spread * chanceOf(record.messageId)));
}

/** In [0, 1), the same for the same id: SQS gives one to each message that is sent again, too. */
const chanceOf = (messageId: string): number => createHash('sha256').update(messageId).digest().readUInt32BE() / 2 ** 32;

const isFifo = (url: string): boolean => url.endsWith('.fifo');

function fifoFields(record: SQSRecord, url: string) {
  if (!isFifo(url)) return {};
  return { MessageGroupId: record.attributes.MessageGroupId ?? 'default', MessageDeduplicationId: record.messageId };
}

/** What goes with a dead letter: why it is one, and how often it was received; SQS counts anew what is sent anew. */
function explain(error: { readonly code: string; readonly message: string }, receives: string) {
  const text = (value: string) => ({ DataType: 'String', StringValue: value.slice(0, 1000) });
  return { code: text(error.code), message: text(error.message), receives: { DataType: 'Number', StringValue: receives } };
}
