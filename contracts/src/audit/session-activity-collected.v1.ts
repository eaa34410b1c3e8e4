import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { assignment, shortText, timestamp, uuid } from '../primitives.ts';

/** What a person did during a window was collected. */
export const sessionActivityCollectedV1 = defineFact('team.audit', {
  detailType: 'SessionActivityCollected.v1',
  summary: 'What a person did during a window was collected.',
  data: z.object({
    requestId: uuid,
    grantId: uuid,
    assignment,
    from: timestamp,
    to: timestamp,
    reads: z.int().min(0),
    writes: z.int().min(0),
    errors: z.int().min(0),
    /** Calls made after the assignment was removed. */
    afterRemoval: z.int().min(0),
    services: z.array(shortText).max(200),
    /** `missing`: could not be collected, which does not mean that nothing happened. */
    state: z.enum(['complete', 'partial', 'missing']),
    detailLocation: z.string().max(512).optional(),
    collectedAt: timestamp,
  }),
});
export type SessionActivityCollectedV1 = DataOf<typeof sessionActivityCollectedV1>;
