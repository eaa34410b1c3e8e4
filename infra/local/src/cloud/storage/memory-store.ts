import type { Store } from '../store.ts';
import { RecordedMaps } from './recorded-maps.ts';

/** A store that forgets everything with the process. */
export function memoryStore(): Store {
  const maps = new RecordedMaps();
  return {
    map: (name) => maps.map(name),
    commit() {
      maps.takeChanges();
    },
    close() {
      maps.takeChanges();
    },
  };
}
