import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { reason, shortText, uuid } from '../primitives.ts';

/** A delegation was refused; every reason is given at once. */
export const delegationRefusedV1 = defineFact('team.approval', {
  detailType: 'DelegationRefused.v1',
  summary: 'A delegation was refused; every reason is given at once.',
  data: z.object({
    delegationId: uuid,
    delegator: shortText,
    reasons: z.array(reason).min(1).max(20),
  }),
});
export type DelegationRefusedV1 = DataOf<typeof delegationRefusedV1>;
