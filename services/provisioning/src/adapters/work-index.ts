import type { AggregateStore } from '@team/runtime';
import type { Work } from '../application/ports.ts';

/** Work found through the table's sparse index `work`. */
export function workIndex(store: AggregateStore): Work {
  return {
    find: (workClass, upTo, limit) => store.find('work', { name: 'workClass', value: workClass }, { name: 'workAt', upTo }, limit),
  };
}
