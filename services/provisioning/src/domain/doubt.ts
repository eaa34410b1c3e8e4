import type { AssignmentState } from './assignment.ts';
import { minuteMs } from './time.ts';

/**
 * A creation that was lost may still land, and AWS documents no consistency of its reads. So where anything was concluded from a look
 * alone, what is reported gone stays in doubt until AWS says so again these times later (ms): what turns up meanwhile counts as ours.
 */
export const looksAfterMs = [minuteMs, 4 * minuteMs] as const;
/** A doubt that nobody could look into ends after this time (ms): what turns up then is somebody else's. */
const longestDoubtMs = 60 * minuteMs;
/**
 * AWS documents no consistency of its reads. So long after what was ours is reported gone (ms), "it is there" does not mean that somebody
 * else made it: who asks for it then is given it by a call of ours, whatever it finds.
 */
const readsSettleMs = 5 * minuteMs;

/** The next look that a doubt asks for (ms); undefined where there is none. */
export function doubtLookAt({ ownership, unsure, goneAt, lookedAt = 0 }: AssignmentState): number | undefined {
  if (ownership !== 'unknown' || unsure === undefined || goneAt === undefined) return undefined;
  return looksAfterMs.map((ms) => goneAt + ms).find((at) => lookedAt < at);
}

/** Whether what turns up now under this name counts as ours although AWS reported it gone. */
export function inDoubt(state: AssignmentState, now: number): boolean {
  return doubtLookAt(state) !== undefined && now < (state.goneAt ?? 0) + longestDoubtMs;
}

/** Whether AWS's "it is there" may still mean what we removed. */
export function mayLag({ goneAt }: AssignmentState, now: number): boolean {
  return goneAt !== undefined && now < goneAt + readsSettleMs;
}
