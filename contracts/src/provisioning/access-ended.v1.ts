import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { assignment, timestamp, uuid } from '../primitives.ts';

/** Nothing of a grant is left in Identity Center, or what is left is not its own. */
export const accessEndedV1 = defineFact('team.provisioning', {
  detailType: 'AccessEnded.v1',
  summary: 'Nothing of a grant is left in Identity Center, or what is left is not its own.',
  data: z.object({
    requestId: uuid,
    grantId: uuid,
    assignment,
    how: z.enum(['deleted', 'kept_for_other_grant', 'existed_before', 'never_created']),
    /** When AWS reported the deletion done. Only with `deleted`. */
    removedAt: timestamp.optional(),
    /** From then on no credentials issued under this grant work: removal plus the permission set's session duration. Only with `deleted`. */
    credentialsUselessBy: timestamp.optional(),
    endedAt: timestamp,
  }),
});
export type AccessEndedV1 = DataOf<typeof accessEndedV1>;
