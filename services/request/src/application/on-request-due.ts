import { judgeReceived } from './judge-received.ts';
import type { Ports } from './ports.ts';

/** Takes up again what a crash interrupted between claim and outcome. */
export async function onRequestDue(requestId: string, ports: Ports): Promise<void> {
  const { state, changed } = await ports.requests.execute(requestId, { type: 'due' });
  if (changed && state?.status === 'received') await judgeReceived(state, {}, ports);
}
