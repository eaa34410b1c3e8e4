import { AwsError } from '../aws-error.ts';
import type { DurableMap } from '../store.ts';
import type { Timeline, Timer } from '../timeline.ts';
import { numberAttribute, parseRedrivePolicy, type QueueAttributes } from './attributes.ts';
import type { StoredMessage } from './message.ts';
import { fifoOrder, standardOrder, type Order } from './order.ts';
import { parseReceipt, type Receipt } from './receipt.ts';

/** What is remembered of a queue beside its messages. */
export interface QueueRecord {
  readonly name: string;
  readonly attributes: QueueAttributes;
  readonly createdMs: number;
  readonly modifiedMs: number;
  readonly purgedMs?: number;
}

export interface QueueContext {
  readonly arn: string;
  readonly timeline: Timeline;
  readonly messages: DurableMap<StoredMessage>;
  /** The settings may change while the queue works. */
  readonly record: () => QueueRecord;
  /** The queue of a dead-letter target. */
  readonly find: (arn: string) => Queue | undefined;
}

interface Waiter {
  readonly max: number;
  readonly visibilityMs: number;
  readonly resolve: (messages: StoredMessage[]) => void;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html */
const longestInvisibleMs = 12 * 3_600_000;

/** One queue at work: which messages are visible, who waits for them, and what happens to those received too often. */
export class Queue {
  readonly name: string;
  readonly arn: string;
  readonly fifo: boolean;
  readonly #context: QueueContext;
  readonly #order: Order;
  readonly #timers = new Map<string, Timer>();
  readonly #waiters: Waiter[] = [];
  readonly #listeners = new Set<() => void>();
  #lastSequence = 0;

  constructor(context: QueueContext) {
    this.#context = context;
    this.arn = context.arn;
    this.name = context.record().name;
    this.fifo = this.name.endsWith('.fifo');
    this.#order = this.fifo ? fifoOrder() : standardOrder();
    for (const message of context.messages.values()) {
      this.#lastSequence = Math.max(this.#lastSequence, message.sequence);
      this.#place(message);
    }
  }

  get attributes(): QueueAttributes {
    return this.#context.record().attributes;
  }

  get visibilityMs(): number {
    return 1_000 * numberAttribute(this.attributes, 'VisibilityTimeout');
  }

  /** Rises with every message, also over restarts, since the timeline never runs backwards. */
  nextSequence(): number {
    this.#lastSequence = Math.max(this.#lastSequence + 1, this.#now() * 1_000);
    return this.#lastSequence;
  }

  accept(message: StoredMessage): void {
    this.#context.messages.set(message.id, message);
    this.#place(message);
    this.#wake();
  }

