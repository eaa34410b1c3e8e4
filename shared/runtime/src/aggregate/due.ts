import { SendMessageBatchCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { minuteMs, type Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import { abreast } from './abreast.ts';
import { shards } from './item.ts';
import type { AggregateStore } from './store.ts';

/** The sweep runs each minute and looks this far ahead (ms), so that one missed minute delays nothing. */
const lookAheadMs = 2 * minuteMs;
const pageSize = 500;
/** Messages of one `SendMessageBatch`, at most: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html */
const perBatch = 10;
/** Batches on their way at once: 2,000 messages take a fraction of a second. */
const most = 10;
/** Whoever receives the message may have a clock this far behind (ms): one that comes too early finds nothing to do and helps nobody. */
const skewMs = 100;

/** Body of a timer message: the aggregate on which something is due. */
export const timerMessage = z.object({ timer: z.string().min(1) });
type TimerMessage = z.infer<typeof timerMessage>;

export interface DueTimers {
  /** Called after each commit: enqueues what is due before the next sweeps would see it. */
  schedule(key: string, dueAt: number): Promise<void>;
  /** Called each minute: enqueues all that is due within the look-ahead, or overdue. Returns how many. */
  sweep(): Promise<number>;
}

/**
 * Timers: what is due stands on its aggregate; a message only says "look now". A lost message is sent again by the next
 * sweep, a doubled one finds nothing to do. Precision: `DelaySeconds` counts whole seconds, so
 * at most one second late, and the allowance for skewed clocks.
 */
export function createDueTimers(store: AggregateStore, sqs: SQSClient, queueUrl: string | undefined, clock: Clock, logger: Logger): DueTimers {
  const message = (key: string, dueAt: number) => {
    const body: TimerMessage = { timer: key };
    const waitMs = dueAt - clock();
    return { MessageBody: JSON.stringify(body), DelaySeconds: waitMs <= 0 ? 0 : Math.ceil((waitMs + skewMs) / 1000) };
  };
  /** The index knows when: nothing is loaded. Where it is behind, whoever receives the message finds nothing to do. */
  async function* due(): AsyncGenerator<readonly { readonly key: string; readonly dueAt: number }[]> {
    for (const shard of shards) {
      const upTo = clock() + lookAheadMs;
      for await (const page of store.pages('due', { name: 'dueShard', value: shard }, { name: 'dueAt', upTo }, pageSize, ['dueAt'])) {
        const found = page.map(({ key, attributes }) => ({ key, dueAt: Number(attributes['dueAt']) }));
        for (let from = 0; from < found.length; from += perBatch) yield found.slice(from, from + perBatch);
      }
    }
  }
  return {
    async schedule(key, dueAt) {
      if (queueUrl === undefined || dueAt > clock() + lookAheadMs) return;
      try {
        await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, ...message(key, dueAt) }));
      } catch (error) {
        // The commit stands; the next sweep enqueues it.
        logger.warn('timer not enqueued at once', { key, dueAt, error });
      }
    },
    async sweep() {
      let count = 0;
      await abreast(due(), most, async (batch) => {
        const Entries = batch.map(({ key, dueAt }, i) => ({ Id: String(i), ...message(key, dueAt) }));
        const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
        // Still due, so the next sweep enqueues it.
        for (const { Id, Code } of Failed) logger.warn('timer not enqueued', { key: batch[Number(Id)]?.key, code: Code });
        count += batch.length - Failed.length;
      });
      return count;
    },
  };
}
