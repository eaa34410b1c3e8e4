import * as z from 'zod';
import { defineIntent, type DataOf } from '../define-event.ts';
import { limits } from '../policy.ts';
import { shortText, uuid } from '../primitives.ts';

/** The limits are to be replaced. */
export const limitsSubmittedV1 = defineIntent({
  detailType: 'LimitsSubmitted.v1',
  summary: 'The limits are to be replaced.',
  data: z.object({
    changeId: uuid,
    /** User id or user name. */
    submittedBy: shortText,
    /** Version that the change was made against; 0 where there is none yet. */
    expectedVersion: z.int().min(0),
    limits,
  }),
});
export type LimitsSubmittedV1 = DataOf<typeof limitsSubmittedV1>;
