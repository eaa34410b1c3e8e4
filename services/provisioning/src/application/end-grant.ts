import type { AccessExpiredV1, AccessRevokedV1 } from '@team/contracts';
import { assignmentKey } from '../domain/assignment.ts';
import type { Decide } from './decide-and-wake.ts';
import type { OncePerEvent, Received } from './ports.ts';

/**
 * A grant is over, by time or by somebody's word. It needs no evidence and no settings: ending is always safe. For the same reason an
 * end is honoured even under an event id that was used before.
 */
export function endGrant(decide: Decide, once: OncePerEvent) {
  return async (event: Received<AccessExpiredV1 | AccessRevokedV1>): Promise<void> => {
    const { requestId, grantId, assignment } = event.data;
    const end = (): Promise<void> => decide(assignmentKey(assignment), { type: 'end', requestId, grantId, assignment }, event.cause);
    if ((await once(event, end)) === 'reused') await end();
  };
}
