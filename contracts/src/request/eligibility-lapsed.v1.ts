import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { reason, timestamp, uuid } from '../primitives.ts';

/** A scheduled request is no longer allowed at its start. */
export const eligibilityLapsedV1 = defineFact('team.request', {
  detailType: 'EligibilityLapsed.v1',
  summary: 'A scheduled request is no longer allowed at its start.',
  data: z.object({
    requestId: uuid,
    grantIds: z.array(uuid).min(1).max(50),
    /** The `AccessOpeningDue` that asked. */
    openingDueId: uuid,
    reasons: z.array(reason).min(1).max(100),
    lapsedAt: timestamp,
  }),
});
export type EligibilityLapsedV1 = DataOf<typeof eligibilityLapsedV1>;
