import { exportedRows } from './export-rows.ts';
import { machine } from './questions.ts';
import type { Report } from '../figures.ts';

const barMb = 200;

/** Exports so many requests as CSV by the command itself, in a process of its own, and prints the most memory that it had. Bar: under 200 MB. */
export async function benchExport(requests: number): Promise<Report> {
  const { rows, peakMb, seconds } = await exportedRows(requests);
  return {
    title: `export of ${requests} requests as CSV, pages of 200; ${machine()}`,
    lines: [`${rows} rows in ${seconds.toFixed(1)} s, at most ${peakMb.toFixed(0)} MB resident`],
    bars: [{ what: `under ${barMb} MB, every row there`, held: peakMb < barMb && rows === requests }],
  };
}
