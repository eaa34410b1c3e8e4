import type { Finding } from '../doctor/finding.ts';
import { counted, printable } from './printable.ts';

/** What the doctor found, for people: one line a finding, and under it what to do. */
export function findingLines({ check, result, found, todo }: Finding): string[] {
  const word = result === 'problem' ? 'PROBLEM' : result;
  return [`${word.padEnd(12)} ${check}: ${found}`, ...(todo === undefined ? [] : [`${' '.repeat(13)}→ ${todo}`])].map(printable);
}

/** How many of each there are. */
export function sumLine(findings: readonly Finding[]): string {
  const count = (result: Finding['result']): number => findings.filter((finding) => finding.result === result).length;
  return `${counted(count('problem'), 'problem')}, ${counted(count('warning'), 'warning')}, ${count('ok')} ok, ${count('not checked')} not checked`;
}
