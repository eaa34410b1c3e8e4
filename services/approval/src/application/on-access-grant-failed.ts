import type { AccessGrantFailedV1 } from '@team/contracts';
import type { Ports, Received } from './ports.ts';

/** A grant that failed for good is over: where it was the last of a break glass, that is reviewed now. */
export async function onAccessGrantFailed({ data, metadata }: Received<AccessGrantFailedV1>, { approvals }: Pick<Ports, 'approvals'>): Promise<void> {
  if (data.final) await approvals.execute(data.requestId, { type: 'access-over', grantId: data.grantId }, metadata);
}
