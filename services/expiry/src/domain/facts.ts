import type { Assignment, Fact, OfGrant } from './events.ts';
import { extendedGrant, type ApprovedRequest, type Extended } from './parts.ts';
import type { Actor, Ending, Grant, Reason } from './state.ts';
import { endOf } from './steps.ts';
import { toTimestamp } from './timing.ts';

/** What the service itself ends access as. */
export const expiryItself: Actor = { kind: 'service', name: 'expiry' };

export function accessScheduled({ requestId, approval }: ApprovedRequest, grantIds: string[], at: number): Fact {
  return { type: 'AccessScheduled.v1', at, data: { requestId, grantIds, window: approval.window } };
}

export function openingDue({ requestId, approval }: ApprovedRequest, grantIds: string[], at: number): Fact {
  return { type: 'AccessOpeningDue.v1', at, data: { requestId, grantIds, openBy: approval.window.openBy } };
}

/**
 * Whether a request has this grant, and on this very assignment: provisioning also answers events that were forged for another one. Ids of
 * people may be spelled in either letter case, and it answers in the spelling that it heard first.
 */
export function isGrantOn({ approval }: ApprovedRequest, { grantId, assignment }: OfGrant): boolean {
  const grant = approval.grants[grantId];
  return (
    grant?.accountId === assignment.accountId &&
    grant.permissionSetArn === assignment.permissionSetArn &&
    approval.requester.userId.toLowerCase() === assignment.principalId.toLowerCase()
  );
}

/** The window of a grant that was not opened before. */
export function windowOpened(request: ApprovedRequest, grantId: string, at: number): Fact {
  const { requestId, approval, proofs } = request;
  const { requester: principal, window, breakGlass, acceptance, decisions } = approval;
  const grant = grantOf(request, grantId);
  const proof = proofs[grantId];
  if (proof === undefined) throw new RangeError(`the proof of grant ${grantId} of request ${requestId} is used up`);
  const endsAt = approval.extends === undefined ? {} : { endsAt: toTimestamp(endOf(request, grantId)) };
  const evidence = { proof, acceptance, decisions: [...decisions] };
  return {
    type: 'AccessWindowOpened.v1',
    at,
    data: { requestId, principal, grant, window, ...endsAt, breakGlass, ...evidence, openedAt: toTimestamp(at) },
  };
}

/** Every grant that one of an extension prolongs, from the nearest to the first of the stretch, goes on under it. */
export function goesOn(part: ApprovedRequest, grantId: string, at: number): Fact[] {
  const extension = { requestId: part.requestId, grantId };
  const endsAt = toTimestamp(endOf(part, grantId));
  return prolongedBy(part, grantId).map((earlier) => ({
    type: 'AccessExtended.v1',
    at,
    data: { ...ofGrant(earlier.part, earlier.grantId), extension, endsAt, extendedAt: toTimestamp(at) },
  }));
}

function prolongedBy(part: ApprovedRequest, grantId: string): Extended[] {
  const extended = part.approval.extends === undefined ? 'none' : extendedGrant(part, grantId);
  return typeof extended === 'string' ? [] : [extended, ...prolongedBy(extended.part, extended.grantId)];
}

/** The end of a grant, said for the first time or again. */
export function ended(
  request: ApprovedRequest,
  grantId: string,
  ending: Pick<Ending, 'endedAt' | 'cause' | 'repetition'>,
  at: number,
): Fact {
  const { endedAt, cause, repetition } = ending;
  const data = { ...ofGrant(request, grantId), endedAt: toTimestamp(endedAt), repetition };
  if (cause.kind === 'time') return { type: 'AccessExpired.v1', at, data };
  return { type: 'AccessRevoked.v1', at, data: { ...data, by: cause.by, reason: cause.reason, opened: cause.opened } };
}

/** The end of a grant was to be confirmed by `since` (ms since the epoch), and is not. */
export function overdue(request: ApprovedRequest, grantId: string, endedAt: number, since: number, at: number): Fact {
  return {
    type: 'AccessOverdue.v1',
    at,
    data: { ...ofGrant(request, grantId), endedAt: toTimestamp(endedAt), overdueSince: toTimestamp(since) },
  };
}

export function revocationRefused(requestId: string, reason: Reason, by: string | undefined, at: number): Fact {
  return { type: 'AccessRevocationRefused.v1', at, data: { requestId, reason, ...(by === undefined ? {} : { by }) } };
}

function ofGrant(request: ApprovedRequest, grantId: string): { requestId: string; grantId: string; assignment: Assignment } {
  const { accountId, permissionSetArn } = grantOf(request, grantId);
  return {
    requestId: request.requestId,
    grantId,
    assignment: { principalId: request.approval.requester.userId, accountId, permissionSetArn },
  };
}

function grantOf({ requestId, approval }: ApprovedRequest, grantId: string): Grant {
  const grant = approval.grants[grantId];
  if (grant === undefined) throw new RangeError(`request ${requestId} has no grant ${grantId}`);
  return grant;
}
