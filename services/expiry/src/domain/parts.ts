import { progressOf, statusOf, type Approval, type GrantStatus, type Progress, type RequestState, type Revocation } from './state.ts';

/** A request whose approval is known; of an extension, with the request that it extends, where that is known. */
export type ApprovedRequest = RequestState & { readonly approval: Approval; readonly extended?: ApprovedRequest };

/**
 * Every approved request that lives in an item: the one whose item it is, then those that prolong it. All of them share what is known of
 * grants, whose ids are used once, and of revocations.
 */
export function partsOf(state: RequestState): readonly ApprovedRequest[] {
  const parts = new Map<string, ApprovedRequest>();
  if (state.approval !== undefined) parts.set(state.requestId, { ...state, approval: state.approval });
  let left = Object.entries(state.extensions ?? {});
  // Each after what it extends, in whatever order they came; what extends a request not known yet comes last.
  for (let placed = true; placed; ) {
    const next = left.filter(([, { extends: extended = '' }]) => parts.has(extended));
    for (const [requestId, approval] of next) {
      const extended = parts.get(approval.extends ?? '');
      parts.set(requestId, { ...state, requestId, approval, ...(extended === undefined ? {} : { extended }) });
    }
    left = left.filter(([requestId]) => !parts.has(requestId));
    placed = next.length > 0;
  }
  for (const [requestId, approval] of left) parts.set(requestId, { ...state, requestId, approval });
  return [...parts.values()];
}

/** The approved request of this id that lives in an item. */
export const partNamed = (state: RequestState | undefined, requestId: string): ApprovedRequest | undefined =>
  state === undefined ? undefined : partsOf(state).find((part) => part.requestId === requestId);

/** Of which request a revocation speaks, once that is approved, and all that it prolongs, which it ends too. */
export function partOfRevocation(state: RequestState, { requestId = state.requestId }: Revocation): ApprovedRequest | undefined {
  const part = partNamed(state, requestId);
  return part !== undefined && isWhole(part) ? part : undefined;
}

const isWhole = ({ approval, extended }: ApprovedRequest): boolean => approval.extends === undefined || (extended !== undefined && isWhole(extended));

/** Every grant of one approved request, with what is known of it. */
export function grantsOf(part: ApprovedRequest): readonly (readonly [string, Progress])[] {
  return Object.keys(part.approval.grants).map((grantId) => [grantId, progressOf(part, grantId)]);
}

/** What gives a grant: the same for a grant and for the one that it prolongs. */
export function targetOf({ approval }: ApprovedRequest, grantId: string): string | undefined {
  const grant = approval.grants[grantId];
  return grant && `${approval.requester.userId.toLowerCase()} ${grant.accountId} ${grant.permissionSetArn}`;
}

/** The grant that an extension's grant prolongs, and how it stands. */
export interface Extended {
  readonly part: ApprovedRequest;
  readonly grantId: string;
  readonly status: GrantStatus;
}

/** The grant that this one prolongs; `unheard` while the extended request is not known to be approved, `none` where it has no such grant. */
export function extendedGrant(part: ApprovedRequest, grantId: string): Extended | 'unheard' | 'none' {
  const { extended } = part;
  if (extended === undefined) return 'unheard';
  const wanted = targetOf(part, grantId);
  const found = grantsOf(extended).find(([candidate]) => targetOf(extended, candidate) === wanted);
  return found === undefined ? 'none' : { part: extended, grantId: found[0], status: statusOf(found[1]) };
}
