import * as z from 'zod';
import { defineIntent, type DataOf } from '../define-event.ts';
import { comment, decisionJws, shortText, uuid } from '../primitives.ts';

/** Somebody said yes or no through a registered approval channel. */
export const approvalDecisionSubmittedV1 = defineIntent({
  detailType: 'ApprovalDecisionSubmitted.v1',
  summary: 'Somebody said yes or no through a registered approval channel.',
  data: z.object({
    requestId: uuid,
    decisionId: uuid,
    verdict: z.enum(['approve', 'deny']),
    /** User id or user name of who decided. */
    decider: shortText,
    comment: comment.optional(),
    /** The channel's JWS over decider, verdict, request digest, time of sign-in and expiry. */
    signature: decisionJws,
  }),
});
export type ApprovalDecisionSubmittedV1 = DataOf<typeof approvalDecisionSubmittedV1>;
