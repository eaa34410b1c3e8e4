import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { minuteMs, type Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import { shards } from './item.ts';
import type { AggregateStore } from './store.ts';

/** The sweep runs each minute and looks this far ahead (ms), so that one missed minute delays nothing. */
const lookAheadMs = 2 * minuteMs;
const perShard = 500;
/** Whoever receives the message may have a clock this far behind (ms): one that comes too early finds nothing to do and helps nobody. */
const skewMs = 100;

/** Body of a timer message: the aggregate on which something is due. */
export const timerMessage = z.object({ timer: z.string().min(1) });
type TimerMessage = z.infer<typeof timerMessage>;

export interface DueTimers {
  /** Called after each commit: enqueues what is due before the next sweeps would see it. */
  schedule(key: string, dueAt: number): Promise<void>;
  /** Called each minute: enqueues what is due within the look-ahead, or overdue. Returns how many. */
  sweep(): Promise<number>;
}

/**
 * Timers: what is due stands on its aggregate; a message only says "look now". A lost message is sent again by the next
 * sweep, a doubled one finds nothing to do. Precision: `DelaySeconds` counts whole seconds, so
 * at most one second late, and the allowance for skewed clocks.
 */
export function createDueTimers(store: AggregateStore, sqs: SQSClient, queueUrl: string | undefined, clock: Clock, logger: Logger): DueTimers {
  const enqueue = async (key: string, dueAt: number): Promise<void> => {
    const message: TimerMessage = { timer: key };
    const waitMs = dueAt - clock();
    const delay = waitMs <= 0 ? 0 : Math.ceil((waitMs + skewMs) / 1000);
    await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message), DelaySeconds: delay }));
  };
  return {
    async schedule(key, dueAt) {
      if (queueUrl === undefined || dueAt > clock() + lookAheadMs) return;
      try {
        await enqueue(key, dueAt);
      } catch (error) {
        // The commit stands; the next sweep enqueues it.
        logger.warn('timer not enqueued at once', { key, dueAt, error });
      }
    },
    async sweep() {
      let count = 0;
      for (const shard of shards) {
        const upTo = clock() + lookAheadMs;
        for (const key of await store.find('due', { name: 'dueShard', value: shard }, { name: 'dueAt', upTo }, perShard)) {
          const item = await store.load(key);
          if (item?.dueAt === undefined || item.dueAt > upTo) continue;
          await enqueue(key, item.dueAt);
          count += 1;
        }
      }
      return count;
    },
  };
}
