/** An append that is younger (ms) may still be under way. */
export const appendTakesMs = 60_000;
/** A record that is written now may have been stamped so long ago (ms): what is younger is not listed yet, or a cursor would pass it by. */
export const settledMs = 2_000;
export const dayMs = 86_400_000;

/** ISO 8601 in UTC, as records carry it. */
export const toTimestamp = (ms: number): string => new Date(ms).toISOString();
