import * as z from 'zod';
import { defineIntent, type DataOf } from '../define-event.ts';
import { eligibilityPolicy, policyId } from '../policy.ts';
import { shortText, uuid } from '../primitives.ts';

/** An eligibility policy is to be created, replaced or removed. */
export const eligibilityPolicySubmittedV1 = defineIntent({
  detailType: 'EligibilityPolicySubmitted.v1',
  summary: 'An eligibility policy is to be created, replaced or removed.',
  data: z.object({
    changeId: uuid,
    /** User id or user name. */
    submittedBy: shortText,
    policyId,
    /** Version that the change was made against; 0 where there is none yet. */
    expectedVersion: z.int().min(0),
    /** Absent: the policy is to be removed. */
    policy: eligibilityPolicy.optional(),
  }),
});
export type EligibilityPolicySubmittedV1 = DataOf<typeof eligibilityPolicySubmittedV1>;
