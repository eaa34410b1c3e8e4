import type { AggregateItem, AggregateStore, Commit } from '@team/runtime';

interface Row {
  readonly item: AggregateItem<unknown>;
  readonly index: Readonly<Record<string, string | number | undefined>>;
}

/** Aggregates in memory, with the conditions of the real store. State passes through JSON, as through the wire. */
export interface MemoryStore extends AggregateStore {
  keys(): string[];
  /** Keys on which something is due. */
  due(now: number): string[];
}

export function memoryStore(clock: () => number): MemoryStore {
  const rows = new Map<string, Row>();
  const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
  const put = (key: string, version: number, change: Commit<unknown>, outbox: AggregateItem<unknown>['outbox']): void => {
    const added = Object.fromEntries(change.events.map(({ eventId, source, detailType, detail }) => [eventId, { source, detailType, detail }]));
    const due = change.dueAt === undefined ? {} : { dueAt: change.dueAt };
    rows.set(key, { item: copy({ pk: key, version, state: change.state, outbox: { ...outbox, ...added }, outboxAt: clock(), ...due }), index: change.index });
  };
  const pages: AggregateStore['pages'] = async function* (_index, partition, sort, pageSize, attributes = []) {
    const found = [...rows.values()]
      .filter(({ index }) => index[partition.name] === partition.value && Number(index[sort.name]) <= sort.upTo)
      .sort((a, b) => Number(a.index[sort.name]) - Number(b.index[sort.name]))
      .map(({ item, index }) => ({ key: item.pk, attributes: Object.fromEntries(attributes.map((name) => [name, index[name]])) }));
    for (let from = 0; from < found.length; from += pageSize) yield found.slice(from, from + pageSize);
  };
  return {
    keys: () => [...rows.keys()],
    due: (now) => [...rows.values()].flatMap(({ item }) => (item.dueAt !== undefined && item.dueAt <= now ? [item.pk] : [])),
    load: async <State>(key: string) => {
      const row = rows.get(key);
      return row === undefined ? undefined : (copy(row.item) as AggregateItem<State>);
    },
    commit: async (key, version, change) => {
      const stands = rows.get(key)?.item;
      if ((stands?.version ?? 0) !== version) return false;
      put(key, version + 1, change, stands?.outbox ?? {});
      return true;
    },
    acknowledge: async (key, eventIds) => {
      const row = rows.get(key);
      if (row === undefined) return;
      const outbox = Object.fromEntries(Object.entries(row.item.outbox).filter(([id]) => !eventIds.includes(id)));
      rows.set(key, { ...row, item: { ...row.item, outbox } });
    },
    pages,
    find: async (index, partition, sort, limit) => {
      for await (const page of pages(index, partition, sort, limit)) return page.map(({ key }) => key);
      return [];
    },
  };
}
