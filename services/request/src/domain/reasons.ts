/** Why something is refused; `code` never changes once published, `message` is for people (at most 500 characters). */
export interface Reason {
  readonly code: `ERR_${string}`;
  readonly message: string;
}

/** Why a request is rejected: which field is wrong, or which target, where it is one. */
export interface RejectionReason extends Reason {
  readonly field?: string;
  readonly target?: { readonly accountId: string; readonly permissionSet: string };
}

/** How many reasons one rejection carries. */
export const maximumReasons = 80;

/** As many reasons as one rejection carries; where there are more, the last one says how many. */
export function asManyAsFit(reasons: readonly RejectionReason[]): readonly RejectionReason[] {
  if (reasons.length <= maximumReasons) return reasons;
  const kept = reasons.slice(0, maximumReasons - 1);
  const more = reasons.length - kept.length;
  return [...kept, { code: 'ERR_MORE_REASONS', message: `and ${more} more reasons; correct those above and ask again to see the rest` }];
}
