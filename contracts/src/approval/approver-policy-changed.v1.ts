import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { approverPolicy, policyId } from '../policy.ts';
import { actor, timestamp, uuid } from '../primitives.ts';

/** An approver policy was created, replaced or removed. */
export const approverPolicyChangedV1 = defineFact('team.approval', {
  detailType: 'ApproverPolicyChanged.v1',
  summary: 'An approver policy was created, replaced or removed.',
  data: z.object({
    changeId: uuid,
    policyId,
    version: z.int().min(1),
    before: approverPolicy.optional(),
    /** Absent: it was removed. */
    after: approverPolicy.optional(),
    changedBy: actor,
    agreedBy: actor.optional(),
    changedAt: timestamp,
  }),
});
export type ApproverPolicyChangedV1 = DataOf<typeof approverPolicyChangedV1>;
