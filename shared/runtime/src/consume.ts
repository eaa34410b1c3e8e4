import { SendMessageCommand, type MessageAttributeValue, type SQSClient } from '@aws-sdk/client-sqs';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import { ContractViolationError, deliveredEvent, type DeliveredEvent, type EventContract, type DataOf, type Received } from '@team/contracts';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { OutageError, TeamError } from './errors.ts';
import { isOutage } from './outage.ts';
import type { Logger } from './logger.ts';

/** An event whose contract was checked on arrival, as a handler gets it. */
export interface ReceivedEvent<Data> extends Received<Data> {
  /** When the queue first had it (ms since the epoch): a crash or an outage on our side makes nothing late. */
  readonly arrivedAt: number;
}

/** How one detail-type is handled. */
export interface Route {
  readonly contract: EventContract;
  handle(event: DeliveredEvent, context: Context, arrivedAt: number): Promise<void>;
  /** Intents only: answers an emitter whose event breaks the contract. Without it, or where it gives false, the message is a dead letter. */
  readonly refuse?: ((event: DeliveredEvent, violation: ContractViolationError) => Promise<boolean>) | undefined;
}

/** Binds a handler to a contract, so that its data is typed by it. */
export function route<Contract extends EventContract>(
  contract: Contract,
  handler: (event: ReceivedEvent<DataOf<Contract>>, context: Context) => Promise<void>,
  refuse?: Route['refuse'],
): Route {
  return {
    contract,
    refuse,
    handle: (event, context, arrivedAt) => {
      const { metadata, data } = contract.parse(event.detail);
      return handler(
        {
          metadata,
          data: data as DataOf<Contract>,
          detailType: contract.detailType,
          source: event.source,
          account: event.account,
          cause: { eventId: metadata.eventId, traceparent: metadata.traceparent },
          arrivedAt,
        },
        context,
      );
    },
  };
}

/** A queue that a function reads: where a message is put off to, and where it is laid down for good. */
export interface ConsumedQueue {
  readonly url: string;
  readonly deadLetterUrl: string;
}

export type SqsHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;
/** Handles one message; what it throws decides what becomes of the message. */
export type MessageHandler = (body: string, context: Context, record: SQSRecord) => Promise<void>;

/** Whether the messages of a batch may be handled at once. Those of a FIFO queue never are. */
export type BatchOrder = 'one-by-one' | 'at-once';

/**
 * An SQS batch, message by message, each with its own fate:
 * done → deleted; `OutageError` → sent again later, and later each time, without using up a receive; other retryable or unknown error →
 * reported as failed, received again, in the end dead-lettered by SQS; final `TeamError` → dead-lettered at once with
 * its code. Nothing is swallowed and no message stops another.
 */
export function consumeMessages(queue: ConsumedQueue, sqs: SQSClient, logger: Logger, handle: MessageHandler, order: BatchOrder = 'one-by-one'): SqsHandler {
  const resend = (url: string, record: SQSRecord, attributes: Record<string, MessageAttributeValue> = {}, delay: object = {}): Promise<unknown> => {
    const MessageAttributes = { [arrivedAtAttribute]: { DataType: 'Number', StringValue: String(arrivedAtOf(record)) }, ...attributes };
    return sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: record.body, ...fifoFields(record, url), MessageAttributes, ...delay }));
  };

  const one = async (record: SQSRecord, context: Context): Promise<boolean> => {
    try {
      await handle(record.body, context, record);
      return true;
    } catch (thrown) {
      const error = isOutage(thrown) ? new OutageError('ERR_AWS_UNAVAILABLE', `AWS cannot answer now: ${thrown.name}`, { cause: thrown }) : thrown;
      const attributes = { messageId: record.messageId, receives: record.attributes.ApproximateReceiveCount, error };
      if (error instanceof OutageError) {
        logger.warn('put off: what this needs is down', attributes);
        await resend(queue.url, record, {}, { DelaySeconds: putOffSeconds(error, record) });
        return true;
      }
      if (isFinal(error)) {
        logger.error('laid down as a dead letter', attributes);
        await resend(queue.deadLetterUrl, record, explain(error, record.attributes.ApproximateReceiveCount));
        return true;
      }
      logger.error('failed, will be received again', attributes);
      return false;
    }
  };

  // No warning before the time-out: what is not done by then is received again all the same.
  return middy<SQSEvent, SQSBatchResponse>({ timeoutEarlyInMillis: 0 })
    .use(injectLambdaContext(logger))
    .handler(async (event: SQSEvent, context: Context) => {
      const failed: string[] = [];
      const settle = async (record: SQSRecord): Promise<void> => {
        const done = await one(record, context).catch((error: unknown) => {
          logger.error('message could not even be put aside', { messageId: record.messageId, error });
          return false;
        });
        if (!done) failed.push(record.messageId);
      };
      if (order === 'at-once' && !isFifo(queue.url)) await Promise.all(event.Records.map(settle));
      else for (const record of event.Records) await settle(record);
      return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
    });
}

