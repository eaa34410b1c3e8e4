export const secondMs = 1_000;
export const minuteMs = 60_000;
export const dayMs = 24 * 60 * minuteMs;

/** ISO 8601 in UTC, as events carry it. */
export function timestamp(ms: number): string {
  return new Date(ms).toISOString();
}
