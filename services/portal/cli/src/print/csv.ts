import { stringify } from 'csv-stringify/sync';

/** Rows as CSV (RFC 4180), all with the columns of the first. A cell that a spreadsheet would take for a formula is text: the library puts an apostrophe before it. */
export function csvOf(rows: readonly Readonly<Record<string, unknown>>[], header: boolean): string {
  return stringify([...rows], { header, escape_formulas: true }).trimEnd();
}
