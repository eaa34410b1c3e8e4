import type { Change, Store } from '../store.ts';
import { RecordedMaps } from './recorded-maps.ts';

/** A store that forgets everything with the process; `from` is in it to begin with. */
export function memoryStore(from: Iterable<Change> = []): Store {
  const maps = new RecordedMaps();
  for (const change of from) maps.apply(change);
  return {
    map: (name) => maps.map(name),
    all: () => maps.all(),
    commit() {
      maps.takeChanges();
    },
    close() {
      maps.takeChanges();
    },
  };
}
