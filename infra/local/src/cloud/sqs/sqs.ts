import { notImplemented } from '../not-implemented.ts';
import type { StandIn } from '../stand-in.ts';
import { messageActions } from './message-actions.ts';
import type { Draft, StoredMessage } from './message.ts';
import { queueActions } from './queue-actions.ts';
import { Queues, type QueuesContext } from './queues.ts';
import { receiptOf, systemAttributesOf } from './received.ts';
import { send } from './send.ts';

/** A message as a consumer inside the local cloud gets it. */
export interface ReceivedMessage {
  readonly message: StoredMessage;
  readonly receiptHandle: string;
  readonly systemAttributes: Record<string, string>;
}

/** A queue for a consumer inside the local cloud, which is told of messages instead of polling. Each call is committed. */
export interface QueueConsumer {
  readonly arn: string;
  readonly visibilityMs: number;
  receive(max: number): ReceivedMessage[];
  delete(receiptHandles: readonly string[]): void;
  /** Calls `listener` when a message may have become receivable; returns how to stop it. The listener must not receive at once. */
  onAvailable(listener: () => void): () => void;
}

export interface SqsStandIn extends StandIn {
  /** Throws `QueueDoesNotExist`. */
  consumer(queueName: string): QueueConsumer;
  /** Puts a message into the queue of an ARN, as another service of the cloud does. Throws `AwsError`; the caller commits. */
  deliver(queueArn: string, draft: Draft): void;
  /** What a queue holds, by name: for tests and for people who look. */
  peek(queueName: string): StoredMessage[];
}

/**
 * SQS: standard and FIFO queues with delays, visibility, dead letters, long polls and deduplication. No policies, tags or
 * encryption. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/welcome.html
 */
export function sqs(context: QueuesContext): SqsStandIn {
  const queues = new Queues(context);
  return {
    target: 'AmazonSQS',

    handle(call) {
      const action = Object.hasOwn(messageActions, call.action) ? messageActions[call.action] : undefined;
      const queueAction = Object.hasOwn(queueActions, call.action) ? queueActions[call.action] : undefined;
      return action?.(queues, call) ?? queueAction?.(queues, call) ?? notImplemented('SQS', call.action);
    },

    consumer(queueName) {
      const queue = queues.byName(queueName);
      return {
        arn: queue.arn,
        get visibilityMs() {
          return queue.visibilityMs;
        },
        receive(max) {
          const messages = queue.receive(max);
          context.store.commit();
          return messages.map((message) => ({
            message,
            receiptHandle: receiptOf(queue, message),
            systemAttributes: systemAttributesOf(queue, message),
          }));
        },
        delete(receiptHandles) {
          for (const handle of receiptHandles) queue.delete(handle);
          context.store.commit();
        },
        onAvailable: (listener) => queue.onAvailable(listener),
      };
    },

    deliver(queueArn, draft) {
      send(queues, queues.byArn(queueArn) ?? queues.byName(queueArn), draft);
    },

    peek: (queueName) => [...queues.byName(queueName).messages()],
  };
}
