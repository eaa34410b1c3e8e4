import type { AccessApprovedV1 } from '@team/contracts';
import type { Approval } from '../domain/state.ts';
import { judgeRevocations } from './judge-revocations.ts';
import { requestKey, type Digest, type FinalError, type Judging, type Received, type Requests } from './ports.ts';

export interface ApprovalPorts {
  /** Rejects where an approval is not the one that was signed; gives when its request was accepted. */
  verify(approved: AccessApprovedV1): Promise<{ readonly acceptedAt: string }>;
  readonly digest: Digest;
  readonly finalError: FinalError;
}

/**
 * A request may be opened within its bounds. Nothing of it is believed before its evidence is verified, so that a forged one takes no
 * request from the genuine one. Revocations that came first are judged now; until they are, nothing opens.
 *
 * @throws ERR_EVIDENCE_…, ERR_ACCEPTANCE_… or ERR_PROOF_… (final) where it is not what was signed, and ERR_APPROVAL_CONTRADICTED (final)
 * where another approval of the same request came before: the first stands
 */
export function onAccessApproved(requests: Requests, judging: Judging, { verify, digest, finalError }: ApprovalPorts) {
  return async ({ data, cause }: Received<AccessApprovedV1>): Promise<void> => {
    const { requestId } = data;
    const { acceptedAt } = await verify(data);
    const { approval, proofs } = split({ ...data, acceptedAt });
    const { state } = await requests.execute(requestKey(requestId), { type: 'approve', requestId, approval, proofs }, cause);
    await judgeRevocations(requests, judging, state, cause);
    // What is not the same in every word is not the same event delivered twice.
    if (state?.approval !== undefined && digest(state.approval) !== digest(approval)) {
      throw finalError(
        'ERR_APPROVAL_CONTRADICTED',
        `request ${requestId} was approved at ${state.approval.approvedAt} in other words; the first approval stands`,
      );
    }
  };
}

/** The approval, and apart from it the proofs, which are used up one by one. */
function split(data: AccessApprovedV1): { approval: Approval; proofs: Record<string, string> } {
  const { requester, askedBy, window, acceptedAt, approvedAt, acceptance, decisions, revocableBy, breakGlass } = data;
  const grants = Object.fromEntries(data.grants.map(({ proof: _proof, ...grant }) => [grant.grantId, grant]));
  const proofs = Object.fromEntries(data.grants.map(({ grantId, proof }) => [grantId, proof]));
  const optional = { ...(askedBy === undefined ? {} : { askedBy }), ...(data.extends === undefined ? {} : { extends: data.extends }) };
  return {
    approval: { requester, grants, window, acceptedAt, approvedAt, acceptance, decisions, revocableBy, breakGlass, ...optional },
    proofs,
  };
}
