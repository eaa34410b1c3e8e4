import type { AssignmentState } from './assignment.ts';
import type { AssignmentEvent } from './events.ts';
import { grantedHolds } from './holds.ts';
import { settlesAt } from './settle.ts';
import { minuteMs } from './time.ts';

/**
 * AWS documents no consistency of its reads, and a creation that was lost may still land. So what was ours and is reported gone stays
 * in doubt until AWS says so again these times later (ms): what turns up meanwhile counts as ours.
 */
const looksAfterMs = [minuteMs, 4 * minuteMs] as const;
/** A doubt that nobody could look into ends after this time (ms): what turns up then is somebody else's. */
const longestDoubtMs = 60 * minuteMs;
/** So long after time brought something about that nobody settled, the reconciler does (ms). */
const graceMs = minuteMs;

/** The next look that a doubt asks for (ms); undefined where there is none. */
function doubtLookAt({ ownership, goneAt, lookedAt = 0 }: AssignmentState): number | undefined {
  if (ownership !== 'unknown' || goneAt === undefined) return undefined;
  return looksAfterMs.map((ms) => goneAt + ms).find((at) => lookedAt < at);
}

/** Whether what turns up now under this name counts as ours although AWS reported it gone. */
export function inDoubt(state: AssignmentState, now: number): boolean {
  return doubtLookAt(state) !== undefined && now < (state.goneAt ?? 0) + longestDoubtMs;
}

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
