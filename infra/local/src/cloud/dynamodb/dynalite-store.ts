import { Stream } from 'node:stream';
import type { Range, SortedMap } from './sorted-map.ts';
import type { Item, Table, Tables } from './tables.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-items */
const maxItemBytes = 400 * 1024;

type Callback<T> = (error: unknown, value?: T) => void;

/**
 * What dynalite's actions expect of a store, over ours. Every answer is given before the call returns, so that an action
 * that writes runs from its condition to its last index entry without anything between.
 */
export function dynaliteStore(tables: Tables) {
  return {
    options: { maxItemSize: maxItemBytes },
    getTable(name: string, second: boolean | Callback<Table>, third?: Callback<Table>): void {
      const callback = typeof second === 'function' ? second : third;
      const table = tables.find(name);
      if (table === undefined) callback?.(notFound(name));
      else callback?.(undefined, table);
    },
    getItemDb: (table: string) => contents(tables.items(table)),
    getIndexDb: (_kind: string, table: string, index: string) => contents(tables.entries(table, index)),
  };
}

function contents(map: SortedMap<Item>) {
  return {
    get(key: string, callback: Callback<Item>): void {
      callback(undefined, map.get(key));
    },
    put(key: string, item: Item, callback: Callback<never>): void {
      map.set(key, item);
      callback(undefined);
    },
    del(key: string, callback: Callback<never>): void {
      map.delete(key);
      callback(undefined);
    },
    /** Actions lock a key while they work on it; since each runs without interruption, it is always free. */
    lock(_key: string, work: (release: <T extends unknown[]>(callback: (...args: T) => void) => (...args: T) => void) => void): void {
      work((callback) => callback);
    },
    createValueStream: (range: Range) => valueStream(map, range),
  };
}

/**
 * A stream of the values, all of one moment, right after the call: what listens to it changes nothing. It starts after dynalite has attached its listeners, and ends when told
 * to: what is beyond a limit is not read. It must be a `Stream`: to another emitter dynalite listens twice.
 */
function valueStream(map: SortedMap<Item>, range: Range): Stream & { destroy(): void } {
  let stopped = false;
  const stream = Object.assign(new Stream(), {
    destroy() {
      stopped = true;
    },
  });
  queueMicrotask(() => {
    for (const key of map.range(range)) {
      if (stopped) break;
      const value = map.get(key);
      if (value !== undefined) stream.emit('data', value);
    }
    stream.emit('end');
  });
  return stream;
}

function notFound(name: string): object {
  return Object.assign(new Error(`Table ${name} not found`), {
    statusCode: 400,
    body: { __type: 'ResourceNotFoundException', message: 'Requested resource not found' },
  });
}
