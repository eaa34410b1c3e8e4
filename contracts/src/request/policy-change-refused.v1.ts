import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { reason, uuid, shortText } from '../primitives.ts';

/** A change of eligibility policy, limits or bundle was refused, by the judge or by a second administrator; every reason is given at once. */
export const policyChangeRefusedV1 = defineFact('team.request', {
  detailType: 'PolicyChangeRefused.v1',
  summary: 'A change of eligibility policy, limits or bundle was refused, by the judge or by a second administrator; every reason is given at once.',
  data: z.object({
    changeId: uuid,
    kind: z.enum(['EligibilityPolicy', 'Limits', 'Bundle']),
    submittedBy: shortText,
    reasons: z.array(reason).min(1).max(100),
  }),
});
export type PolicyChangeRefusedV1 = DataOf<typeof policyChangeRefusedV1>;
