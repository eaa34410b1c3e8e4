import type { AccessGrantedV1 } from '@team/contracts';
import { commandForGrant } from './command-for-grant.ts';
import type { FinalError, Received, Requests } from './ports.ts';

/** The person can use a grant: from the first time on, its end is fixed. */
export function onAccessGranted(requests: Requests, finalError: FinalError) {
  return ({ data: { requestId, grantId, assignment, grantedAt }, cause }: Received<AccessGrantedV1>): Promise<void> =>
    commandForGrant(requests, finalError, { type: 'grant', requestId, grantId, assignment, grantedAt }, cause);
}
