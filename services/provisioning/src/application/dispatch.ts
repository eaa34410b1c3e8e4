import { dispatcherKey } from '../domain/dispatcher/state.ts';
import type { Sessions } from './pass-calls.ts';
import { createPass, type PassPorts } from './pass.ts';

/** How long one pass may hold the lease (ms), at most: no less than the platform lets the function run. */
export const leaseMs = 30_000;

/** One run of the function that dispatches. */
export interface Invocation {
  /** Its own name: the pass's. */
  readonly id: string;
  /** How long the platform lets it run yet (ms). */
  leftMs(): number;
}

/**
 * One pass of the one dispatcher: asks about what is outstanding and starts what waits, until nothing is possible now. Safe to die
 * anywhere: what it was doing stands in slots and operations, and the next pass goes on from there. Where another pass drives, it is
 * told to look again before it ends. A pass never holds the lease for longer than its invocation may run, also where one before it in
 * the same invocation failed: by the end of the lease nobody must be calling any more.
 */
export function createDispatch(ports: PassPorts): (invocation: Invocation) => Promise<void> {
  const sessions: Sessions = new Map();
  let served: string | undefined;
  return async (invocation) => {
    // All wakes of one invocation were sent before it began: one pass has seen what each of them announced.
    if (served === invocation.id) return;
    await onePass(ports, sessions, invocation);
    served = invocation.id;
  };
}

async function onePass(ports: PassPorts, sessions: Sessions, { id: owner, leftMs }: Invocation): Promise<void> {
  const { dispatcher, clock } = ports;
  const until = clock() + Math.min(leaseMs, leftMs());
  const { state } = await dispatcher.execute(dispatcherKey, { type: 'take', owner, until });
  if (state?.lease?.owner !== owner) return;
  const pass = createPass(ports, sessions, owner, until, state);
  do await pass.run();
  while (!(await pass.release()));
}
