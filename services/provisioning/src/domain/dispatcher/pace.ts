import { minuteMs, secondMs } from '../time.ts';

/** How long until AWS is asked again about an operation of this age (ms): often at first, when most finish, then less. */
export function pollAfter(age: number): number {
  return Math.min(5 * secondMs, Math.max(secondMs, age / 4));
}

/** How long nobody calls AWS after it failed to answer so many times in a row (ms). */
export function pauseAfter(attempts: number): number {
  return Math.min(minuteMs, secondMs * 2 ** (attempts - 1));
}

/** How long until an assignment is tried again whose step failed for a reason of its own (ms). */
export const retryAfterFaultMs = 30 * secondMs;
