import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { openStage } from '../policy.ts';
import { maximumOpenStages, person, timestamp, uuid } from '../primitives.ts';

/** Approvers are reminded of a request that waits. */
export const approvalRemindedV1 = defineFact('team.approval', {
  detailType: 'ApprovalReminded.v1',
  summary: 'Approvers are reminded of a request that waits.',
  data: z.object({
    requestId: uuid,
    requester: person,
    openStages: z.array(openStage).min(1).max(maximumOpenStages),
    /** Counted from 1. */
    reminder: z.int().min(1).max(100),
    deadlineAt: timestamp,
  }),
});
export type ApprovalRemindedV1 = DataOf<typeof approvalRemindedV1>;
