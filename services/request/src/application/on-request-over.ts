import type { AccessEndedV1, AccessGrantFailedV1 } from '@team/contracts';
import type { ReceivedEvent } from '@team/runtime';
import { requesterKey, requestKey, type RequestAggregate, type RequesterAggregate } from './judge-received.ts';

interface Aggregates {
  readonly requests: RequestAggregate;
  readonly requesters: RequesterAggregate;
}

/** A whole request is over before anything was granted: it no longer counts for its requester. */
export function onRequestOver(aggregates: Aggregates) {
  return ({ data }: ReceivedEvent<{ readonly requestId: string }>): Promise<void> => release(aggregates, data.requestId);
}

/** One grant is over: its target may be asked for again. */
export function onGrantOver(aggregates: Aggregates) {
  return async ({ data }: ReceivedEvent<AccessEndedV1 | AccessGrantFailedV1>): Promise<void> => {
    if ('final' in data && !data.final) return;
    await release(aggregates, data.requestId, data.grantId);
  };
}

async function release({ requests, requesters }: Aggregates, requestId: string, grantId?: string): Promise<void> {
  const state = await requests.load(requestKey(requestId));
  const userId = state?.accepted?.requester.userId;
  // Nothing was admitted here for what was never accepted here.
  if (userId === undefined) return;
  await requesters.execute(requesterKey(userId), { type: 'release', requestId, ...(grantId === undefined ? {} : { grantId }) });
}
