import type { PolicyProposal } from '../../../api/src/contract/index.ts';
import { printable } from './printable.ts';

/** A change that waits for a second administrator, for people. */
export const proposalLines = ({ changeId, kind, id, proposedBy, decideBy, widens }: Pick<PolicyProposal, 'changeId' | 'kind' | 'id' | 'proposedBy' | 'decideBy' | 'widens'>): string[] =>
  [`${changeId}  ${kind} ${id}, by ${proposedBy}, until ${decideBy}`, ...widens.map((line) => `    ${line}`)].map(printable);
