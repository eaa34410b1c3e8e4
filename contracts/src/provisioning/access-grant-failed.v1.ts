import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { assignment, reason, timestamp, uuid } from '../primitives.ts';

/** A grant could not be provisioned, or an event asking for it was refused. */
export const accessGrantFailedV1 = defineFact('team.provisioning', {
  detailType: 'AccessGrantFailed.v1',
  summary: 'A grant could not be provisioned, or an event asking for it was refused.',
  data: z.object({
    requestId: uuid,
    grantId: uuid,
    assignment,
    /** `eventId` of the `AccessWindowOpened` that is answered. */
    windowEventId: uuid,
    reason,
    /** False where only this event was refused (forged, replayed with other content) and the grant itself, if there is one, goes on. */
    final: z.boolean(),
    failedAt: timestamp,
  }),
});
export type AccessGrantFailedV1 = DataOf<typeof accessGrantFailedV1>;
