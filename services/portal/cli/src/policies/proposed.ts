import type { ProposedPolicies } from '@team/contracts';
import type { Policies } from '@team/policies';
import { refused } from '../failure.ts';
import type { StandingPolicies } from '../../../policies/src/standing.ts';

/** The policies of files as what is thought of; limits that the files do not say are those in force. Throws `Failure` where neither says any. */
export function proposedOf({ eligibility, bundles, limits }: Policies, standing: StandingPolicies): ProposedPolicies {
  const bounds = limits ?? standing.limits;
  if (bounds === undefined) throw refused('neither the files nor the policies in force say limits; nothing can be judged without them');
  return { eligibility, bundles, limits: bounds };
}
