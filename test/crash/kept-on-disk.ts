import { join } from 'node:path';
import * as z from 'zod';
import { readJournal } from '../../infra/local/src/cloud/storage/journal-file.ts';

const archived = z.object({ event: z.object({ detail: z.looseObject({ metadata: z.looseObject({ eventId: z.string() }) }) }) });
const aggregate = z.looseObject({ outbox: z.object({ M: z.record(z.string(), z.unknown()) }) });

/** What a data folder holds, as its files say it and nobody else. */
export interface KeptOnDisk {
  /** Ids of the events that the bus took. */
  readonly eventIds: ReadonlySet<string>;
  /** Events on their way to a target. */
  readonly deliveries: number;
  /** Messages by queue; of queues that hold any. */
  readonly messages: ReadonlyMap<string, number>;
  /** Keys of aggregates with unpublished events. */
  readonly unpublished: readonly string[];
}

/** Reads the files as a start reads them, and changes nothing. Throws `DamagedJournalError` for what no interrupted write explains. */
export function readKept(folder: string): KeptOnDisk {
  const maps = new Map<string, Map<string, unknown>>();
  for (const file of ['snapshot.jsonl', 'journal.jsonl']) {
    readJournal(join(folder, file), ([name, key, json]) => {
      if (!wanted.test(name)) return;
      const map = maps.get(name) ?? new Map<string, unknown>();
      maps.set(name, map);
      if (json === undefined) map.delete(key);
      else map.set(key, JSON.parse(json));
    });
  }
  const named = (prefix: string): [string, Map<string, unknown>][] => [...maps].filter(([name]) => name.startsWith(prefix));
  return {
    eventIds: new Set(named('events/archive/').flatMap(([, events]) => [...events.values()].map((event) => archived.parse(event).event.detail.metadata.eventId))),
    deliveries: named('events/deliveries').reduce((sum, [, pending]) => sum + pending.size, 0),
    messages: new Map(named(queue).flatMap(([name, { size }]) => (size === 0 ? [] : [[name.slice(queue.length), size] as const]))),
    unpublished: named('dynamodb/items/').flatMap(([, items]) => [...items].filter(([, item]) => waits(item)).map(([key]) => key)),
  };
}

const queue = 'sqs/messages/';
const wanted = /^(events\/archive\/|events\/deliveries$|sqs\/messages\/|dynamodb\/items\/)/;

function waits(item: unknown): boolean {
  const { success, data } = aggregate.safeParse(item);
  return success && Object.keys(data.outbox.M).length > 0;
}
