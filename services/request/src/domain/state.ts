import type { AcceptedRequest, AskedRequest, Claim } from './events.ts';
import type { Sender } from './emitter.ts';
import type { Reason, RejectionReason } from './reasons.ts';

/** One request, from the moment its id is claimed. Times are milliseconds since the epoch. */
export interface RequestState extends Claim {
  /** Absent: what first came under this id was no request, or one that breaks its contract. */
  readonly asked?: AskedRequest;
  /** `received`: claimed, not judged yet. */
  readonly status: 'received' | 'accepted' | 'rejected';
  /** When an unfinished judgement is taken up again. */
  readonly resumeAt?: number;
  readonly resumed: number;
  readonly accepted?: AcceptedRequest;
  /** Digests that came under this id and were ignored, so that each is said once. */
  readonly ignored: readonly string[];
  /** The last openings answered, by the event that asked. */
  readonly answeredOpenings: readonly string[];
}

/** Something under a readable request id that breaks the contract of a request. */
export interface Malformed {
  readonly malformed: readonly RejectionReason[];
}

export type RequestCommand =
  | {
      readonly type: 'receive';
      readonly requestId: string;
      readonly asked: AskedRequest | Malformed;
      readonly contentDigest: string;
      readonly emitter: Sender;
    }
  | { readonly type: 'accept'; readonly accepted: AcceptedRequest }
  | { readonly type: 'reject'; readonly reasons: readonly RejectionReason[] }
  | {
      readonly type: 'answer-opening';
      readonly openingDueId: string;
      readonly confirmed: readonly string[];
      readonly lapsed: readonly string[];
      readonly reasons: readonly Reason[];
    }
  | {
      /** An opening is due for what was not accepted here. */
      readonly type: 'disown-opening';
      readonly requestId: string;
      readonly openingDueId: string;
      readonly grantIds: readonly string[];
      readonly contentDigest: string;
      readonly emitter: Sender;
    }
  | { readonly type: 'due' };
