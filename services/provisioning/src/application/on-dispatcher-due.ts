import { dispatcherDueAt, dispatcherKey } from '../domain/dispatcher/state.ts';
import { workClasses } from '../domain/next-step.ts';
import type { Clock, Dispatcher, Wake, Work } from './ports.ts';

/** The dispatcher planned to look again, or a pass died and its lease is over. A timer that outlived its reason wakes nobody. */
export function onDispatcherDue(dispatcher: Dispatcher, wake: Wake, clock: Clock): () => Promise<void> {
  return async () => {
    const state = await dispatcher.load(dispatcherKey);
    const dueAt = state === undefined ? undefined : dispatcherDueAt(state);
    if (dueAt !== undefined && dueAt <= clock()) await wake('clock');
  };
}

/** Each minute: whatever wake or timer was lost, work does not wait longer. */
export function wakeForWork(dispatcher: Dispatcher, work: Work, wake: Wake, clock: Clock): () => Promise<void> {
  return async () => {
    const state = await dispatcher.load(dispatcherKey);
    if (Object.keys(state?.slots ?? {}).length > 0) return wake('clock');
    for (const workClass of workClasses) {
      if ((await work.find(workClass, clock(), 1)).length > 0) return wake('clock');
    }
  };
}

/** Duties of one minute, none of which waits for another or is kept from being done by it. Rejects with all that failed. */
export async function besideEachOther(...duties: readonly (() => Promise<void>)[]): Promise<void> {
  const outcomes = await Promise.allSettled(duties.map(async (duty) => duty()));
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${duties.length} duties of the minute failed`);
}
