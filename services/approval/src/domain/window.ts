const minuteMs = 60_000;

/** A window that is not opened by then is not opened any more: whoever asked has gone on to something else. */
export const openWithinMinutes = 60;
/** What assigning may take; the whole duration is still had by who is assigned this late. */
export const assignWithinMinutes = 15;

/** When access may be opened, for how long it lasts, and the moment beyond which nothing of it may remain. */
export interface WindowBounds {
  readonly notBefore: string;
  readonly openBy: string;
  readonly durationMinutes: number;
  readonly latestEnd: string;
}

interface Asked {
  readonly startAt?: string | undefined;
  readonly durationMinutes: number;
  /** Of an extension: the latest end of what it extends. */
  readonly extendedUntil?: string | undefined;
}

/**
 * Bounds of what was approved at `agreedAt` (ms). A start that has passed meanwhile is now. An extension ends its duration after what it
 * extends, whose own latest end is all that is known of its end here: nothing is added to that for assigning, which that end has room for.
 */
export function windowBounds({ startAt, durationMinutes, extendedUntil }: Asked, agreedAt: number): WindowBounds {
  const notBefore = Math.max(startAt === undefined ? agreedAt : Date.parse(startAt), agreedAt);
  const openBy = notBefore + openWithinMinutes * minuteMs;
  const latestEnd =
    extendedUntil === undefined
      ? openBy + (durationMinutes + assignWithinMinutes) * minuteMs
      : Date.parse(extendedUntil) + durationMinutes * minuteMs;
  return { notBefore: iso(notBefore), openBy: iso(openBy), durationMinutes, latestEnd: iso(latestEnd) };
}

/** Milliseconds since the epoch as events carry them. */
export const iso = (ms: number): string => new Date(ms).toISOString();
