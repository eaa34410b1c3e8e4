import { standingApproverPolicies, standingRequestPolicies } from '@team/contracts';
import { standingFrom, type StandingPolicies } from '../../../policies/src/standing.ts';
import { askFunction } from '../cloud/ask-function.ts';
import type { Connection } from '../cloud/connection.ts';

/** Reads the policies in force. */
export async function readStanding(connection: Connection): Promise<StandingPolicies> {
  const [request, approval] = await Promise.all([
    askFunction(connection, 'request', { op: 'policies' }, standingRequestPolicies),
    askFunction(connection, 'approval', { op: 'policies' }, standingApproverPolicies),
  ]);
  return standingFrom(request, approval);
}
