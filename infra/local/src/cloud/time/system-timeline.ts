import type { Timeline, Timer } from '../timeline.ts';
import { TimerQueue } from './timer-queue.ts';
import type { Store } from '../store.ts';

/** At the real instant `realMs` it was `virtualMs` on the timeline; since then virtual time has run `scale` times as fast. */
export interface Origin {
  readonly virtualMs: number;
  readonly realMs: number;
  readonly scale: number;
}

export interface SystemTimeline extends Timeline {
  /** Nothing fires any more: the process may end. */
  close(): void;
}

/** `setTimeout` takes at most 2^31 - 1 ms; a longer wait is waited in pieces. */
const longestWaitMs = 2 ** 31 - 1;

/**
 * The timeline of a running system: real time, `scale` times as fast (60: a minute passes in a second).
 * Give the `origin` of `rememberedOrigin` to continue where an earlier process was; without one, time starts at now.
 */
export function systemTimeline(options: { scale?: number; origin?: Origin; realNow?: () => number } = {}): SystemTimeline {
  const realNow = options.realNow ?? Date.now;
  const scale = options.scale ?? options.origin?.scale ?? 1;
  if (!(scale > 0)) throw new RangeError(`The scale of time must be above 0, not ${scale}.`);
  const start = realNow();
  const origin = options.origin === undefined ? { virtualMs: start, realMs: start, scale } : rebased(options.origin, start, scale);
  const queue = new TimerQueue();
  let latest = origin.virtualMs;
  let disarm = (): void => undefined;
  let closed = false;

  /** The real clock may be set back by NTP or a person; this one is not. */
  function now(): number {
    latest = Math.max(latest, Math.floor(virtualAt(origin, realNow())));
    return latest;
  }

  function arm(): void {
    disarm();
    const next = queue.peek();
    if (next === undefined || closed) return;
    const waitMs = Math.ceil((next.dueMs - now()) / scale);
    if (waitMs <= 0) {
      const immediate = setImmediate(fire);
      disarm = () => clearImmediate(immediate);
    } else {
      const timeout = setTimeout(fire, Math.min(waitMs, longestWaitMs));
      disarm = () => clearTimeout(timeout);
    }
  }

  function fire(): void {
    const next = queue.peek();
    try {
      if (next !== undefined && next.dueMs <= now()) queue.take()?.callback();
    } finally {
      arm();
    }
  }

  return {
    now,
    at(dueMs, callback, options): Timer {
      const entry = queue.add(dueMs, callback, options?.background ?? false);
      if (queue.peek() === entry) arm();
      return { cancel: () => queue.cancel(entry) };
    },
    close() {
      closed = true;
      disarm();
    },
  };
}

/**
 * The origin kept in the store, so that after a restart (or a kill) the timeline goes on and never runs backwards. Time
 * passes while the process is down, at the scale it had. With another scale than before, it goes on from there at the new one.
 */
export function rememberedOrigin(store: Store, scale: number, realNow: () => number = Date.now): Origin {
  const map = store.map<Origin>('timeline');
  const kept = map.get('origin');
  const now = realNow();
  const origin = kept === undefined ? { virtualMs: now, realMs: now, scale } : rebased(kept, now, scale);
  if (origin !== kept) {
    map.set('origin', origin);
    store.commit();
  }
  return origin;
}

function virtualAt(origin: Origin, realMs: number): number {
  return origin.virtualMs + Math.max(0, realMs - origin.realMs) * origin.scale;
}

function rebased(origin: Origin, realMs: number, scale: number): Origin {
  return origin.scale === scale ? origin : { virtualMs: virtualAt(origin, realMs), realMs, scale };
}
