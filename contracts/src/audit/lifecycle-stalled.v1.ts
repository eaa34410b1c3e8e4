import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { shortText, timestamp, uuid } from '../primitives.ts';

/** What should have followed an event did not within its bound; sent again with `clearedAt` when it did. */
export const lifecycleStalledV1 = defineFact('team.audit', {
  detailType: 'LifecycleStalled.v1',
  summary: 'What should have followed an event did not within its bound; sent again with `clearedAt` when it did.',
  data: z.object({
    requestId: uuid,
    grantId: uuid.optional(),
    missing: z.array(shortText).min(1).max(10),
    lastSeen: z.object({ detailType: shortText, eventId: uuid, at: timestamp }),
    boundSeconds: z.int().min(1),
    stalledSince: timestamp,
    clearedAt: timestamp.optional(),
  }),
});
export type LifecycleStalledV1 = DataOf<typeof lifecycleStalledV1>;
