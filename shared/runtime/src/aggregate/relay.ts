import type { Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import type { Publisher } from '../publisher.ts';
import { shards, unpublished } from './item.ts';
import type { AggregateStore } from './store.ts';

/** A handler publishes what it committed within this time (ms); what is older was left by a crash or a refusal. */
const graceMs = 10_000;
const perShard = 200;

/** Publishes what handlers committed but did not get onto the bus. One aggregate's trouble never keeps back another's events. */
export function createRelay(store: AggregateStore, publisher: Publisher, clock: Clock, logger: Logger): () => Promise<number> {
  return async () => {
    let count = 0;
    for (const shard of shards) {
      const keys = await store.find('outbox', { name: 'outboxShard', value: shard }, { name: 'outboxAt', upTo: clock() - graceMs }, perShard);
      for (const key of keys) {
        try {
          const item = await store.load(key);
          if (item === undefined) continue;
          const { published, refused } = await publisher.publish(unpublished(item.outbox));
          for (const entry of refused) logger.error('the bus refuses an event; it stays in the outbox', { key, ...entry });
          await store.acknowledge(key, published);
          count += published.length;
        } catch (error) {
          logger.error('outbox could not be relayed; tried again next minute', { key, error });
        }
      }
    }
    return count;
  };
}
