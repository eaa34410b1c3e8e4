import type { AccessRequestAcceptedV1, AccessRequestedV1, AccessRequestRejectedV1 } from '@team/contracts';

/** One request, from the moment its id is claimed. Times are milliseconds since the epoch. */
export interface RequestState {
  readonly requestId: string;
  /** Digest of what was asked and by which emitter: the same id with other content is another request's attempt. */
  readonly contentDigest: string;
  /** Absent: what came broke its contract, and was rejected for that. */
  readonly asked?: AccessRequestedV1;
  readonly emitter: { readonly source: string; readonly account: string };
  readonly receivedAt: number;
  /** `received`: claimed, not judged yet. */
  readonly status: 'received' | 'accepted' | 'rejected';
  /** When an unfinished judgement is taken up again. */
  readonly resumeAt?: number;
  readonly resumed: number;
  readonly accepted?: AccessRequestAcceptedV1;
  /** Digests that came under this id and were ignored, so that each is said once. */
  readonly ignored: readonly string[];
  /** The last openings answered, by the event that asked. */
  readonly answeredOpenings: readonly string[];
}

export type RejectionReason = AccessRequestRejectedV1['reasons'][number];

/** Something under a readable request id that breaks the contract of `AccessRequested`. */
export interface Malformed {
  readonly malformed: readonly RejectionReason[];
}

export type RequestCommand =
  | {
      readonly type: 'receive';
      readonly requestId: string;
      readonly asked: AccessRequestedV1 | Malformed;
      readonly contentDigest: string;
      readonly emitter: { readonly source: string; readonly account: string };
    }
  | { readonly type: 'accept'; readonly accepted: AccessRequestAcceptedV1 }
  | { readonly type: 'reject'; readonly reasons: readonly RejectionReason[] }
  | {
      readonly type: 'answer-opening';
      readonly openingDueId: string;
      readonly confirmed: readonly string[];
      readonly lapsed: readonly string[];
      readonly reasons: readonly { readonly code: string; readonly message: string }[];
    }
  | { readonly type: 'due' };
