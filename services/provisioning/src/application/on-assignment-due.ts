import type { Decide } from './decide-and-wake.ts';

/** Something on an assignment is due by its own reckoning: a hold ends, or a window can no longer be opened. */
export function onAssignmentDue(decide: Decide): (key: string) => Promise<void> {
  return (key) => decide(key, { type: 'due' });
}
