import { dispatcherKey } from '../domain/dispatcher/state.ts';
import { createPass, type PassPorts } from './pass.ts';

export interface DispatchPorts extends PassPorts {
  /** Waits within a pass (ms). Absent: a pass ends where it would wait, and a timer wakes the next. */
  readonly wait?: ((ms: number) => Promise<void>) | undefined;
}

/** How long one pass may hold the lease (ms): no less than the platform lets the function run. */
export const leaseMs = 30_000;
/** What is due within this time is waited for; for anything later the pass ends (ms). */
const patienceMs = 2_000;

/**
 * One pass of the one dispatcher: asks about what is outstanding, then starts what waits, until nothing is possible now. Safe to die
 * anywhere: what it was doing stands in slots and operations, and the next pass goes on from there. Where another pass drives, it is
 * told to look again before it ends.
 */
export function createDispatch(ports: DispatchPorts): (owner: string) => Promise<void> {
  let served: string | undefined;
  return async (owner) => {
    // All wakes of one invocation were sent before it began: one pass has seen what each of them announced.
    if (served === owner) return;
    await onePass(ports, owner);
    served = owner;
  };
}

async function onePass(ports: DispatchPorts, owner: string): Promise<void> {
  const { dispatcher, clock, wait } = ports;
  const until = clock() + leaseMs;
  const { state } = await dispatcher.execute(dispatcherKey, { type: 'take', owner, until });
  if (state?.lease?.owner !== owner) return;
  const pass = createPass(ports, owner, until, state);
  for (;;) {
    await pass.askAboutOutstanding();
    await pass.startWaiting();
    const pauseMs = (pass.nextAt() ?? Infinity) - clock();
    if (wait !== undefined && pass.goesOn() && pauseMs <= patienceMs) await wait(pauseMs);
    else if (await pass.release()) return;
  }
}
