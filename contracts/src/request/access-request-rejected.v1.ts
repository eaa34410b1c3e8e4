import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { maximumReasons, reason, shortText, uuid, timestamp, accountId } from '../primitives.ts';

/** A request is not allowed; every reason is given at once. */
export const accessRequestRejectedV1 = defineFact('team.request', {
  detailType: 'AccessRequestRejected.v1',
  summary: 'A request is not allowed; every reason is given at once.',
  data: z.object({
    requestId: uuid,
    /** As the emitter gave it. */
    requester: shortText.optional(),
    reasons: z
      .array(
        reason.extend({
          /** Dotted path of the field that is wrong, where one is: `data.targets.49.permissionSetName`. */
          field: z.string().max(64).optional(),
          target: z.object({ accountId: accountId.optional(), permissionSet: shortText.optional() }).optional(),
        }),
      )
      .min(1)
      .max(maximumReasons),
    rejectedAt: timestamp,
  }),
});
export type AccessRequestRejectedV1 = DataOf<typeof accessRequestRejectedV1>;
