import { setImmediate as nextImmediate } from 'node:timers/promises';
import type { VirtualTimeline } from './virtual-timeline.ts';

/**
 * What to run until: a moment; a condition, looked at whenever everything has settled; or `idle`, when no timer waits
 * except the background ones. All end after `limit` timers with an error, since a system that feeds itself never rests.
 */
export type Goal = { readonly ms: number } | { readonly condition: () => boolean } | 'idle';

export interface RunOptions {
  /** Waits until nothing moves without time passing. One `setImmediate` by default: enough where nothing uses threads or sockets. */
  readonly settle?: () => Promise<void>;
  /** How many timers may fire before this is given up as endless. Default 1,000,000. */
  readonly limit?: number;
}

/** Settle, then fire the next timer, and again: the same calls always make the same run. Returns how many timers fired. */
export async function runUntil(timeline: VirtualTimeline, goal: Goal, options: RunOptions = {}): Promise<number> {
  const settle = options.settle ?? settlePromises;
  const limit = options.limit ?? 1_000_000;
  for (let fired = 0; fired <= limit; fired++) {
    await settle();
    if (reached(timeline, goal)) {
      if (typeof goal === 'object' && 'ms' in goal) timeline.advanceTo(Math.max(goal.ms, timeline.now()));
      return fired;
    }
    if (!timeline.fireNext()) throw new Error('Nothing waits any more, and the condition does not hold.');
  }
  throw new Error(`Gave up after ${limit} timers at ${new Date(timeline.now()).toISOString()}: the goal was not reached.`);
}

function reached(timeline: VirtualTimeline, goal: Goal): boolean {
  if (goal === 'idle') return timeline.pending === 0;
  if ('condition' in goal) return goal.condition();
  const next = timeline.nextDue();
  return next === undefined || next > goal.ms;
}

async function settlePromises(): Promise<void> {
  await nextImmediate();
}
