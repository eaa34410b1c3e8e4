import type { AccessEndedV1, AccessGrantFailedV1 } from '@team/contracts';
import type { Ports, Received } from './ports.ts';

type Aggregates = Pick<Ports, 'requests' | 'requesters'>;

/** A whole request is over before anything was granted: it no longer counts for its requester. */
export function onRequestOver({ data }: Received<{ readonly requestId: string }>, aggregates: Aggregates): Promise<void> {
  return release(aggregates, data.requestId);
}

/** One grant is over: its target may be asked for again. */
export async function onGrantOver({ data }: Received<AccessEndedV1 | AccessGrantFailedV1>, aggregates: Aggregates): Promise<void> {
  if ('final' in data && !data.final) return;
  await release(aggregates, data.requestId, data.grantId);
}

async function release({ requests, requesters }: Aggregates, requestId: string, grantId?: string): Promise<void> {
  const userId = (await requests.load(requestId))?.accepted?.requester.userId;
  // Nothing was admitted here for what was never accepted here.
  if (userId === undefined) return;
  await requesters.execute(userId, { type: 'release', requestId, ...(grantId === undefined ? {} : { grantId }) });
}
