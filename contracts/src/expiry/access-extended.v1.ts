import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { assignment, timestamp, uuid } from '../primitives.ts';

/** A grant goes on under an extension, which opened; said of every request of the stretch before it. */
export const accessExtendedV1 = defineFact('team.expiry', {
  detailType: 'AccessExtended.v1',
  summary: 'A grant goes on under an extension, which opened; said of every request of the stretch before it.',
  data: z.object({
    requestId: uuid,
    grantId: uuid,
    assignment,
    /** The extension, and its grant, which holds the assignment until then. */
    extension: z.object({ requestId: uuid, grantId: uuid }),
    /** When the whole stretch ends now, unless it is ended or extended again. */
    endsAt: timestamp,
    extendedAt: timestamp,
  }),
});
export type AccessExtendedV1 = DataOf<typeof accessExtendedV1>;
