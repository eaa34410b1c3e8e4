import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { ServiceManifest } from '@team/runtime';
import { allowService, denyOthers, denyPlainTransport } from '../access/statements.ts';
import type { Names } from '../names.ts';

/** A queue and where its messages are laid down. */
export interface QueuePair {
  readonly queue: Queue;
  readonly deadLetters: Queue;
}

const use = ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:PurgeQueue', 'sqs:ReceiveMessage', 'sqs:SendMessage', 'sqs:StartMessageMoveTask'];

/**
 * A queue of a service with its dead-letter queue, which keeps 14 days, the longest that SQS does. Nobody but these roles may touch their
 * messages; EventBridge may send what the queue's rule brings.
 */
export function makeQueue(scope: Construct, manifest: ServiceManifest, name: string, names: Names, key: IKey, roleArns: readonly string[], ruleArn?: string): QueuePair {
  const { fifo = false, maxReceives } = manifest.queues[name] ?? { maxReceives: 5 };
  const kind = fifo ? { fifo: true, contentBasedDeduplication: false } : {};
  const encrypted = { encryption: QueueEncryption.KMS, encryptionMasterKey: key, dataKeyReuse: Duration.hours(1) };
  const deadLetters = new Queue(scope, `${name}-dlq`, {
    queueName: names.deadLetterQueueName(manifest, name),
    retentionPeriod: Duration.days(14),
    ...kind,
    ...encrypted,
  });
  const queue = new Queue(scope, `${name}-queue`, {
    queueName: names.queueName(manifest, name),
    visibilityTimeout: Duration.seconds(6 * longestReader(manifest, name)),
    retentionPeriod: Duration.days(14),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: maxReceives },
    ...kind,
    ...encrypted,
  });
  for (const [one, queueName] of [[queue, names.queueName(manifest, name)], [deadLetters, names.deadLetterQueueName(manifest, name)]] as const) {
    guard(one, names.queueArn(queueName), roleArns, ruleArn);
  }
  return { queue, deadLetters };
}

/** Policy of a queue: these roles, and the rules whose target or dead-letter queue it is. */
export function guard(queue: Queue, arn: string, roleArns: readonly string[], ruleArn?: string): void {
  if (ruleArn !== undefined) {
    queue.addToResourcePolicy(allowService('ItsRule', 'events.amazonaws.com', ['sqs:SendMessage'], [arn], { ArnEquals: { 'aws:SourceArn': ruleArn } }));
  }
  queue.addToResourcePolicy(denyOthers('NobodyElse', use, roleArns, [arn]));
  queue.addToResourcePolicy(denyPlainTransport(use, [arn]));
}

/** Longest time-out of the functions that read a queue (seconds). */
function longestReader({ functions }: ServiceManifest, queue: string): number {
  const readers = Object.values(functions).filter(({ trigger }) => 'queue' in trigger && trigger.queue === queue);
  return Math.max(30, ...readers.map(({ timeoutSeconds }) => timeoutSeconds));
}
