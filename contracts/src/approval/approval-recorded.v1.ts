import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { comment, person, timestamp, uuid } from '../primitives.ts';

/** A decision counted. */
export const approvalRecordedV1 = defineFact('team.approval', {
  detailType: 'ApprovalRecorded.v1',
  summary: 'A decision counted.',
  data: z.object({
    requestId: uuid,
    decisionId: uuid,
    decider: person,
    /** In whose place, where somebody who is away delegated. */
    onBehalfOf: person.optional(),
    verdict: z.enum(['approve', 'deny']),
    comment: comment.optional(),
    /** Targets for which it counts. */
    grantIds: z.array(uuid).min(1).max(50),
    decidedAt: timestamp,
  }),
});
export type ApprovalRecordedV1 = DataOf<typeof approvalRecordedV1>;
