import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { policyId } from '../policy.ts';
import { actor, digest, timestamp, uuid } from '../primitives.ts';

/** A change of approver policy that makes it easier to approve waits for a second administrator. */
export const approverPolicyProposedV1 = defineFact('team.approval', {
  detailType: 'ApproverPolicyProposed.v1',
  summary: 'A change of approver policy that makes it easier to approve waits for a second administrator.',
  data: z.object({
    changeId: uuid,
    policyId,
    /** What becomes easier, one sentence each. */
    widens: z.array(z.string().max(300)).min(1).max(50),
    changeDigest: digest,
    proposedBy: actor,
    decideBy: timestamp,
  }),
});
export type ApproverPolicyProposedV1 = DataOf<typeof approverPolicyProposedV1>;
