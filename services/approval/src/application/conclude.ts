import { approvedContent } from '../domain/approve.ts';
import type { State } from '../domain/state.ts';
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
  const { requestId, pending, since: agreedAt } = state;
  const approved = approvedContent(pending, agreedAt);
  const { requester, grants, window } = approved;
  const signed = await Promise.all(
    grants.map(async ({ grantId, accountId, permissionSetArn }) => {
      const proof = { grantId, requestId, principalId: requester.userId, accountId, permissionSetArn, ...window };
      return [grantId, await evidence.signProof(proof, approved)] as const;
    }),
  );
  await approvals.execute(requestId, { type: 'approve', agreedAt, proofs: Object.fromEntries(signed) }, cause);
}
