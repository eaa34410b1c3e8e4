import { misused } from './failure.ts';

/** ISO 8601 UTC, from a time that a person wrote with `Z` or an offset. Throws `Failure` (usage). */
export function timestampOf(text: string, option: string): string {
  const ms = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*(Z|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) throw misused(`${option} ${text}: give a time with Z or an offset, such as 2026-11-22T10:00:00Z`);
  return new Date(ms).toISOString();
}
