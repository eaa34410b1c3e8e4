import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { reason, shortText, uuid } from '../primitives.ts';

/** A change of approver policy was refused; every reason is given at once. */
export const approverPolicyRefusedV1 = defineFact('team.approval', {
  detailType: 'ApproverPolicyRefused.v1',
  summary: 'A change of approver policy was refused; every reason is given at once.',
  data: z.object({
    changeId: uuid,
    submittedBy: shortText,
    reasons: z.array(reason).min(1).max(100),
  }),
});
export type ApproverPolicyRefusedV1 = DataOf<typeof approverPolicyRefusedV1>;
