import type { AssignmentState } from './assignment.ts';
import { doubtLookAt, looksAfterMs } from './doubt.ts';
import type { AssignmentEvent } from './events.ts';
import { grantedHolds } from './holds.ts';
import { settlesAt } from './settle.ts';
import { minuteMs } from './time.ts';

/** So long after time brought something about that nobody settled, the reconciler does (ms). */
const graceMs = minuteMs;

/** Whether it matters to us, beside what is being done, if the assignment is there. */
export function isWatched(state: AssignmentState): boolean {
  return grantedHolds(state).length > 0 || doubtLookAt(state) !== undefined;
}

/** Somebody came to check: AWS is to be asked, unless the dispatcher is at work on the assignment or has been told to ask. */
export function check(state: AssignmentState, now: number): AssignmentEvent[] {
  return state.op === undefined && state.lookAsked === undefined && isWatched(state) ? [{ type: 'LookAsked', data: { at: now } }] : [];
}

/**
 * When the reconciler must come to it (ms): to have it looked at while a grant is held or a doubt stands, and shortly after time
 * brought something about, in case nobody else settled that. Undefined where there is nothing to come for.
 */
export function checkAt(state: AssignmentState, everyMs: number): number | undefined {
  const settles = settlesAt(state);
  const moments = [...(settles === undefined ? [] : [settles + graceMs]), ...looksAt(state, everyMs)];
  return moments.length === 0 ? undefined : Math.min(...moments);
}

function looksAt(state: AssignmentState, everyMs: number): number[] {
  if (state.op !== undefined || state.lookAsked !== undefined || !isWatched(state)) return [];
  // An operation of ours came to nothing, or may have.
  if (state.ownership === 'ours' && !state.confirmed) return [state.changedAt + looksAfterMs[0]];
  const known = [state.lookedAt, ...grantedHolds(state).map(([, hold]) => hold.grantedAt)].filter((at) => at !== undefined);
  return [doubtLookAt(state) ?? Math.max(...known) + everyMs];
}
