import { Duration, Validations } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { ServiceManifest } from '@team/runtime';
import { allowService, denyOthers } from '../access/statements.ts';
import type { Names } from '../names.ts';

/** A queue and where its messages are laid down. */
export interface QueuePair {
  readonly queue: Queue;
  readonly deadLetters: Queue;
}

const use = ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:PurgeQueue', 'sqs:ReceiveMessage', 'sqs:SendMessage', 'sqs:StartMessageMoveTask'];

/** Fourteen days, the longest that SQS keeps a message: nothing laid down is lost over a weekend. */
const kept = { retentionPeriod: Duration.days(14) } as const;
const encrypted = (key: IKey) => ({ encryption: QueueEncryption.KMS, encryptionMasterKey: key, dataKeyReuse: Duration.hours(1), enforceSSL: true });

/** Where rules lay down what they cannot bring; no service reads it. */
export function makeLastQueue(scope: Construct, id: string, queueName: string, names: Names, key: IKey, roleArns: readonly string[], ruleArn: string): Queue {
  const queue = new Queue(scope, id, { queueName, ...kept, ...encrypted(key) });
  guard(queue, names.queueArn(queueName), roleArns, ruleArn);
  Validations.of(queue).acknowledge({ id: 'AwsSolutions::AwsSolutions-SQS3', reason: 'This queue is where undelivered messages are laid down; nothing reads it but operators, so nothing is laid down from it.' });
  return queue;
}

/**
 * A queue of a service with its dead-letter queue. Nobody but these roles may touch their
 * messages; EventBridge may send what the queue's rule brings.
 */
export function makeQueue(scope: Construct, manifest: ServiceManifest, name: string, names: Names, key: IKey, roleArns: readonly string[], ruleArn?: string): QueuePair {
  const { fifo = false, maxReceives } = manifest.queues[name] ?? { maxReceives: 5 };
  const kind = fifo ? { fifo: true, contentBasedDeduplication: false } : {};
  const deadLetters = new Queue(scope, `${name}-dlq`, { queueName: names.deadLetterQueueName(manifest, name), ...kept, ...kind, ...encrypted(key) });
  const queue = new Queue(scope, `${name}-queue`, {
    queueName: names.queueName(manifest, name),
    visibilityTimeout: Duration.seconds(6 * longestReader(manifest, name)),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: maxReceives },
    ...kept,
    ...kind,
    ...encrypted(key),
  });
  for (const [one, queueName] of [[queue, names.queueName(manifest, name)], [deadLetters, names.deadLetterQueueName(manifest, name)]] as const) {
    guard(one, names.queueArn(queueName), roleArns, ruleArn);
  }
  return { queue, deadLetters };
}

/** Policy of a queue: these roles, and the rules whose target or dead-letter queue it is. */
function guard(queue: Queue, arn: string, roleArns: readonly string[], ruleArn?: string): void {
  if (ruleArn !== undefined) {
    queue.addToResourcePolicy(allowService('ItsRule', 'events.amazonaws.com', ['sqs:SendMessage'], [arn], { ArnLike: { 'aws:SourceArn': ruleArn } }));
  }
  queue.addToResourcePolicy(denyOthers('NobodyElse', use, roleArns, [arn]));
}

/** Longest time-out of the functions that read a queue (seconds). */
function longestReader({ functions }: ServiceManifest, queue: string): number {
  const readers = Object.values(functions).filter(({ trigger }) => 'queue' in trigger && trigger.queue === queue);
  return Math.max(30, ...readers.map(({ timeoutSeconds }) => timeoutSeconds));
}
