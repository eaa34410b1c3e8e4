import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { actor, comment, timestamp, uuid } from '../primitives.ts';

/** A request was cancelled while it waited. */
export const accessCancelledV1 = defineFact('team.approval', {
  detailType: 'AccessCancelled.v1',
  summary: 'A request was cancelled while it waited.',
  data: z.object({
    requestId: uuid,
    by: actor,
    reason: comment.optional(),
    cancelledAt: timestamp,
  }),
});
export type AccessCancelledV1 = DataOf<typeof accessCancelledV1>;
