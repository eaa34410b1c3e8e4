import type { Output } from '../context.ts';
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

/** How many documents of each kind files have. */
interface Counts {
  readonly eligibility: number;
  readonly approvers: number;
  readonly bundles: number;
  readonly limits: number;
  /** Of the deployment, which are not applied from here. */
  readonly ofDeployment: number;
}

/** Says that files can be read, and of what they say how much. */
export function sayRead({ say }: Pick<Output, 'say'>, { eligibility, approvers, bundles, limits, ofDeployment }: Counts, json: true | undefined): void {
  if (json === true) return say(JSON.stringify({ eligibility, approvers, bundles, limits, ofDeployment }, undefined, 2));
  const counts = [counted(eligibility, 'eligibility policy', 'eligibility policies'), counted(approvers, 'approver policy', 'approver policies'), counted(bundles, 'bundle')];
  say(`The files can be read: ${counts.join(', ')}, ${limits > 0 ? 'limits' : 'no limits'}.`);
  if (ofDeployment > 0) say(`${counted(ofDeployment, 'document')} of the deployment: not applied from here.`);
}
