import { shardOf, shards, type AggregateStore } from '@team/runtime';
import type { Checks } from '../application/ports.ts';
import { assignmentKey, type AssignmentId } from '../domain/assignment.ts';

/** More than one query gives: all of it. */
const everything = 2 ** 31 - 1;

/** What is to be checked, found through the table's sparse index `checks`. */
export function checksIndex(store: AggregateStore): Checks {
  return {
    shards,
    due: (shard, upTo) => store.find('checks', { name: 'checkShard', value: shard }, { name: 'checkAt', upTo }, everything),
  };
}

/** Where an assignment stands in that index; without attributes where nobody needs to come. */
export function checkAttributes(assignment: AssignmentId, checkAt: number | undefined): Readonly<Record<string, string | number | undefined>> {
  return { checkShard: checkAt === undefined ? undefined : shardOf(assignmentKey(assignment)), checkAt };
}
