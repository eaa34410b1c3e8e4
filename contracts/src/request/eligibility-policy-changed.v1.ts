import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { eligibilityPolicy, policyId } from '../policy.ts';
import { actor, timestamp, uuid } from '../primitives.ts';

/** An eligibility policy was created, replaced or removed. */
export const eligibilityPolicyChangedV1 = defineFact('team.request', {
  detailType: 'EligibilityPolicyChanged.v1',
  summary: 'An eligibility policy was created, replaced or removed.',
  data: z.object({
    changeId: uuid,
    policyId,
    version: z.int().min(1),
    before: eligibilityPolicy.optional(),
    /** Absent: it was removed. */
    after: eligibilityPolicy.optional(),
    changedBy: actor,
    agreedBy: actor.optional(),
    changedAt: timestamp,
  }),
});
export type EligibilityPolicyChangedV1 = DataOf<typeof eligibilityPolicyChangedV1>;
