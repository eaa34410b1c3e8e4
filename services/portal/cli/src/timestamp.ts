import { misused } from './failure.ts';

/** ISO 8601 UTC, from a time that a person wrote with `Z` or an offset. Throws `Failure` (usage). */
export function timestampOf(text: string, option: string): string {
  const ms = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*(Z|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) throw misused(`${option} ${text}: give a time with Z or an offset, such as 2026-11-22T10:00:00Z`);
  return new Date(ms).toISOString();
}

/** Who knows what time it is (ms): where things happen, it may pass faster than on this machine. */
export interface Timekeeper {
  describe(): Promise<{ readonly now: number }>;
}

const unitsMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A moment in ISO 8601 UTC, from one, from a day (when it begins in UTC), or from how long ago it was by the clock there (30s, 15m, 2h, 7d). Throws `Failure` (usage). */
export async function momentOf(text: string, option: string, where: Timekeeper): Promise<string> {
  const [, amount, unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (amount !== undefined) return new Date((await where.describe()).now - Number(amount) * (unitsMs[unit] ?? 0)).toISOString();
  return timestampOf(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00Z` : text, option);
}
