import * as z from 'zod';
import { defineIntent, type DataOf } from '../define-event.ts';
import { policyId } from '../policy.ts';
import { accountId, justification, minutes, permissionSetArn, shortText, ticket, timestamp, uuid } from '../primitives.ts';

/** Somebody asks for permission sets in accounts for a time. */
export const accessRequestedV1 = defineIntent({
  detailType: 'AccessRequested.v1',
  summary: 'Somebody asks for permission sets in accounts for a time.',
  data: z.object({
    /** Chosen by the emitter; the idempotency key of the request. */
    requestId: uuid,
    /** Identity Store user id, or user name in any letter case. */
    requester: shortText,
    targets: z
      .array(z.union([z.object({ accountId, permissionSetArn }), z.object({ accountId, permissionSetName: shortText }), z.object({ bundle: policyId })]))
      .min(1)
      .max(50),
    /** Absent: as soon as it is approved. */
    startAt: timestamp.optional(),
    /** Absent: what the limits say. */
    durationMinutes: minutes.optional(),
    justification: justification.optional(),
    ticket: ticket.optional(),
    breakGlass: z.boolean().optional(),
    /** `requestId` of the running request that this one prolongs. */
    extends: uuid.optional(),
    /** Who asked, where that is not the requester: user id or user name. */
    askedBy: shortText.optional(),
  }),
});
export type AccessRequestedV1 = DataOf<typeof accessRequestedV1>;
