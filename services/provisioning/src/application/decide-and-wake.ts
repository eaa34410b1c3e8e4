import type { AssignmentCommand } from '../domain/commands.ts';
import { workOf } from '../domain/next-step.ts';
import type { Assignments, Cause, Log, Wake } from './ports.ts';

/** Decides on an assignment and, where that leaves work, wakes the dispatcher. */
export type Decide = (key: string, command: AssignmentCommand, cause?: Cause) => Promise<void>;

export function decideAndWake(assignments: Assignments, wake: Wake, log: Log): Decide {
  return async (key, command, cause) => {
    const { state } = await assignments.execute(key, command, cause);
    if (state === undefined || workOf(state).workClass === undefined) return;
    try {
      await wake('commit');
    } catch (error) {
      // What was decided stands; the sweep wakes the dispatcher within a minute.
      log.warn('dispatcher not woken at once', { key, error });
    }
  };
}
