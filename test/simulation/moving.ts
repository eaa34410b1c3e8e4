import type { TableManifest } from '@team/runtime';
import type { World } from '../../infra/local/src/play/world.ts';
import { manifests } from '../../infra/local/src/system/create-system.ts';
import { queueNames } from '../../infra/local/src/system/provision.ts';
import type { Tables } from './tables.ts';

/** Every queue of every service, with its dead letters. */
export const allQueues = manifests.flatMap(({ name, queues }) => Object.entries(queues).map(([queue, { fifo = false }]) => queueNames(name, queue, fifo)));

/** Tables of aggregates but those of policies, on which nothing becomes due of requests, by whether what is due on them gives or takes access. */
const aggregateTables = (after: boolean): readonly { readonly service: string; readonly table: string }[] =>
  manifests.flatMap(({ name, tables }) =>
    Object.entries<TableManifest>(tables).flatMap(([table, { holds, afterwards = false }]) => (holds === 'aggregates' && table !== 'policies' && afterwards === after ? [{ service: name, table }] : [])),
  );
const usual = aggregateTables(false);
/** What is due there is not waited for; their facts are all the same. */
const afterwards = aggregateTables(true);

/**
 * What still moves, in words, one after the other: what is on its way, and aggregates that wait for something. Nothing, where all is at
 * rest; what lies among the dead letters lies still.
 */
export function* whatMoves({ system }: World, tables: Tables): Generator<string> {
  if (system.bus.pendingDeliveries > 0) yield `${system.bus.pendingDeliveries} events are on their way`;
  for (const { name } of allQueues) if (system.queues.peek(name).length > 0) yield `${system.queues.peek(name).length} messages wait in ${name}`;
  for (const { service, table } of usual) {
    for (const { pk, dueAt, outboxShard } of tables.items(service, table)) {
      if (outboxShard !== undefined) yield `${String(pk)} of ${service} has events to publish`;
      if (dueAt !== undefined) yield `${String(pk)} of ${service} is due at ${new Date(Number(dueAt)).toISOString()}`;
    }
  }
  for (const { service, table } of afterwards) {
    for (const { pk, outboxShard } of tables.items(service, table)) if (outboxShard !== undefined) yield `${String(pk)} of ${service} has events to publish`;
  }
}
