import * as z from 'zod';
import { defineIntent, type DataOf } from '../define-event.ts';
import { shortText, timestamp, uuid } from '../primitives.ts';

/** Somebody who is away wants another to decide in their place, or no longer. */
export const delegationSubmittedV1 = defineIntent({
  detailType: 'DelegationSubmitted.v1',
  summary: 'Somebody who is away wants another to decide in their place, or no longer.',
  data: z.object({
    delegationId: uuid,
    /** Who is away: user id or user name. */
    delegator: shortText,
    /** Who decides meanwhile: user id or user name. Absent: the delegation is withdrawn. */
    delegate: shortText.optional(),
    from: timestamp,
    until: timestamp,
  }),
});
export type DelegationSubmittedV1 = DataOf<typeof delegationSubmittedV1>;
