import * as z from 'zod';
import { defineIntent, type DataOf } from '../define-event.ts';
import { comment, shortText, uuid } from '../primitives.ts';

/** Somebody wants a request cancelled or access ended; the same intent before and after approval. */
export const accessRevocationRequestedV1 = defineIntent({
  detailType: 'AccessRevocationRequested.v1',
  summary: 'Somebody wants a request cancelled or access ended; the same intent before and after approval.',
  data: z.object({
    requestId: uuid,
    /** Absent: all of the request. */
    grantIds: z.array(uuid).min(1).max(50).optional(),
    /** User id or user name on whose behalf a channel that authenticates people asks. */
    by: shortText.optional(),
    reason: comment.optional(),
  }),
});
export type AccessRevocationRequestedV1 = DataOf<typeof accessRevocationRequestedV1>;
