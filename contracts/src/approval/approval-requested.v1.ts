import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { policyId } from '../policy.ts';
import { digest, grant, justification, maximumOpenStages, minutes, person, principals, ticket, timestamp, uuid } from '../primitives.ts';

/** People are asked to decide; sent again when a later stage opens. */
export const approvalRequestedV1 = defineFact('team.approval', {
  detailType: 'ApprovalRequested.v1',
  summary: 'People are asked to decide; sent again when a later stage opens.',
  data: z.object({
    requestId: uuid,
    /** What a decision must be signed over. */
    requestDigest: digest,
    requester: person,
    askedBy: person.optional(),
    grants: z.array(grant).min(1).max(50),
    startAt: timestamp.optional(),
    durationMinutes: minutes,
    justification: justification.optional(),
    ticket: ticket.optional(),
    breakGlass: z.boolean(),
    openStages: z
      .array(
        z.object({
          grantIds: z.array(uuid).min(1).max(50),
          /** Approver policy that asks. */
          policyId,
          /** Counted from 1. */
          stage: z.int().min(1).max(5),
          stages: z.int().min(1).max(5),
          quorum: z.int().min(1).max(10),
          /** How many of the quorum are still missing. */
          missing: z.int().min(1).max(10),
          approvers: principals,
        }),
      )
      .min(1)
      .max(maximumOpenStages),
    deadlineAt: timestamp,
  }),
});
export type ApprovalRequestedV1 = DataOf<typeof approvalRequestedV1>;
