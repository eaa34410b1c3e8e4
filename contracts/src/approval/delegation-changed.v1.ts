import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { person, timestamp, uuid } from '../primitives.ts';

/** Somebody decides in another's place for a time, or no longer. */
export const delegationChangedV1 = defineFact('team.approval', {
  detailType: 'DelegationChanged.v1',
  summary: 'Somebody decides in another’s place for a time, or no longer.',
  data: z.object({
    delegationId: uuid,
    delegator: person,
    /** Absent: nobody does any more. */
    delegate: person.optional(),
    from: timestamp,
    until: timestamp,
    changedAt: timestamp,
  }),
});
export type DelegationChangedV1 = DataOf<typeof delegationChangedV1>;
