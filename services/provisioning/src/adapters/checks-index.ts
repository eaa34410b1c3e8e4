import { shardOf, shards, type AggregateStore } from '@team/runtime';
import type { Checks } from '../application/ports.ts';
import { assignmentKey, type AssignmentId } from '../domain/assignment.ts';

/** An item is about 2 KB, and a page of a query at most 1 MB of them. */
const pageSize = 250;

/** What is to be checked, found through the table's sparse index `checks`. */
export function checksIndex(store: AggregateStore): Checks {
  return {
    shards,
    async *due(shard, upTo) {
      for await (const page of store.pages('checks', { name: 'checkShard', value: shard }, { name: 'checkAt', upTo }, pageSize)) {
        yield page.map(({ key }) => key);
      }
    },
  };
}

/** Where an assignment stands in that index; without attributes where nobody needs to come. */
export function checkAttributes(assignment: AssignmentId, checkAt: number | undefined): Readonly<Record<string, string | number | undefined>> {
  return { checkShard: checkAt === undefined ? undefined : shardOf(assignmentKey(assignment)), checkAt };
}
