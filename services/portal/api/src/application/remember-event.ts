import type { RecordedEvent } from '../../../story/src/recorded-event.ts';
import { listsOf, viewOf } from '../domain/view.ts';
import type { ListEntry, ReadModelStore, StoredRow } from './read-model.ts';

/** So often a row is written again where others write it too; they all write the same in the end. */
const mostTries = 20;

/**
 * Keeps an event, and writes what is told of its request now. Events may come late, twice and in any order: the row is always told by all
 * of them. Entries of lists are added before the row says so and removed afterwards: what is found too early is read again by key and left
 * out, what could never be found would be lost. Throws what `conflict` makes where others were always faster.
 */
export function rememberEvent(store: ReadModelStore, ownAccount: string, conflict: (requestId: string) => Error) {
  return async (requestId: string, event: RecordedEvent): Promise<void> => {
    await store.keepEvent(requestId, event);
    for (let tries = 0; tries < mostTries; tries += 1) {
      // The row first: where it is older than the events, the version says so.
      const before = await store.row(requestId);
      const view = viewOf(requestId, await store.eventsOf(requestId), ownAccount);
      if (view === undefined) return;
      const place = `${view.row.askedAt}#${requestId}`;
      const lists = listsOf(view);
      const entries = lists.map((list) => ({ list, place }));
      const left = [...(before?.left ?? []), ...entriesOf(before)].filter((entry) => !entries.some((kept) => same(kept, entry)));
      await store.addEntries(entries.filter((entry) => !entriesOf(before).some((known) => same(known, entry))), requestId);
      if (!(await store.putRow(requestId, { row: view.row, place, lists, left, version: (before?.version ?? 0) + 1 }))) continue;
      await store.removeEntries(left);
      return;
    }
    throw conflict(requestId);
  };
}

const entriesOf = (stored: StoredRow | undefined): readonly ListEntry[] => stored?.lists.map((list) => ({ list, place: stored.place })) ?? [];
const same = (one: ListEntry, other: ListEntry): boolean => one.list === other.list && one.place === other.place;
