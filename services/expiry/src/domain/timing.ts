const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const dayMs = 24 * 60 * minuteMs;

/** A start later than this after acceptance (ms) lets eligibility be judged again before anything is opened. */
export const freshnessMs = 15 * minuteMs;
/** How often an unanswered question or an unconfirmed end is said again (ms). */
export const repeatMs = minuteMs;
/** How long the end of a grant may stay unconfirmed (ms) before it is called overdue. */
export const overdueAfterMs = 15 * minuteMs;
/** Pause between two batches of openings of one request (ms). */
export const batchPauseMs = secondMs;
/** How long after its latest end, or after it was first heard of, a request is remembered (ms). */
export const remembranceMs = 400 * dayMs;

/** `minutes` as milliseconds. */
export const minutesToMs = (minutes: number): number => minutes * minuteMs;

/** ISO 8601 in UTC, as facts carry it. */
export const toTimestamp = (ms: number): string => new Date(ms).toISOString();
