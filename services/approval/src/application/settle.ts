import { conclude } from './conclude.ts';
import { judge as judgeRevocation } from './on-access-revocation-requested.ts';
import { judge as judgeDecision } from './on-approval-decision-submitted.ts';
import type { Cause, Ports } from './ports.ts';

/** Does what is left to do once a request is known: what came early is judged, wishes to cancel first; what all agreed on is approved. */
export async function settle(requestId: string, cause: Cause, ports: Ports): Promise<void> {
  const state = await ports.approvals.load(requestId);
  if (state === undefined || state.phase === 'unknown') return;
  for (const { waitsSince: _waitsSince, ...revocation } of state.early.revocations) await judgeRevocation(revocation, ports);
  for (const { arrivedAt, waitsSince: _waitsSince, ...decision } of state.early.decisions) await judgeDecision(decision, arrivedAt, ports);
  await conclude(await ports.approvals.load(requestId), cause, ports);
}
