/** The value below which this share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export const seconds = (ms: number, digits = 1): string => `${(ms / 1000).toFixed(digits)} s`;
export const spread = (values: readonly number[]): string => `p50 ${seconds(quantile(values, 0.5))}, p99 ${seconds(quantile(values, 0.99))}`;

/** One bar, and whether it is held. */
export interface Judged {
  readonly what: string;
  readonly held: boolean;
}

/** What a scenario measured. */
export interface Report {
  readonly title: string;
  readonly lines: readonly string[];
  readonly bars: readonly Judged[];
}
