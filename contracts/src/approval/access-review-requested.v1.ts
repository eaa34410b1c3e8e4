import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { person, principals, timestamp, uuid } from '../primitives.ts';

/** A use of break glass waits for review. */
export const accessReviewRequestedV1 = defineFact('team.approval', {
  detailType: 'AccessReviewRequested.v1',
  summary: 'A use of break glass waits for review.',
  data: z.object({
    requestId: uuid,
    requester: person,
    reviewers: principals,
    reviewBy: timestamp,
  }),
});
export type AccessReviewRequestedV1 = DataOf<typeof accessReviewRequestedV1>;
