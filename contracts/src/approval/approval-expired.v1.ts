import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { timestamp, uuid } from '../primitives.ts';

/** Nobody decided in time. */
export const approvalExpiredV1 = defineFact('team.approval', {
  detailType: 'ApprovalExpired.v1',
  summary: 'Nobody decided in time.',
  data: z.object({
    requestId: uuid,
    deadlineAt: timestamp,
  }),
});
export type ApprovalExpiredV1 = DataOf<typeof approvalExpiredV1>;
