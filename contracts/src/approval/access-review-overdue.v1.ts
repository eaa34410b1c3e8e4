import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { person, principals, timestamp, uuid } from '../primitives.ts';

/** Nobody reviewed a use of break glass in time. */
export const accessReviewOverdueV1 = defineFact('team.approval', {
  detailType: 'AccessReviewOverdue.v1',
  summary: 'Nobody reviewed a use of break glass in time.',
  data: z.object({
    requestId: uuid,
    requester: person,
    reviewers: principals,
    reviewBy: timestamp,
    /** How often it has been said, 1 being the first time; each day again. */
    repetition: z.int().min(1).max(1_000),
  }),
});
export type AccessReviewOverdueV1 = DataOf<typeof accessReviewOverdueV1>;
