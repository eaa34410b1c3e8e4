/**
 * A span of minutes in words.
 *
 * @example minutesInWords(90) === '1 h 30 min'
 */
export function minutesInWords(minutes: number): string {
  const days = Math.floor(minutes / 1_440);
  const hours = Math.floor((minutes % 1_440) / 60);
  const rest = Math.round(minutes % 60);
  const parts = [days > 0 ? `${days} d` : '', hours > 0 ? `${hours} h` : '', rest > 0 ? `${rest} min` : ''].filter((part) => part !== '');
  return parts.length === 0 ? '0 min' : parts.join(' ');
}

/**
 * What is left of a span, to the second in its last hour.
 *
 * @example leftInWords(3_725_000) === '1 h 2 min' && leftInWords(65_000) === '1:05 min'
 */
export function leftInWords(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1_000));
  if (seconds >= 3_600) return minutesInWords(Math.floor(seconds / 60));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} min`;
}

/** A span of seconds, as coarse as it is long. */
export function secondsInWords(seconds: number): string {
  return seconds < 60 ? `${Math.round(seconds)} s` : minutesInWords(Math.round(seconds / 60));
}
