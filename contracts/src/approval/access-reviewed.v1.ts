import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { comment, person, timestamp, uuid } from '../primitives.ts';

/** A use of break glass was reviewed. */
export const accessReviewedV1 = defineFact('team.approval', {
  detailType: 'AccessReviewed.v1',
  summary: 'A use of break glass was reviewed.',
  data: z.object({
    requestId: uuid,
    reviewer: person,
    verdict: z.enum(['justified', 'not-justified']),
    comment: comment.optional(),
    reviewedAt: timestamp,
  }),
});
export type AccessReviewedV1 = DataOf<typeof accessReviewedV1>;
