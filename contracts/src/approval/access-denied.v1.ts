import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { comment, person, reason, timestamp, uuid } from '../primitives.ts';

/** A request was denied, by an approver or because nobody could approve it. */
export const accessDeniedV1 = defineFact('team.approval', {
  detailType: 'AccessDenied.v1',
  summary: 'A request was denied, by an approver or because nobody could approve it.',
  data: z.object({
    requestId: uuid,
    reason,
    decider: person.optional(),
    comment: comment.optional(),
    deniedAt: timestamp,
  }),
});
export type AccessDeniedV1 = DataOf<typeof accessDeniedV1>;
