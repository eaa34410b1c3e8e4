import type { Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import { outageWords } from '../outage.ts';
import type { Publisher } from '../publisher.ts';
import { abreast } from './abreast.ts';
import { shards, unpublished } from './item.ts';
import type { AggregateStore } from './store.ts';

/** A handler publishes what it committed within this time (ms); what is older was left by a crash or a refusal. */
const graceMs = 10_000;
const pageSize = 200;
/** Aggregates whose events are published at once. */
const most = 10;

/**
 * Publishes what handlers committed but did not get onto the bus, of everything that waits. One aggregate's trouble never keeps back
 * another's events, nor does what the bus refuses for ever keep back what came after it.
 */
export function createRelay(store: AggregateStore, publisher: Publisher, clock: Clock, logger: Logger): () => Promise<number> {
  async function* waiting(): AsyncGenerator<string> {
    for (const shard of shards) {
      const upTo = clock() - graceMs;
      for await (const page of store.pages('outbox', { name: 'outboxShard', value: shard }, { name: 'outboxAt', upTo }, pageSize)) {
        for (const { key } of page) yield key;
      }
    }
  }
  return async () => {
    let count = 0;
    await abreast(waiting(), most, async (key) => {
      try {
        const item = await store.load(key);
        if (item === undefined) return;
        const { published, refused } = await publisher.publish(unpublished(item.outbox));
        for (const { eventId, code, message } of refused) logger.error(outageWords.keptByBus, { key, eventId, code, because: message });
        await store.acknowledge(key, published);
        count += published.length;
      } catch (error) {
        logger.error(outageWords.notRelayed, { key, error });
      }
    });
    return count;
  };
}
