import type { State } from '../domain/state.ts';
import { windowBounds } from '../domain/window.ts';
import type { Cause, Ports } from './ports.ts';

/**
 * Signs the proofs of a request on which all have agreed, and approves it. Done again after a crash, for the same moment of agreement
 * and so with the same bounds; whoever comes second changes nothing.
 */
export async function conclude(
  state: State | undefined,
  cause: Cause,
  { approvals, evidence }: Pick<Ports, 'approvals' | 'evidence'>,
): Promise<void> {
  if (state?.phase !== 'agreed') return;
  const { requestId, pending } = state;
  const { request, approvals: counted } = pending;
  const window = windowBounds(request, state.since);
  const decisions = counted.map(({ signature }) => signature);
  const signed = await Promise.all(
    request.grants.map(async ({ grantId, accountId, permissionSetArn }) => {
      const proof = { grantId, requestId, principalId: request.requester.userId, accountId, permissionSetArn, ...window };
      return [grantId, await evidence.signProof(proof, request.acceptance, decisions)] as const;
    }),
  );
  await approvals.execute(requestId, { type: 'approve', agreedAt: state.since, proofs: Object.fromEntries(signed) }, cause);
}
