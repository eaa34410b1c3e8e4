import { DeleteMessageBatchCommand, GetQueueUrlCommand, ReceiveMessageCommand, type Message, type SQSClient } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import type { DeployedTrigger } from './deployed.ts';

/** Seconds of the cloud's time that a receive waits for messages: the longest that SQS allows, as Lambda's pollers wait. */
const longPollSeconds = 20;

const batchResponse = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })) });

export interface QueuePoller {
  /** Receives nothing more; resolves when nothing is under way. */
  stop(): Promise<void>;
}

/**
 * Plays Lambda's event-source mapping over HTTP: receives, invokes, deletes what succeeded; what failed comes again after its visibility
 * time-out. https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
export function pollQueue(sqs: SQSClient, trigger: DeployedTrigger, invoke: (event: unknown) => Promise<unknown>, onFailure: (message: string) => void): QueuePoller {
  let stopped = false;
  const abort = new AbortController();
  const work = run();

  async function run(): Promise<void> {
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: trigger.queueArn.split(':').at(-1) }));
    const receive = new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: trigger.batchSize,
      WaitTimeSeconds: longPollSeconds,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    while (!stopped) {
      try {
        const { Messages = [] } = await sqs.send(receive, { abortSignal: abort.signal });
        if (Messages.length === 0) continue;
        const answer = await invoke({ Records: Messages.map((message) => recordOf(message, trigger.queueArn)) });
        const { batchItemFailures } = batchResponse.parse(answer) satisfies SQSBatchResponse;
        const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
        if (failed.size > 0) onFailure(`${trigger.functionName}: ${failed.size} of ${Messages.length} messages failed`);
        const done = Messages.filter(({ MessageId }) => !failed.has(String(MessageId)));
        const Entries = done.map(({ ReceiptHandle }, n) => ({ Id: String(n), ReceiptHandle }));
        if (Entries.length > 0) await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
      } catch (error) {
        if (!stopped) onFailure(`${trigger.functionName}: ${String(error)}`);
      }
    }
  }

  return {
    stop() {
      stopped = true;
      abort.abort();
      return work;
    },
  };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html#example-standard-queue-message-event */
function recordOf({ MessageId = '', ReceiptHandle = '', Body = '', MD5OfBody = '', Attributes = {}, MessageAttributes = {} }: Message, queueArn: string): SQSRecord {
  const attributes = { ApproximateReceiveCount: '1', SentTimestamp: '0', SenderId: '', ApproximateFirstReceiveTimestamp: '0', ...Attributes };
  const messageAttributes = Object.fromEntries(
    Object.entries(MessageAttributes).map(([name, { DataType = 'String', StringValue = '' }]) => [name, { dataType: DataType, stringValue: StringValue }]),
  );
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes,
    messageAttributes,
    md5OfBody: MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: queueArn.split(':')[3] ?? '',
  };
}
