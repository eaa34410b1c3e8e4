import type { Command } from './commands.ts';
import type { ApprovalEvent, ApprovedContent } from './events.ts';
import { reviewToCome } from './follow-up.ts';
import { unionOf, type Principals } from './people.ts';
import { maximumPrincipals } from './plan.ts';
import { approversOf } from './progress.ts';
import type { Pending, State } from './state.ts';
import { iso, windowBounds } from './window.ts';

/**
 * The proofs are signed: access is approved. Nothing happens where they were signed for something else than what is agreed now, and
 * nothing before a wish to cancel that came early has been judged.
 */
export function approve(state: State | undefined, { agreedAt, proofs }: Extract<Command, { type: 'approve' }>): readonly ApprovalEvent[] {
  if (state?.phase !== 'agreed' || state.since !== agreedAt || state.early.revocations.length > 0) return [];
  const { request } = state.pending;
  const grants = request.grants.flatMap((grant) => {
    const proof = proofs[grant.grantId];
    return proof === undefined ? [] : [{ ...grant, proof }];
  });
  if (grants.length < request.grants.length) return [];
  const review = reviewToCome(state.pending, agreedAt);
  return [
    { type: 'AccessApproved.v1', data: { ...approvedContent(state.pending, agreedAt), grants } },
    ...(review === undefined ? [] : [{ type: 'ReviewAwaited', data: { requestId: request.requestId, review } } as const]),
  ];
}

/** What the approval of a request says on which all agreed at `agreedAt` (ms), without the proofs, which sign it. */
export function approvedContent(pending: Pending, agreedAt: number): ApprovedContent {
  const { request, approvals } = pending;
  const { requestId, requester, askedBy, grants, acceptedAt, acceptance, breakGlass, extends: extended, stretch } = request;
  return {
    requestId,
    requester,
    ...(askedBy === undefined ? {} : { askedBy }),
    grants,
    window: windowBounds(request, agreedAt),
    approvals: approvals.map(({ signature: _signature, ...approval }) => approval),
    acceptedAt,
    acceptance,
    decisions: approvals.map(({ signature }) => signature),
    revocableBy: revocableBy(pending),
    breakGlass,
    ...(extended === undefined ? {} : { extends: extended }),
    ...(stretch === undefined ? {} : { stretch }),
    approvedAt: iso(agreedAt),
  };
}

/** Who may cancel the request or end its access, beside the requester: who asked for it, administrators, every stage's approvers. */
export function revocableBy({ request, policies }: Pending): Principals {
  const askedBy = { groupIds: [], userIds: request.askedBy === undefined ? [] : [request.askedBy.userId] };
  const { groupIds, userIds } = unionOf([askedBy, request.administrators, ...approversOf(policies)]);
  // Only fifty administrators named one by one, beside who asked, come to more: a plan with approvers is refused before that.
  return { groupIds: groupIds.slice(0, maximumPrincipals), userIds: userIds.slice(0, maximumPrincipals) };
}
