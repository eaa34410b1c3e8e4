import type { Report } from '../figures.ts';

/** One figure of the audit service: measured by itself, in this process, one after the other. */
export interface Part {
  /** By which `--only` chooses it. */
  readonly name: string;
  /** Measures, and says what came out and whether each bar is held. Rejects where what it measured went wrong: then there is no figure. */
  readonly run: () => Promise<Report>;
}
