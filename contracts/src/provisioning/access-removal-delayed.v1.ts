import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { assignment, reason, timestamp, uuid } from '../primitives.ts';

/** An assignment that must go is still there; tried again until it is gone. */
export const accessRemovalDelayedV1 = defineFact('team.provisioning', {
  detailType: 'AccessRemovalDelayed.v1',
  summary: 'An assignment that must go is still there; tried again until it is gone.',
  data: z.object({
    requestId: uuid,
    grantIds: z.array(uuid).min(1).max(50),
    assignment,
    attempts: z.int().min(1),
    reason,
    nextAttemptAt: timestamp,
  }),
});
export type AccessRemovalDelayedV1 = DataOf<typeof accessRemovalDelayedV1>;
