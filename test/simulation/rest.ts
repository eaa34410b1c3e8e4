import { StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import { allQueues } from './moving.ts';
import type { Scene } from './scene.ts';

/** Whether nothing moves any more. */
export function isAtRest({ moving }: Scene): boolean {
  for (const _one of moving()) return false;
  return true;
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
