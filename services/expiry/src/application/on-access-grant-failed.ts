import type { AccessGrantFailedV1 } from '@team/contracts';
import { commandForGrant } from './command-for-grant.ts';
import type { FinalError, Received, Requests } from './ports.ts';

/** Provisioning gave a grant up. Where it refused only one event about it, the grant goes on. */
export function onAccessGrantFailed(requests: Requests, finalError: FinalError) {
  return async ({ data: { requestId, grantId, assignment, final }, cause }: Received<AccessGrantFailedV1>): Promise<void> => {
    if (final) await commandForGrant(requests, finalError, { type: 'fail', requestId, grantId, assignment }, cause);
  };
}
