import { AwsError } from '../aws-error.ts';
import type { Random } from '../random.ts';
import { randomUuid } from '../random-sources.ts';
import type { SqsStandIn } from '../sqs/sqs.ts';
import type { DurableMap, Store } from '../store.ts';
import type { Timeline } from '../timeline.ts';
import type { BusEvent } from './event.ts';
import type { Rule, Target } from './rules.ts';

/** What a simulator may do to deliveries; each is something that EventBridge does, too. */
export interface DeliveryFaults {
  /** The delays in milliseconds of the copies that arrive, `[0]` being once and at once. None: it never arrives. */
  readonly copies?: (event: BusEvent, targetArn: string) => readonly number[];
  /** The error that this attempt (1 is the first) ends with, or undefined. */
  readonly attempt?: (event: BusEvent, targetArn: string, attempt: number) => AwsError | undefined;
}

/** An event on its way to one target. */
interface Pending {
  readonly event: BusEvent;
  readonly ruleArn: string;
  readonly target: Target;
  readonly traceHeader?: string;
  readonly attempts: number;
  readonly acceptedMs: number;
  readonly dueMs: number;
}

/** Where trying again would not help: the queue is not there, or does not take such messages. */
const permanentErrors = new Set(['QueueDoesNotExist', 'InvalidParameterValue', 'MissingParameter', 'InvalidMessageContents']);

const firstRetryMs = 1_000;
const longestRetryMs = 600_000;

export interface DeliveryContext {
  readonly store: Store;
  readonly timeline: Timeline;
  readonly random: Random;
  readonly queues: SqsStandIn;
  readonly faults?: DeliveryFaults | undefined;
}

/**
 * Brings events to their targets: at least once, in no order, again with growing pauses for up to 24 hours or 185 times,
 * then to the target's dead-letter queue. What waits is in the store: a killed process goes on where it was.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
 */
export class Deliveries {
  readonly #context: DeliveryContext;
  readonly #pending: DurableMap<Pending>;

  constructor(context: DeliveryContext) {
    this.#context = context;
    this.#pending = context.store.map<Pending>('events/deliveries');
    for (const [id, { dueMs }] of this.#pending.entries()) this.#attemptAt(id, dueMs);
  }

  get size(): number {
    return this.#pending.size;
  }

  start(event: BusEvent, rule: Rule, traceHeader: string | undefined): void {
    const now = this.#context.timeline.now();
    for (const target of rule.targets) {
      for (const delayMs of this.#context.faults?.copies?.(event, target.arn) ?? [0]) {
        this.#keep(randomUuid(this.#context.random), {
          event,
          ruleArn: rule.arn,
          target,
          ...(traceHeader !== undefined && { traceHeader }),
          attempts: 0,
          acceptedMs: now,
          dueMs: now + delayMs,
        });
      }
    }
  }

  #keep(id: string, pending: Pending): void {
    this.#pending.set(id, pending);
    this.#attemptAt(id, pending.dueMs);
  }

  #attemptAt(id: string, dueMs: number): void {
    this.#context.timeline.at(dueMs, () => {
      const pending = this.#pending.get(id);
      if (pending !== undefined) this.#attempt(id, pending);
    });
  }

  #attempt(id: string, pending: Pending): void {
    const error = this.#deliver(pending);
    if (error === undefined) {
      this.#pending.delete(id);
      return;
    }
    const attempts = pending.attempts + 1;
    const dueMs = this.#context.timeline.now() + this.#pauseMs(attempts);
    const given = gaveUpBecause(pending, error, attempts, dueMs);
    if (given === undefined) return this.#keep(id, { ...pending, attempts, dueMs });
    this.#pending.delete(id);
    this.#deadLetter(pending, error, attempts, given);
  }

  #deliver({ event, target, attempts, traceHeader }: Pending): AwsError | undefined {
    const fault = this.#context.faults?.attempt?.(event, target.arn, attempts + 1);
    if (fault !== undefined) return fault;
    try {
      this.#context.queues.deliver(target.arn, {
        body: JSON.stringify(event),
        senderId: 'events.amazonaws.com',
        groupId: target.messageGroupId,
        traceHeader,
      });
      return undefined;
    } catch (error) {
      if (error instanceof AwsError) return error;
      throw error;
    }
  }

  #pauseMs(attempts: number): number {
    const pause = Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(attempts - 1, 20));
    return Math.round(pause * (0.5 + this.#context.random.next() / 2));
  }

  /** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html: without such a queue the event is dropped. */
  #deadLetter({ event, ruleArn, target }: Pending, error: AwsError, attempts: number, exhausted: string): void {
    if (target.deadLetterArn === undefined) return;
    const text = (StringValue: string) => ({ DataType: 'String', StringValue });
    this.#context.queues.deliver(target.deadLetterArn, {
      body: JSON.stringify(event),
      senderId: 'events.amazonaws.com',
      attributes: {
        RULE_ARN: text(ruleArn),
        TARGET_ARN: text(target.arn),
        ERROR_CODE: text(error.code),
        ERROR_MESSAGE: text(error.message),
        EXHAUSTED_RETRY_CONDITION: text(exhausted),
        RETRY_ATTEMPTS: text(String(attempts - 1)),
      },
    });
  }
}

function gaveUpBecause({ target, acceptedMs }: Pending, error: AwsError, attempts: number, dueMs: number): string | undefined {
  if (permanentErrors.has(error.code)) return 'NonRetryableError';
  if (attempts > target.maxRetries) return 'MaximumRetryAttempts';
  return dueMs - acceptedMs > target.maxAgeMs ? 'MaximumEventAgeInSeconds' : undefined;
}
