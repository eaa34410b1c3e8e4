import type { ApprovalEvent } from './events.ts';
import type { Reason } from './people.ts';
import type { Over, State } from './state.ts';

/** Whether this very submission has had its answer: it was refused, or it counted. */
export function wasAnswered(state: State | undefined, digest: string): boolean {
  return state !== undefined && (state.answered.includes(digest) || Object.values(state.counted).includes(digest));
}

/** Says why a decision does not count. */
export function refuseDecision(
  { requestId, decisionId, decider, digest }: { requestId: string; decisionId: string; decider?: string; digest: string },
  reasons: readonly Reason[],
  now: number,
): readonly ApprovalEvent[] {
  return [
    { type: 'SubmissionAnswered', data: { requestId, digest, at: now } },
    { type: 'ApprovalDecisionRefused.v1', data: { requestId, decisionId, ...(decider === undefined ? {} : { decider }), reasons } },
  ];
}

/** Says why a review does not count. */
export function refuseReview(
  { requestId, reviewer, digest }: { requestId: string; reviewer: string; digest: string },
  reasons: readonly Reason[],
  now: number,
): readonly ApprovalEvent[] {
  return [
    { type: 'SubmissionAnswered', data: { requestId, digest, at: now } },
    { type: 'AccessReviewRefused.v1', data: { requestId, reviewer, reasons } },
  ];
}

/** Says why a request is not cancelled. */
export function refuseRevocation(
  { requestId, digest }: { requestId: string; digest: string },
  reason: Reason,
  now: number,
  by: string | undefined,
): readonly ApprovalEvent[] {
  return [
    { type: 'SubmissionAnswered', data: { requestId, digest, at: now } },
    { type: 'CancellationRefused.v1', data: { requestId, reason, ...(by === undefined ? {} : { by }) } },
  ];
}

const overInWords: Readonly<Record<Over | 'agreed', string>> = {
  agreed: 'is approved already',
  approved: 'is approved already',
  denied: 'was denied',
  expired: 'was not approved in time and has expired',
  cancelled: 'was cancelled',
};

/** The request does not wait any more. */
export function requestOver(phase: Over | 'agreed'): Reason {
  return { code: 'ERR_REQUEST_OVER', message: `the request ${overInWords[phase]}` };
}
