import type { AccessApprovedV1 } from '@team/contracts';
import type { Approval } from '../domain/state.ts';
import { judgeRevocations } from './judge-revocations.ts';
import { requestKey, type FinalError, type People, type Received, type Requests } from './ports.ts';

/**
 * A request may be opened within its bounds. Revocations that came first are judged now; until they are, nothing opens.
 *
 * @throws ERR_APPROVAL_CONTRADICTED (final) where another approval of the same request came before: the first stands
 */
export function onAccessApproved(requests: Requests, people: People, finalError: FinalError) {
  return async ({ data, cause }: Received<AccessApprovedV1>): Promise<void> => {
    const { requestId } = data;
    const { approval, proofs } = split(data);
    const { state } = await requests.execute(requestKey(requestId), { type: 'approve', requestId, approval, proofs }, cause);
    await judgeRevocations(requests, people, state, cause);
    if (state?.approval !== undefined && !isSame(state.approval, approval)) {
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

/** Whether two approvals are one event delivered twice. */
function isSame(known: Approval, other: Approval): boolean {
  const essence = ({ approvedAt, acceptance, requester, window, grants }: Approval) =>
    [
      approvedAt,
      acceptance,
      requester.userId,
      window.notBefore,
      window.openBy,
      window.durationMinutes,
      window.latestEnd,
      ...Object.keys(grants).sort(),
    ].join(' ');
  return essence(known) === essence(other);
}
