import * as z from 'zod';
import { defineIntent, type DataOf } from '../define-event.ts';
import { approverPolicy, policyId } from '../policy.ts';
import { shortText, uuid } from '../primitives.ts';

/** An approver policy is to be created, replaced or removed. */
export const approverPolicySubmittedV1 = defineIntent({
  detailType: 'ApproverPolicySubmitted.v1',
  summary: 'An approver policy is to be created, replaced or removed.',
  data: z.object({
    changeId: uuid,
    /** User id or user name. */
    submittedBy: shortText,
    policyId,
    /** Version that the change was made against; 0 where there is none yet. */
    expectedVersion: z.int().min(0),
    /** Absent: the policy is to be removed. */
    policy: approverPolicy.optional(),
  }),
});
export type ApproverPolicySubmittedV1 = DataOf<typeof approverPolicySubmittedV1>;
