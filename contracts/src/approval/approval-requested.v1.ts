import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { openStage } from '../policy.ts';
import { digest, grant, justification, maximumOpenStages, minutes, person, stretch, ticket, timestamp, uuid } from '../primitives.ts';

/** People are asked to decide; sent again when a later stage opens, or more people are asked. */
export const approvalRequestedV1 = defineFact('team.approval', {
  detailType: 'ApprovalRequested.v1',
  summary: 'People are asked to decide; sent again when a later stage opens, or more people are asked.',
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
    /** Whoever decides must say why. */
    commentRequired: z.boolean().optional(),
    /** The running request that this one prolongs. */
    extends: uuid.optional(),
    /** With `extends`: how long the whole would last. */
    stretch: stretch.optional(),
    openStages: z.array(openStage).min(1).max(maximumOpenStages),
    deadlineAt: timestamp,
  }),
});
export type ApprovalRequestedV1 = DataOf<typeof approvalRequestedV1>;
