import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { AwsError } from '../cloud/aws-error.ts';
import type { ReceivedMessage, SqsStandIn } from '../cloud/sqs/sqs.ts';
import type { Timeline, Timer } from '../cloud/timeline.ts';
import { invoke, type FunctionOptions } from './invoke.ts';
import { failedMessages, sqsRecord } from './sqs-event.ts';

export interface EventSourceMappingOptions extends FunctionOptions<SQSEvent, SQSBatchResponse | void> {
  readonly queues: SqsStandIn;
  readonly queueName: string;
  /** Messages of an invocation, at most. */
  readonly batchSize: number;
  /** Invocations at a time, at most. */
  readonly concurrency: number;
  /** Where work is begun: the timeline of the stand-ins. */
  readonly timeline: Timeline;
  /** Told of each batch that failed, whole or in part: on AWS it is in the function's log and metrics. */
  readonly onFailure?: (failure: BatchFailure) => void;
}

export interface BatchFailure {
  readonly functionName: string;
  /** What the handler threw, or undefined where it named messages that failed. */
  readonly error: unknown;
  readonly messageIds: readonly string[];
}

export interface EventSourceMapping {
  /** Invocations under way. */
  readonly running: number;
  /** Receives nothing more; what is under way ends. */
  stop(): void;
  /** Resolves when nothing is under way. */
  drained(): Promise<void>;
}

/**
 * AWS recommends, and every queue of this product has, six times the function's time-out.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
const visibilityFactor = 6;

/**
 * Feeds a Lambda function from a queue, as Lambda's pollers do: up to `concurrency` batches at a time; what succeeded is
 * deleted, what failed (in the answer, or all when the handler throws or takes too long) comes again after its visibility
 * time-out. On a FIFO queue at most one batch of a message group is under way, since the queue holds back the rest.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
export function eventSourceMapping(options: EventSourceMappingOptions): EventSourceMapping {
  const { queues, queueName, batchSize, concurrency, timeline, functionName, timeoutMs } = options;
  const consumer = queues.consumer(queueName);
  if (consumer.visibilityMs < visibilityFactor * timeoutMs) {
    throw new RangeError(
      `The visibility time-out of ${queueName}, ${consumer.visibilityMs} ms, must be at least ${visibilityFactor} × ` +
        `the time-out of ${functionName}, ${timeoutMs} ms.`,
    );
  }
  let running = 0;
  let stopped = false;
  let scheduled: Timer | undefined;
  const idleListeners: (() => void)[] = [];

  /** Many messages that arrive at once are looked at together. */
  function schedule(): void {
    if (stopped || scheduled !== undefined) return;
    scheduled = timeline.at(timeline.now(), () => {
      scheduled = undefined;
      fill();
    });
  }

  function fill(): void {
    while (!stopped && running < concurrency) {
      const batch = consumer.receive(batchSize);
      if (batch.length === 0) return;
      running++;
      void run(batch).finally(() => {
        running--;
        schedule();
        if (running === 0) for (const listener of idleListeners.splice(0)) listener();
      });
    }
  }

  async function run(batch: readonly ReceivedMessage[]): Promise<void> {
    const outcome = await attempt(batch);
    if (outcome.failed.size > 0) options.onFailure?.({ functionName, error: outcome.error, messageIds: [...outcome.failed] });
    remove(batch.filter(({ message }) => !outcome.failed.has(message.id)));
  }

  async function attempt(batch: readonly ReceivedMessage[]): Promise<{ failed: ReadonlySet<string>; error?: unknown }> {
    try {
      const Records = batch.map((received) => sqsRecord(consumer.arn, received));
      return { failed: failedMessages(batch, await invoke(options, { Records })) };
    } catch (error) {
      return { failed: new Set(batch.map(({ message }) => message.id)), error };
    }
  }

  function remove(done: readonly ReceivedMessage[]): void {
    try {
      consumer.delete(done.map(({ receiptHandle }) => receiptHandle));
    } catch (error) {
      // A FIFO queue refuses a receipt whose time is over: the messages come again, as on AWS.
      if (!(error instanceof AwsError)) throw error;
      options.onFailure?.({ functionName, error, messageIds: done.map(({ message }) => message.id) });
    }
  }

  const unsubscribe = consumer.onAvailable(schedule);
  schedule();

  return {
    get running() {
      return running;
    },
    stop() {
      stopped = true;
      scheduled?.cancel();
      unsubscribe();
    },
    drained: () => (running === 0 ? Promise.resolve() : new Promise((resolve) => idleListeners.push(resolve))),
  };
}
