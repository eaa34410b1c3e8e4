import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { actor, assignment, reason, timestamp, uuid } from '../primitives.ts';

/** A grant was ended before its time; said again each minute until its end is confirmed. */
export const accessRevokedV1 = defineFact('team.expiry', {
  detailType: 'AccessRevoked.v1',
  summary: 'A grant was ended before its time; said again each minute until its end is confirmed.',
  data: z.object({
    requestId: uuid,
    grantId: uuid,
    assignment,
    endedAt: timestamp,
    repetition: z.int().min(0),
    by: actor,
    reason,
    /** False where the grant was ended before expiry opened it. */
    opened: z.boolean(),
  }),
});
export type AccessRevokedV1 = DataOf<typeof accessRevokedV1>;
