import type { AccessRequestedV1 } from '@team/contracts';
import { judgeReceived } from './judge-received.ts';
import type { Ports, Received } from './ports.ts';

/** Claims the request id, then judges. The same content again: the same outcome, nothing doubled. */
export async function onAccessRequested({ data, source, account, cause }: Received<AccessRequestedV1>, ports: Ports): Promise<void> {
  const emitter = { source, account };
  const contentDigest = ports.evidence.digestOf({ ...emitter, data });
  const receive = { type: 'receive', requestId: data.requestId, asked: data, contentDigest, emitter } as const;
  const { state } = await ports.requests.execute(data.requestId, receive, cause);
  if (state?.status === 'received' && state.contentDigest === contentDigest) await judgeReceived(state, cause, ports);
}
