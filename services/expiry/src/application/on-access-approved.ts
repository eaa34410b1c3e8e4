import type { AccessApprovedV1, Cause } from '@team/contracts';
import type { Approval, RequestState } from '../domain/state.ts';
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
    const state = await note(requests, requestId, approval, proofs, cause);
    await judgeRevocations(requests, judging, state, cause);
    // What is not the same in every word is not the same event delivered twice.
    const first = state?.requestId === requestId ? state.approval : state?.extensions?.[requestId];
    if (first !== undefined && digest(first) !== digest(approval)) {
      throw finalError(
        'ERR_APPROVAL_CONTRADICTED',
        `request ${requestId} was approved at ${first.approvedAt} in other words; the first approval stands`,
      );
    }
  };
}

/**
 * Gives the item in which the request lives. An extension's own item is made to point there before the extension is known there, so that
 * nothing that is said to it is lost between the two; a message that comes again carries over again what the pointer had heard.
 */
async function note(
  requests: Requests,
  requestId: string,
  approval: Approval,
  proofs: Record<string, string>,
  cause: Cause,
): Promise<RequestState | undefined> {
  const { extends: extended, stretch, window } = approval;
  if (extended === undefined || stretch === undefined) {
    return (await requests.execute(requestKey(requestId), { type: 'approve', requestId, approval, proofs }, cause)).state;
  }
  const latestEnd = Date.parse(window.latestEnd);
  const pointer = await requests.execute(requestKey(requestId), { type: 'point', requestId, to: stretch.requestId, latestEnd }, cause);
  if (pointer.state?.partOf === undefined) return pointer.state;
  const earlier = { unjudged: pointer.state.unjudged, progress: pointer.state.progress };
  return (await requests.execute(requestKey(stretch.requestId), { type: 'extend', requestId, approval, proofs, earlier }, cause)).state;
}

/** The approval, and apart from it the proofs, which are used up one by one. */
function split(data: AccessApprovedV1): { approval: Approval; proofs: Record<string, string> } {
  const { requester, askedBy, window, acceptedAt, approvedAt, acceptance, decisions, revocableBy, breakGlass, stretch } = data;
  const grants = Object.fromEntries(data.grants.map(({ proof: _proof, ...grant }) => [grant.grantId, grant]));
  const proofs = Object.fromEntries(data.grants.map(({ grantId, proof }) => [grantId, proof]));
  const optional = {
    ...(askedBy === undefined ? {} : { askedBy }),
    ...(data.extends === undefined ? {} : { extends: data.extends }),
    ...(stretch === undefined ? {} : { stretch }),
  };
  return {
    approval: { requester, grants, window, acceptedAt, approvedAt, acceptance, decisions, revocableBy, breakGlass, ...optional },
    proofs,
  };
}
