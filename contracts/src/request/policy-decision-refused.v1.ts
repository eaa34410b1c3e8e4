import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { reason, shortText, uuid } from '../primitives.ts';

/** A decision on a change of eligibility policy, limits or bundle does not count; every reason is given at once. */
export const policyDecisionRefusedV1 = defineFact('team.request', {
  detailType: 'PolicyDecisionRefused.v1',
  summary: 'A decision on a change of eligibility policy, limits or bundle does not count; every reason is given at once.',
  data: z.object({
    changeId: uuid,
    decider: shortText,
    reasons: z.array(reason).min(1).max(20),
  }),
});
export type PolicyDecisionRefusedV1 = DataOf<typeof policyDecisionRefusedV1>;
