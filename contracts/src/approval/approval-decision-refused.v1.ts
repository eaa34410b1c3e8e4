import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { reason, shortText, uuid } from '../primitives.ts';

/** A decision does not count; every reason is given at once. */
export const approvalDecisionRefusedV1 = defineFact('team.approval', {
  detailType: 'ApprovalDecisionRefused.v1',
  summary: 'A decision does not count; every reason is given at once.',
  data: z.object({
    requestId: uuid,
    decisionId: uuid,
    decider: shortText.optional(),
    reasons: z.array(reason).min(1).max(50),
  }),
});
export type ApprovalDecisionRefusedV1 = DataOf<typeof approvalDecisionRefusedV1>;
