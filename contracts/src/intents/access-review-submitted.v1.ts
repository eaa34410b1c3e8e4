import * as z from 'zod';
import { defineIntent, type DataOf } from '../define-event.ts';
import { comment, jws, shortText, uuid } from '../primitives.ts';

/** Somebody reviewed a use of break glass. */
export const accessReviewSubmittedV1 = defineIntent({
  detailType: 'AccessReviewSubmitted.v1',
  summary: 'Somebody reviewed a use of break glass.',
  data: z.object({
    requestId: uuid,
    reviewer: shortText,
    verdict: z.enum(['justified', 'not-justified']),
    comment: comment.optional(),
    signature: jws,
  }),
});
export type AccessReviewSubmittedV1 = DataOf<typeof accessReviewSubmittedV1>;
