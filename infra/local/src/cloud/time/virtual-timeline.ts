import type { Timeline, Timer } from '../timeline.ts';
import { TimerQueue } from './timer-queue.ts';

/** A timeline that stands still until it is moved: time passes only by `fireNext` and `advanceTo`. */
export interface VirtualTimeline extends Timeline {
  /** When the next timer is due, or undefined when none waits. */
  nextDue(): number | undefined;
  /** Fires exactly one timer, moving `now` to its due time. False when none waits. */
  fireNext(): boolean;
  /** Fires all that is due until `ms`, one after the other without letting promises settle between, then it is `ms`. */
  advanceTo(ms: number): void;
  /** Timers waiting, background ones left out. */
  readonly pending: number;
}

export function virtualTimeline(startMs: number): VirtualTimeline {
  const queue = new TimerQueue();
  let nowMs = startMs;

  function fireNext(): boolean {
    const next = queue.take();
    if (next === undefined) return false;
    nowMs = Math.max(nowMs, next.dueMs);
    next.callback();
    return true;
  }

  return {
    now: () => nowMs,
    at(dueMs, callback, options): Timer {
      const entry = queue.add(Math.max(dueMs, nowMs), callback, options?.background ?? false);
      return { cancel: () => queue.cancel(entry) };
    },
    nextDue: () => queue.peek()?.dueMs,
    fireNext,
    advanceTo(ms) {
      if (ms < nowMs) throw new RangeError(`Time does not run backwards: it is ${nowMs}, asked was ${ms}.`);
      for (let next = queue.peek(); next !== undefined && next.dueMs <= ms; next = queue.peek()) fireNext();
      nowMs = ms;
    },
    get pending() {
      return queue.pending;
    },
  };
}
