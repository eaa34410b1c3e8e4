/** A clock that stands still until it is told to go on. Fits wherever a clock `() => milliseconds` is asked for. */
export interface FixedClock {
  (): number;
  /** Moves the clock by so many milliseconds. */
  advance(ms: number): void;
}

/**
 * @param start ISO 8601 UTC.
 * @example const clock = fixedClock(); clock.advance(60_000);
 */
export function fixedClock(start = '2026-11-22T10:00:00.000Z'): FixedClock {
  let now = Date.parse(start);
  if (Number.isNaN(now)) throw new RangeError(`not a time: ${start}`);
  return Object.assign(() => now, {
    advance(ms: number): void {
      now += ms;
    },
  });
}
