import { AwsError } from '../aws-error.ts';
import type { Random } from '../random.ts';
import type { DurableMap, Store } from '../store.ts';
import type { Timeline } from '../timeline.ts';
import { checkAttributeValues, parseRedrivePolicy, type QueueAttributes } from './attributes.ts';
import { Deduplication } from './deduplication.ts';
import type { StoredMessage } from './message.ts';
import { Queue, type QueueRecord } from './queue.ts';

export interface QueuesContext {
  readonly store: Store;
  readonly timeline: Timeline;
  readonly random: Random;
  readonly accountId: string;
  readonly region: string;
  /** Where queue URLs point to, without a slash at the end: `http://127.0.0.1:4566`. */
  readonly endpoint: string;
}

/** All queues of the account. */
export class Queues {
  readonly context: QueuesContext;
  readonly deduplication: Deduplication;
  readonly #records: DurableMap<QueueRecord>;
  readonly #queues = new Map<string, Queue>();

  constructor(context: QueuesContext) {
    this.context = context;
    this.deduplication = new Deduplication(context.store, context.timeline);
    this.#records = context.store.map<QueueRecord>('sqs/queues');
    for (const { name } of this.#records.values()) this.#open(name);
  }

  names(): string[] {
    return [...this.#records.values()].map(({ name }) => name).sort();
  }

  arnOf(name: string): string {
    return `arn:aws:sqs:${this.context.region}:${this.context.accountId}:${name}`;
  }

  urlOf(name: string): string {
    return `${this.context.endpoint}/${this.context.accountId}/${name}`;
  }

  byArn(arn: string): Queue | undefined {
    const prefix = this.arnOf('');
    return arn.startsWith(prefix) ? this.#queues.get(arn.slice(prefix.length)) : undefined;
  }

  /** Throws `QueueDoesNotExist`. */
  byName(name: string): Queue {
    const queue = this.#queues.get(name);
    if (queue === undefined) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    return queue;
  }

  byUrl(url: string): Queue {
    return this.byName(url.slice(url.lastIndexOf('/') + 1));
  }

  record(name: string): QueueRecord {
    const record = this.#records.get(name);
    if (record === undefined) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    return record;
  }

  /**
   * Creating what exists with the same attributes is harmless, with others refused.
   * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
   */
  create(name: string, attributes: QueueAttributes): Queue {
    checkName(name, attributes);
    this.#checkAttributes(name, attributes);
    const existing = this.#queues.get(name);
    if (existing !== undefined) {
      const differs = Object.entries(attributes).find(([key, value]) => (existing.attributes[key] ?? value) !== value);
      if (differs === undefined) return existing;
      throw new AwsError('QueueNameExists', `A queue already exists with the same name and a different value for attribute ${differs[0]}.`);
    }
    const now = this.context.timeline.now();
    this.#records.set(name, { name, attributes, createdMs: now, modifiedMs: now });
    return this.#open(name);
  }

  setAttributes(name: string, changes: QueueAttributes): void {
    const record = this.record(name);
    this.#checkAttributes(name, changes);
    if ((changes.FifoQueue ?? record.attributes.FifoQueue) !== record.attributes.FifoQueue) {
      throw new AwsError('InvalidAttributeName', 'FifoQueue can be set only when a queue is created.');
    }
    const attributes = Object.fromEntries(Object.entries({ ...record.attributes, ...changes }).filter(([, value]) => value !== ''));
    this.#records.set(name, { ...record, attributes, modifiedMs: this.context.timeline.now() });
  }

  /** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_PurgeQueue.html: once in 60 seconds. */
  purge(name: string): void {
    const record = this.record(name);
    const now = this.context.timeline.now();
    if (record.purgedMs !== undefined && now - record.purgedMs < 60_000) {
      throw new AwsError('PurgeQueueInProgress', `Only one PurgeQueue operation on ${name} is allowed every 60 seconds.`, 403);
    }
    this.#records.set(name, { ...record, purgedMs: now });
    this.byName(name).purge();
  }

  delete(name: string): void {
    this.byName(name).purge();
    this.#queues.delete(name);
    this.#records.delete(name);
  }

  /** Names of the queues whose dead letters go to `arn`. */
  sourcesOf(arn: string): string[] {
    return this.names().filter((name) => parseRedrivePolicy(this.record(name).attributes.RedrivePolicy)?.deadLetterTargetArn === arn);
  }

  #checkAttributes(name: string, attributes: QueueAttributes): void {
    checkAttributeValues(attributes);
    const target = parseRedrivePolicy(attributes.RedrivePolicy)?.deadLetterTargetArn;
    if (target === undefined) return;
    const queue = this.byArn(target);
    if (queue === undefined) throw new AwsError('InvalidParameterValue', `The dead-letter target ${target} does not exist.`);
    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
    if (queue.fifo !== name.endsWith('.fifo')) {
      throw new AwsError('InvalidParameterValue', 'A queue and its dead-letter queue must both be FIFO or both standard.');
    }
  }

  #open(name: string): Queue {
    const queue = new Queue({
      arn: this.arnOf(name),
      timeline: this.context.timeline,
      messages: this.context.store.map<StoredMessage>(`sqs/messages/${name}`),
      record: () => this.record(name),
      find: (arn) => this.byArn(arn),
    });
    this.#queues.set(name, queue);
    return queue;
  }
}

function checkName(name: string, attributes: QueueAttributes): void {
  if (!/^[A-Za-z0-9_-]{1,80}$|^[A-Za-z0-9_-]{1,75}\.fifo$/.test(name)) {
    throw new AwsError('InvalidParameterValue', 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.');
  }
  if (name.endsWith('.fifo') !== (attributes.FifoQueue === 'true')) {
    throw new AwsError('InvalidParameterValue', 'The name of a FIFO queue, and of no other, ends with the suffix .fifo.');
  }
}
