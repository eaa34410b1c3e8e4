import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { assignment, timestamp, uuid } from '../primitives.ts';

/** Identity Center holds the assignment; the person can use it. */
export const accessGrantedV1 = defineFact('team.provisioning', {
  detailType: 'AccessGranted.v1',
  summary: 'Identity Center holds the assignment; the person can use it.',
  data: z.object({
    requestId: uuid,
    grantId: uuid,
    assignment,
    /** `created` by us for this grant; `shared` with another grant of ours; `existed_before` us and stays afterwards. */
    how: z.enum(['created', 'shared', 'existed_before']),
    grantedAt: timestamp,
    /** When this grant ends by provisioning's own reckoning; expiry's is the same. */
    endsAt: timestamp,
  }),
});
export type AccessGrantedV1 = DataOf<typeof accessGrantedV1>;
