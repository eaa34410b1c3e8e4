/** Milliseconds since the epoch, now. The only way in which application code learns the time. */
export type Clock = () => number;

/** ISO 8601 in UTC, as events carry it. */
export function toTimestamp(ms: number): string {
  return new Date(ms).toISOString();
}

export const minuteMs = 60_000;
