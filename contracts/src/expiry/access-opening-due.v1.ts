import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { timestamp, uuid } from '../primitives.ts';

/** The start of scheduled access has come; eligibility is to be judged again. */
export const accessOpeningDueV1 = defineFact('team.expiry', {
  detailType: 'AccessOpeningDue.v1',
  summary: 'The start of scheduled access has come; eligibility is to be judged again.',
  data: z.object({
    requestId: uuid,
    grantIds: z.array(uuid).min(1).max(50),
    openBy: timestamp,
  }),
});
export type AccessOpeningDueV1 = DataOf<typeof accessOpeningDueV1>;
