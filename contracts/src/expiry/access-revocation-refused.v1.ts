import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { reason, shortText, uuid } from '../primitives.ts';

/** Access was not ended; says why. */
export const accessRevocationRefusedV1 = defineFact('team.expiry', {
  detailType: 'AccessRevocationRefused.v1',
  summary: 'Access was not ended; says why.',
  data: z.object({
    requestId: uuid,
    reason,
    by: shortText.optional(),
  }),
});
export type AccessRevocationRefusedV1 = DataOf<typeof accessRevocationRefusedV1>;
