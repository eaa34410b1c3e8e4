import type { StandingProposal } from '@team/contracts';
import { standingFrom, type StandingPolicies } from '../../../policies/src/standing.ts';
import { same } from '../domain/same.ts';
import type { Services, SignedIn } from './ports.ts';

/** The policies as they are at this moment: a change is made against what stands, not what stood a minute ago. */
export async function policiesInForce(services: Pick<Services, 'requestPolicies' | 'approverPolicies'>): Promise<StandingPolicies> {
  const [request, approval] = await Promise.all([services.requestPolicies('live'), services.approverPolicies('live')]);
  return standingFrom(request, approval);
}

/** Whether this person proposed it: nobody agrees with themselves. By id, where it is known who that is. */
export function isOwnProposal({ change: { by, submittedBy } }: StandingProposal, { userId, userName }: SignedIn): boolean {
  return (by.kind === 'person' && same(by.userId, userId)) || same(submittedBy, userName) || same(submittedBy, userId);
}
