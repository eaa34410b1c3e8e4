import type { AccessExpiredV1 } from '@team/contracts';
import type { Decide } from './decide-and-wake.ts';
import { endGrant } from './end-grant.ts';
import type { OncePerEvent, Received } from './ports.ts';

/** Time ran out for a grant. Rejects with a retryable error while the store cannot answer. */
export function onAccessExpired(decide: Decide, once: OncePerEvent): (event: Received<AccessExpiredV1>) => Promise<void> {
  return endGrant(decide, once);
}
