import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { actor, shortText, timestamp, uuid, digest } from '../primitives.ts';

/** A change that widens access waits for a second administrator. */
export const policyChangeProposedV1 = defineFact('team.request', {
  detailType: 'PolicyChangeProposed.v1',
  summary: 'A change that widens access waits for a second administrator.',
  data: z.object({
    changeId: uuid,
    kind: z.enum(['EligibilityPolicy', 'Limits', 'Bundle']),
    /** Policy id; absent for limits. */
    subject: shortText.optional(),
    /** What becomes wider, one sentence each. */
    widens: z.array(z.string().max(300)).min(1).max(50),
    changeDigest: digest,
    proposedBy: actor,
    decideBy: timestamp,
  }),
});
export type PolicyChangeProposedV1 = DataOf<typeof policyChangeProposedV1>;
