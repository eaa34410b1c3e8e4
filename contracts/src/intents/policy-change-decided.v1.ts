import * as z from 'zod';
import { defineIntent, type DataOf } from '../define-event.ts';
import { comment, jws, shortText, uuid } from '../primitives.ts';

/** A second administrator agreed or disagreed with a proposed change of policy. */
export const policyChangeDecidedV1 = defineIntent({
  detailType: 'PolicyChangeDecided.v1',
  summary: 'A second administrator agreed or disagreed with a proposed change of policy.',
  data: z.object({
    changeId: uuid,
    /** What the change is of: who judges it answers also where it knows no such change. */
    kind: z.enum(['EligibilityPolicy', 'Limits', 'Bundle', 'ApproverPolicy']),
    decider: shortText,
    verdict: z.enum(['agree', 'disagree']),
    comment: comment.optional(),
    signature: jws,
  }),
});
export type PolicyChangeDecidedV1 = DataOf<typeof policyChangeDecidedV1>;
