const grantStatuses = ['scheduled', 'activating', 'active', 'ending', 'ended', 'revoked', 'failed'] as const;
/** Status of one grant, from approval on. */
export type GrantStatus = (typeof grantStatuses)[number];

const pendingStatuses = ['pending', 'rejected', 'denied', 'cancelled', 'approval-expired'] as const;
/** Status of a request before its grants have their own. */
export type PendingStatus = (typeof pendingStatuses)[number];

/** Every status that a request can have. */
export const requestStatuses = [...pendingStatuses, ...grantStatuses] as const;
/** Status of a request as people see it. */
export type RequestStatus = (typeof requestStatuses)[number];

const finalStatuses: ReadonlySet<RequestStatus> = new Set(['rejected', 'denied', 'cancelled', 'approval-expired', 'ended', 'revoked', 'failed']);

/** True for a status that never changes again. */
export function isFinal(status: RequestStatus): boolean {
  return finalStatuses.has(status);
}

/**
 * Status of an approved request, derived from its grants: what is still moving wins over what is over, what the person
 * can use now wins over what is to come.
 *
 * @example requestStatus(['active', 'failed']) === 'active'
 */
export function requestStatus(grants: readonly GrantStatus[]): GrantStatus {
  const order: readonly GrantStatus[] = ['active', 'activating', 'ending', 'scheduled', 'ended', 'revoked', 'failed'];
  const found = order.find((status) => grants.includes(status));
  if (found === undefined) throw new RangeError('an approved request has at least one grant');
  return found;
}
