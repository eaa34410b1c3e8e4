import type { AccessEndedV1 } from '@team/contracts';
import type { Ports, Received } from './ports.ts';

/** Nothing is left of a grant: where it was the last of a break glass, that is reviewed now. */
export async function onAccessEnded({ data, metadata }: Received<AccessEndedV1>, { approvals }: Pick<Ports, 'approvals'>): Promise<void> {
  await approvals.execute(data.requestId, { type: 'access-over', grantId: data.grantId }, metadata);
}
