import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { reason, shortText, uuid } from '../primitives.ts';

/** A request was not cancelled; says why. */
export const cancellationRefusedV1 = defineFact('team.approval', {
  detailType: 'CancellationRefused.v1',
  summary: 'A request was not cancelled; says why.',
  data: z.object({
    requestId: uuid,
    reason,
    by: shortText.optional(),
  }),
});
export type CancellationRefusedV1 = DataOf<typeof cancellationRefusedV1>;
