import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { assignment, timestamp, uuid } from '../primitives.ts';

/** Time ran out for a grant; said again each minute until its end is confirmed. */
export const accessExpiredV1 = defineFact('team.expiry', {
  detailType: 'AccessExpired.v1',
  summary: 'Time ran out for a grant; said again each minute until its end is confirmed.',
  data: z.object({
    requestId: uuid,
    grantId: uuid,
    assignment,
    /** The moment at which the grant ended. */
    endedAt: timestamp,
    /** 0 the first time. */
    repetition: z.int().min(0),
  }),
});
export type AccessExpiredV1 = DataOf<typeof accessExpiredV1>;