/**
 * Like `consumeMessages`, for messages that only say "look now" and that the sweep sends again as long as there is something to
 * look at. During an outage they are let go: sent again by both, they would become more each minute. Each is about an aggregate of its
 * own, so those of a standard queue are handled at once; events of one request, often many in a batch, would only race for its item.
 */
export function consumeWakes(queue: ConsumedQueue, sqs: SQSClient, logger: Logger, handle: MessageHandler): SqsHandler {
  const look: MessageHandler = async (body, context, record) => {
    try {
      await handle(body, context, record);
    } catch (error) {
      if (!(error instanceof OutageError) && !isOutage(error)) throw error;
      logger.warn('left to the next sweep: what this needs is down', { messageId: record.messageId, error });
    }
  };
  return consumeMessages(queue, sqs, logger, look, 'at-once');
}

/** Consumes events of the bus: parses the envelope, finds the route by detail-type, checks the contract, handles. */
export function consumeEvents(queue: ConsumedQueue, sqs: SQSClient, logger: Logger, ownAccount: string, routes: readonly Route[]): SqsHandler {
  const byDetailType = new Map(routes.map((entry) => [entry.contract.detailType, entry]));
  return consumeMessages(queue, sqs, logger, async (body, context, record) => {
    const event = parseEnvelope(body);
    const found = byDetailType.get(event['detail-type']);
    if (found === undefined) throw new TeamError('ERR_DETAIL_TYPE_UNKNOWN', `nothing here handles "${event['detail-type']}"`);
    const { contract } = found;
    if (contract.kind === 'fact' && (event.source !== contract.source || event.account !== ownAccount)) {
      throw new TeamError('ERR_SOURCE_FOREIGN', `${contract.detailType} comes from ${contract.source} in account ${ownAccount} only, not from ${event.source} in ${event.account}`);
    }
    try {
      await found.handle(event, context, arrivedAtOf(record));
    } catch (error) {
      // Only what came broke its contract; a fact of our own that does not fit is our mistake, not the emitter's.
      const malformed = error instanceof ContractViolationError && error.detailType === contract.detailType;
      if (malformed && (await found.refuse?.(event, error)) === true) return;
      throw error;
    }
  });
}

/** The EventBridge envelope in a message's body. Throws a final error that says what is wrong. */
export function parseEnvelope(body: string): DeliveredEvent {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch (cause) {
    throw new TeamError('ERR_JSON_MALFORMED', 'the message body is not JSON', { cause });
  }
  const result = deliveredEvent.safeParse(json);
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ');
    throw new TeamError('ERR_ENVELOPE_INVALID', `not an event as EventBridge delivers it: ${problems}`);
  }
  return result.data;
}

const isFinal = (error: unknown): error is TeamError | ContractViolationError =>
  (error instanceof TeamError && !error.retryable) || error instanceof ContractViolationError;

/** Goes with a message that is sent again, which for SQS is a new one. */
const arrivedAtAttribute = 'arrivedAt';

const arrivedAtOf = ({ messageAttributes, attributes }: SQSRecord): number =>
  Number(messageAttributes[arrivedAtAttribute]?.stringValue ?? attributes.SentTimestamp);

/** An outage that lasts meets fewer tries, so that what waits is no burden to what recovers; once it is over nothing waits for long (s). */
const longestPutOffSeconds = 120;
/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
const longestDelaySeconds = 900;

/** As long as had been waited when it was last put off: 30, 30, 30, 60, 90, 120 s, where the error asks for 30. */
function putOffSeconds({ retryAfterSeconds }: OutageError, record: SQSRecord): number {
  const waitedSeconds = Math.floor((Number(record.attributes.SentTimestamp) - arrivedAtOf(record)) / 1_000);
  return Math.min(longestDelaySeconds, Math.max(retryAfterSeconds, Math.min(longestPutOffSeconds, waitedSeconds)));
}

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
