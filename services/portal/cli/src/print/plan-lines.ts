import { counted, printable } from './printable.ts';

/** A change of a policy, wherever it was found out. */
export interface ToldChange {
  readonly kind: string;
  readonly id: string;
  /** Absent: it is new. */
  readonly before?: unknown;
  /** Absent: it is to be removed. */
  readonly after?: unknown;
  /** Id of the same change, where it waits for a second administrator. */
  readonly waiting?: string | undefined;
}

interface Plan {
  readonly changes: readonly (ToldChange & { readonly details: readonly string[] })[];
  readonly effects: readonly { readonly sign: string; readonly text: string }[];
}

/** What applying files would change, for people. */
export const planLines = ({ changes, effects }: Plan): string[] => [
  ...changes.flatMap((change) => [changeLine(change), ...change.details.map((detail) => printable(`    ${detail}`))]),
  ...(effects.length > 0 ? ['\nWho gains (+), loses (-) or has it differently (~):'] : []),
  ...effects.map(({ sign, text }) => printable(`  ${sign} ${text}`)),
  changes.length === 0 ? 'Nothing would change.' : `\n${counted(changes.length, 'change')}. Nothing was applied.`,
];

/** One change in words. */
export function changeLine({ kind, id, before, after, waiting }: ToldChange): string {
  const sign = before === undefined ? '+' : after === undefined ? '-' : '~';
  return printable(`${sign} ${kind} ${id}${waiting === undefined ? '' : ` (waits for a second administrator: ${waiting})`}`);
}

/** How many files say of what, for people. */
export function readLine({ eligibility, approvers, bundles, limits }: { readonly eligibility: number; readonly approvers: number; readonly bundles: number; readonly limits: boolean }): string {
  const counts = [counted(eligibility, 'eligibility policy', 'eligibility policies'), counted(approvers, 'approver policy', 'approver policies'), counted(bundles, 'bundle')];
  return `The files can be read: ${counts.join(', ')}, ${limits ? 'limits' : 'no limits'}.`;
}
