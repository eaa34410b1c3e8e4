import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { timestamp, uuid } from '../primitives.ts';

/** A scheduled request is still allowed at its start. */
export const eligibilityConfirmedV1 = defineFact('team.request', {
  detailType: 'EligibilityConfirmed.v1',
  summary: 'A scheduled request is still allowed at its start.',
  data: z.object({
    requestId: uuid,
    grantIds: z.array(uuid).min(1).max(50),
    /** The `AccessOpeningDue` that asked. */
    openingDueId: uuid,
    confirmedAt: timestamp,
  }),
});
export type EligibilityConfirmedV1 = DataOf<typeof eligibilityConfirmedV1>;
