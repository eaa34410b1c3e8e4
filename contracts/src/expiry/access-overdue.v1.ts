import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { assignment, timestamp, uuid } from '../primitives.ts';

/** The end of a grant is not confirmed within the stated bound. */
export const accessOverdueV1 = defineFact('team.expiry', {
  detailType: 'AccessOverdue.v1',
  summary: 'The end of a grant is not confirmed within the stated bound.',
  data: z.object({
    requestId: uuid,
    grantId: uuid,
    assignment,
    endedAt: timestamp,
    overdueSince: timestamp,
  }),
});
export type AccessOverdueV1 = DataOf<typeof accessOverdueV1>;
