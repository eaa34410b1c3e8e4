import type { Ports } from './ports.ts';
import { settle } from './settle.ts';

/** Something is due on a request: what time brings, then what a crash left undone. */
export async function onDue(requestId: string, ports: Ports): Promise<void> {
  await ports.approvals.execute(requestId, { type: 'due' }, {});
  await settle(requestId, {}, ports);
}
