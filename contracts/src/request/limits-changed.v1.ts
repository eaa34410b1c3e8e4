import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { limits } from '../policy.ts';
import { actor, timestamp, uuid } from '../primitives.ts';

/** The limits were replaced. */
export const limitsChangedV1 = defineFact('team.request', {
  detailType: 'LimitsChanged.v1',
  summary: 'The limits were replaced.',
  data: z.object({
    changeId: uuid,
    version: z.int().min(1),
    before: limits.optional(),
    after: limits,
    changedBy: actor,
    agreedBy: actor.optional(),
    changedAt: timestamp,
  }),
});
export type LimitsChangedV1 = DataOf<typeof limitsChangedV1>;
