import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { reason, shortText, uuid } from '../primitives.ts';

/** A review of break glass does not count; every reason is given at once. */
export const accessReviewRefusedV1 = defineFact('team.approval', {
  detailType: 'AccessReviewRefused.v1',
  summary: 'A review of break glass does not count; every reason is given at once.',
  data: z.object({
    requestId: uuid,
    reviewer: shortText,
    reasons: z.array(reason).min(1).max(20),
  }),
});
export type AccessReviewRefusedV1 = DataOf<typeof accessReviewRefusedV1>;
