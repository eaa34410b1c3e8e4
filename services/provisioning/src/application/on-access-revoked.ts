import type { AccessRevokedV1 } from '@team/contracts';
import type { Decide } from './decide-and-wake.ts';
import { endGrant } from './end-grant.ts';
import type { OncePerEvent, Received } from './ports.ts';

/** A grant was ended before its time, opened or not. Rejects with a retryable error while the store cannot answer. */
export function onAccessRevoked(decide: Decide, once: OncePerEvent): (event: Received<AccessRevokedV1>) => Promise<void> {
  return endGrant(decide, once);
}
