import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { policyId } from '../policy.ts';
import { maximumOpenStages, person, principals, timestamp, uuid } from '../primitives.ts';

/** Approvers are reminded of a request that waits. */
export const approvalRemindedV1 = defineFact('team.approval', {
  detailType: 'ApprovalReminded.v1',
  summary: 'Approvers are reminded of a request that waits.',
  data: z.object({
    requestId: uuid,
    requester: person,
    openStages: z
      .array(
        z.object({
          grantIds: z.array(uuid).min(1).max(50),
          /** Approver policy that asks. */
          policyId,
          /** Counted from 1. */
          stage: z.int().min(1).max(5),
          stages: z.int().min(1).max(5),
          quorum: z.int().min(1).max(10),
          /** How many of the quorum are still missing. */
          missing: z.int().min(1).max(10),
          approvers: principals,
        }),
      )
      .min(1)
      .max(maximumOpenStages),
    /** Counted from 1. */
    reminder: z.int().min(1).max(100),
    deadlineAt: timestamp,
  }),
});
export type ApprovalRemindedV1 = DataOf<typeof approvalRemindedV1>;
