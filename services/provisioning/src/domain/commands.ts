import type { AssignmentId, Bounds } from './assignment.ts';
import type { Reason } from './events.ts';

/** The grant that an event speaks of. */
export interface GrantRef {
  readonly grantId: string;
  readonly requestId: string;
  readonly assignment: AssignmentId;
}

/** Why AWS did not take a call: `busy` passes by itself, `missing` says that something named is not there, `impossible` stays. */
export type Refusal = 'busy' | 'missing' | 'impossible';

export type AssignmentCommand =
  /** A window was opened and its evidence is whole. `sessionMinutes`: of the permission set, when the grant was asked for. */
  | ({
      readonly type: 'open';
      readonly windowEventId: string;
      readonly breakGlass: boolean;
      readonly sessionMinutes: number;
      readonly bounds: Bounds;
    } & GrantRef)
  /** An event that asks for a window is refused. `gives-up`: the grant fails with it, unless it is known and goes on. */
  | ({ readonly type: 'refuse'; readonly windowEventId: string; readonly reason: Reason; readonly effect: 'gives-up' | 'goes-on' } & GrantRef)
  /** The grant is over. */
  | ({ readonly type: 'end' } & GrantRef)
  | { readonly type: 'due' }
  /** The reconciler came to see whether all is as it should be. */
  | { readonly type: 'check' }
  /**
   * AWS was asked whether the assignment is there; a step begun from the answer runs until `until`. `recreate`: what was granted and
   * is gone is created again, within its bounds.
   */
  | { readonly type: 'looked'; readonly epoch: number; readonly present: boolean; readonly until: number; readonly recreate: boolean }
  /** AWS would not say whether it is there. */
  | { readonly type: 'unseen'; readonly epoch: number; readonly reason: Reason }
  | { readonly type: 'begin-removal'; readonly epoch: number; readonly until: number }
  /** AWS took the operation. */
  | { readonly type: 'accepted'; readonly epoch: number; readonly awsRequestId: string }
  /** AWS did not take the operation. */
  | { readonly type: 'refused'; readonly epoch: number; readonly refusal: Refusal; readonly reason: Reason }
  /** AWS reported the operation done. `sessionMinutes` of the permission set, for a deletion. */
  | { readonly type: 'succeeded'; readonly epoch: number; readonly sessionMinutes: number }
  | { readonly type: 'failed'; readonly epoch: number; readonly reason: Reason }
  /** AWS has no trace of the operation; this is what it holds instead. */
  | { readonly type: 'read-back'; readonly epoch: number; readonly present: boolean; readonly sessionMinutes: number };
