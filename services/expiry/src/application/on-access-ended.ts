import type { AccessEndedV1 } from '@team/contracts';
import { commandForGrant } from './command-for-grant.ts';
import type { FinalError, Received, Requests } from './ports.ts';

/** Nothing of a grant is left: its end need not be said again, and it is never opened. */
export function onAccessEnded(requests: Requests, finalError: FinalError) {
  return ({ data: { requestId, grantId, assignment }, cause }: Received<AccessEndedV1>): Promise<void> =>
    commandForGrant(requests, finalError, { type: 'confirm-end', requestId, grantId, assignment }, cause);
}
