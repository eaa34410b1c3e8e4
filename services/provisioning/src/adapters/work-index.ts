import type { AggregateStore } from '@team/runtime';
import type { Work } from '../application/ports.ts';

/** An item is about 2 KB, and a page of a query at most 1 MB of them. */
const pageSize = 250;

/** Work found through the table's sparse index `work`. */
export function workIndex(store: AggregateStore): Work {
  return {
    async *waiting(workClass, upTo) {
      const partition = { name: 'workClass', value: workClass };
      for await (const page of store.pages('work', partition, { name: 'workAt', upTo }, pageSize, ['workFor', 'workAt'])) {
        yield page.map(({ key, attributes: { workFor, workAt } }) => ({ key, since: Number(workAt), ...(typeof workFor === 'string' ? { requestId: workFor } : {}) }));
      }
    },
    find: (workClass, upTo, limit) => store.find('work', { name: 'workClass', value: workClass }, { name: 'workAt', upTo }, limit),
  };
}
