import type { ChangeOutcome, PolicyProposal } from '../../../api/src/contract/index.ts';
import type { Output } from '../context.ts';
import { exitCodes, type ExitCode } from '../failure.ts';
import { printable } from './printable.ts';
import { whyLine } from './why-line.ts';

/** A change that waits for a second administrator, for people. */
export const proposalLines = ({ changeId, kind, id, proposedBy, decideBy, widens }: Pick<PolicyProposal, 'changeId' | 'kind' | 'id' | 'proposedBy' | 'decideBy' | 'widens'>): string[] =>
  [`${changeId}  ${kind} ${id}, by ${proposedBy}, until ${decideBy}`, ...widens.map((line) => `    ${line}`)].map(printable);

/** Says what came of a decision on a change, and how the command ends with that: to have a change refused by disagreeing is what was wanted. */
export function sayDecided({ say }: Pick<Output, 'say'>, verdict: 'agree' | 'disagree', { changeId, outcome, text, reasons }: ChangeOutcome, json: true | undefined): ExitCode {
  if (json === true) say(JSON.stringify({ changeId, outcome, text, reasons }, undefined, 2));
  else say(printable(outcome === 'in-force' ? `In force: ${text}` : reasons.map(whyLine).join('; ')));
  const disagreed = verdict === 'disagree' && reasons.some(({ code }) => code === 'ERR_CHANGE_DISAGREED');
  return outcome === 'in-force' || disagreed ? exitCodes.ok : exitCodes.refused;
}
