import { dispatcherKey } from '../domain/dispatcher/state.ts';
import type { Sessions } from './pass-calls.ts';
import { createPass, type PassPorts } from './pass.ts';

/** How long one pass may hold the lease (ms): no less than the platform lets the function run. */
export const leaseMs = 30_000;

/**
 * One pass of the one dispatcher: asks about what is outstanding and starts what waits, until nothing is possible now. Safe to die
 * anywhere: what it was doing stands in slots and operations, and the next pass goes on from there. Where another pass drives, it is
 * told to look again before it ends.
 */
export function createDispatch(ports: PassPorts): (owner: string) => Promise<void> {
  const sessions: Sessions = new Map();
  let served: string | undefined;
  return async (owner) => {
    // All wakes of one invocation were sent before it began: one pass has seen what each of them announced.
    if (served === owner) return;
    await onePass(ports, sessions, owner);
    served = owner;
  };
}

async function onePass(ports: PassPorts, sessions: Sessions, owner: string): Promise<void> {
  const { dispatcher, clock } = ports;
  const until = clock() + leaseMs;
  const { state } = await dispatcher.execute(dispatcherKey, { type: 'take', owner, until });
  if (state?.lease?.owner !== owner) return;
  const pass = createPass(ports, sessions, owner, until, state);
  do await pass.run();
  while (!(await pass.release()));
}
