import { approvalStage, approverPolicy, policyId } from '@team/contracts';
import * as z from 'zod';
import { names, places, principals, type PrincipalNames } from './parts.ts';

const escalation = z.strictObject({
  afterMinutes: approvalStage.shape.escalation.unwrap().shape.afterMinutes.describe('How long the stage waits first (minutes).'),
  to: principals.describe('Who is asked as well then.'),
});

/** How many are in a group is known only when a decision comes; how many are named here is known now. */
const mostPeople = ({ groups = [], users = [] }: PrincipalNames): number => (groups.length > 0 ? Infinity : new Set(users).size);

const asked = ({ approvers = {}, requesterManager }: { readonly approvers?: PrincipalNames | undefined; readonly requesterManager?: boolean | undefined }): number =>
  mostPeople(approvers) + (requesterManager === true ? 1 : 0);

const stage = z
  .strictObject({
    approvers: principals.optional().describe('Who may say yes.'),
    quorum: approvalStage.shape.quorum.describe('How many different people must.'),
    requesterManager: approvalStage.shape.requesterManager.describe('The requester’s manager, as the identity store has it, is asked as well.'),
    always: approvalStage.shape.always.describe('The stage is asked also where a nearer policy applies.'),
    escalation: escalation.optional().describe('Who is asked as well when the stage has waited long.'),
  })
  .refine((one) => asked(one) > 0, 'names nobody: approvers, requesterManager or both')
  .refine((one) => asked(one) === 0 || one.quorum <= asked(one) + mostPeople(one.escalation?.to ?? {}), 'asks for more people than it names')
  .meta({ id: 'Stage' });
export type StageDocument = z.infer<typeof stage>;

/** Who may say yes, in ordered stages. */
export const approverDocument = z.strictObject({
  kind: z.literal('ApproverPolicy'),
  name: policyId.describe('Stable name; unique among approver policies.'),
  targets: places.describe('For which accounts: any of these. The nearest policy decides.'),
  permissionSets: names.min(1).optional().describe('Only for these permission sets; all unless said.'),
  requesters: principals.optional().describe('Only for what these people ask; everybody unless said.'),
  stages: z.array(stage).min(1).describe('Asked one after the other.'),
  deadlineMinutes: approverPolicy.shape.deadlineMinutes.describe('A request that nobody decided by then is over (minutes).'),
  remindEveryMinutes: approverPolicy.shape.remindEveryMinutes.describe('Who is asked is reminded each time so long has passed (minutes).'),
});
export type ApproverDocument = z.infer<typeof approverDocument>;
