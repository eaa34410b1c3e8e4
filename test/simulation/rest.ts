import { StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import { manifests } from '../../infra/local/src/system/create-system.ts';
import { queueNames } from '../../infra/local/src/system/provision.ts';
import type { Scene } from './scene.ts';

/** Every queue of every service, with its dead letters. */
export const allQueues = manifests.flatMap(({ name, queues }) => Object.entries(queues).map(([queue, { fifo = false }]) => queueNames(name, queue, fifo)));

const aggregateServices = manifests.filter(({ tables }) => Object.values(tables).some(({ holds }) => holds === 'aggregates')).map(({ name }) => name);

/** Nothing is on its way, and no aggregate waits for anything. What lies among the dead letters lies still. */
export function isAtRest({ world: { system }, tables }: Scene): boolean {
  if (system.bus.pendingDeliveries > 0) return false;
  if (allQueues.some(({ name }) => system.queues.peek(name).length > 0)) return false;
  return aggregateServices.every((service) => {
    for (const { dueAt, outboxShard } of tables.items(service, 'aggregates')) if (dueAt !== undefined || outboxShard !== undefined) return false;
    return true;
  });
}

/** Puts every dead letter back where it came from, as `team redrive` does. Gives how many there were. */
export async function redrive({ world: { system, organization } }: Scene): Promise<number> {
  const { sqs } = system.clients('operator');
  let letters = 0;
  for (const { deadLetters } of allQueues) {
    const waiting = system.queues.peek(deadLetters).length;
    if (waiting === 0) continue;
    letters += waiting;
    await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: `arn:aws:sqs:${organization.Region}:${organization.DelegatedAdministratorAccountId}:${deadLetters}` }));
  }
  return letters;
}
