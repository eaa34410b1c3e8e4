import type { RecordedEvent } from '../../../story/src/recorded-event.ts';
import { listsOf, viewOf } from '../domain/view.ts';
import type { ListEntry, ReadModelStore, StoredRow } from './read-model.ts';

/** So often a row is written again where others write it too; they all write the same in the end. */
const mostTries = 20;

/** Keeps events of a request, and writes what is told of it now; `whole` writes what is there already, too, in case some of it was lost. */
export type RememberEvents = (requestId: string, events: readonly RecordedEvent[], whole?: 'whole') => Promise<void>;

/**
 * Events may come late, twice and in any order: the row is always told by all of them. Entries of lists are added before the row says so and
 * removed afterwards: what is found too early is read again by key and left out, what could never be found would be lost. An entry has the
 * version of the row that it was added for, and goes only with that or a later one: whoever was slower takes nothing away that was added
 * since. Throws what `conflict` makes where others were always faster.
 */
export function rememberEvents(store: ReadModelStore, ownAccount: string, conflict: (requestId: string) => Error): RememberEvents {
  return async (requestId, events, whole) => {
    await Promise.all(events.map((event) => store.keepEvent(requestId, event)));
    let added: readonly ListEntry[] = [];
    for (let tries = 0; tries < mostTries; tries += 1) {
      // The row first: where it is older than the events, the version says so.
      const before = await store.row(requestId);
      const view = viewOf(requestId, await store.eventsOf(requestId), ownAccount);
      if (view === undefined) return;
      const [place, lists, version] = [`${view.row.askedAt}#${requestId}`, listsOf(view), (before?.version ?? 0) + 1];
      const entries = lists.map((list) => ({ list, place }));
      const known = whole === undefined ? entriesOf(before) : [];
      await store.addEntries(without(entries, known), requestId, version);
      const left = without([...(before?.left ?? []), ...entriesOf(before), ...added], entries);
      added = [...added, ...entries];
      if (!(await store.putRow(requestId, { row: view.row, ownIds: view.ownIds, openStages: view.openStages, place, lists, left, version }))) continue;
      await store.removeEntries(left, version);
      return;
    }
    throw conflict(requestId);
  };
}

const entriesOf = (stored: StoredRow | undefined): readonly ListEntry[] => stored?.lists.map((list) => ({ list, place: stored.place })) ?? [];

/** Each of them once, but for those others. */
function without(entries: readonly ListEntry[], others: readonly ListEntry[]): readonly ListEntry[] {
  const keyOf = ({ list, place }: ListEntry): string => `${place} ${list}`;
  const [unwanted, each] = [new Set(others.map(keyOf)), new Map(entries.map((entry) => [keyOf(entry), entry]))];
  return [...each].flatMap(([key, entry]) => (unwanted.has(key) ? [] : [entry]));
}
