import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { uuid, windowBounds } from '../primitives.ts';

/** Approved access waits for its start. */
export const accessScheduledV1 = defineFact('team.expiry', {
  detailType: 'AccessScheduled.v1',
  summary: 'Approved access waits for its start.',
  data: z.object({
    requestId: uuid,
    grantIds: z.array(uuid).min(1).max(50),
    window: windowBounds,
  }),
});
export type AccessScheduledV1 = DataOf<typeof accessScheduledV1>;