  /** Marks up to `max` visible messages as received. Those received too often go to the dead-letter queue instead, those too old vanish. */
  receive(max: number, visibilityMs = this.visibilityMs): StoredMessage[] {
    const received: StoredMessage[] = [];
    while (received.length < max) {
      const ids = this.#order.take(max - received.length);
      if (ids.length === 0) break;
      for (const id of ids) {
        const message = this.#context.messages.get(id);
        if (message !== undefined && !this.#dropped(message)) received.push(this.#markReceived(message, visibilityMs));
      }
    }
    return received;
  }

  /**
   * Like `receive`, but waits up to `waitMs` for a first message.
   * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-short-and-long-polling.html
   */
  poll(max: number, visibilityMs: number, waitMs: number): StoredMessage[] | Promise<StoredMessage[]> {
    const received = this.receive(max, visibilityMs);
    if (received.length > 0 || waitMs === 0) return received;
    return new Promise((resolve) => {
      const waiter: Waiter = {
        max,
        visibilityMs,
        resolve: (messages) => {
          timer.cancel();
          this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
          resolve(messages);
        },
      };
      const timer = this.#context.timeline.at(this.#now() + waitMs, () => waiter.resolve([]));
      this.#waiters.push(waiter);
    });
  }

  /**
   * An older handle than the last is accepted and deletes nothing; on a FIFO queue one whose time is over is refused.
   * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html
   */
  delete(handle: string): void {
    const receipt = parseReceipt(this.name, handle);
    const message = this.#context.messages.get(receipt.messageId);
    if (message === undefined) return;
    if (this.fifo && !this.#holds(message, receipt)) throw invalidReceipt('The receipt handle has expired.');
    if (message.receiveCount === receipt.receiveCount) this.discard(message);
    this.#wake();
  }

  changeVisibility(handle: string, visibilityMs: number): void {
    const receipt = parseReceipt(this.name, handle);
    const message = this.#context.messages.get(receipt.messageId);
    if (message === undefined) throw invalidReceipt('Message does not exist or is not available for visibility timeout change.');
    if (!this.#holds(message, receipt)) throw new AwsError('MessageNotInflight', 'The specified message is not in flight.');
    const visibleAtMs = this.#now() + visibilityMs;
    if (visibleAtMs - (message.receivedMs ?? 0) > longestInvisibleMs) {
      throw new AwsError('InvalidParameterValue', 'Total VisibilityTimeout for the message is beyond the limit [43200 seconds].');
    }
    this.accept({ ...message, visibleAtMs });
  }

  discard(message: StoredMessage): void {
    this.#timers.get(message.id)?.cancel();
    this.#timers.delete(message.id);
    this.#order.gone(message);
    this.#context.messages.delete(message.id);
  }

  purge(): void {
    for (const message of [...this.#context.messages.values()]) this.discard(message);
  }

  messages(): IterableIterator<StoredMessage> {
    return this.#context.messages.values();
  }

  counts(): { visible: number; inFlight: number; delayed: number } {
    const counts = { visible: 0, inFlight: 0, delayed: 0 };
    for (const message of this.messages()) {
      if (message.visibleAtMs <= this.#now()) counts.visible++;
      else if (message.receiveCount > 0) counts.inFlight++;
      else counts.delayed++;
    }
    return counts;
  }

  /** Calls `listener` whenever a message may have become receivable. Returns how to stop it. */
  onAvailable(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #now(): number {
    return this.#context.timeline.now();
  }

  #holds(message: StoredMessage, receipt: Receipt): boolean {
    return message.receiveCount === receipt.receiveCount && message.visibleAtMs > this.#now();
  }

  #place(message: StoredMessage): void {
    this.#timers.get(message.id)?.cancel();
    this.#timers.delete(message.id);
    if (message.visibleAtMs <= this.#now()) this.#order.visible(message);
    else this.#holdBack(message);
  }

  #holdBack(message: StoredMessage): void {
    this.#order.heldBack(message);
    const appear = (): void => {
      this.#timers.delete(message.id);
      this.#order.visible(message);
      this.#wake();
    };
    this.#timers.set(message.id, this.#context.timeline.at(message.visibleAtMs, appear));
  }

  #markReceived(message: StoredMessage, visibilityMs: number): StoredMessage {
    const now = this.#now();
    const received: StoredMessage = {
      ...message,
      receiveCount: message.receiveCount + 1,
      visibleAtMs: now + visibilityMs,
      receivedMs: now,
      firstReceivedMs: message.firstReceivedMs ?? now,
    };
    this.#context.messages.set(message.id, received);
    // Also with a visibility time-out of 0 it is visible again only after this call: a batch has no message twice.
    this.#holdBack(received);
    return received;
  }

  #dropped(message: StoredMessage): boolean {
    const expired = message.sentMs + 1_000 * numberAttribute(this.attributes, 'MessageRetentionPeriod') <= this.#now();
    const redrive = parseRedrivePolicy(this.attributes.RedrivePolicy);
    const exhausted = redrive !== undefined && message.receiveCount >= redrive.maxReceiveCount;
    if (!expired && !exhausted) return false;
    const target = !expired && redrive !== undefined ? this.#context.find(redrive.deadLetterTargetArn) : undefined;
    // Without its dead-letter queue, a message stays where it is rather than be lost.
    if (!expired && target === undefined) return false;
    this.discard(message);
    target?.accept({ ...message, sequence: target.nextSequence(), visibleAtMs: this.#now(), deadLetterSource: this.arn });
    return true;
  }

  #wake(): void {
    for (const waiter of [...this.#waiters]) {
      const messages = this.receive(waiter.max, waiter.visibilityMs);
      if (messages.length === 0) break;
      waiter.resolve(messages);
    }
    for (const listener of [...this.#listeners]) listener();
  }
}

function invalidReceipt(reason: string): AwsError {
  return new AwsError('InvalidParameterValue', `The value for parameter ReceiptHandle is invalid. Reason: ${reason}`);
}
