import * as z from 'zod';
import { approverPolicy } from '../policy.ts';
import { accountId, permissionSetArn, reason, shortText, timestamp } from '../primitives.ts';
import { beside, hypotheticalChange, versioned } from './proposal.ts';

/** A target for which somebody might need approval. */
export const hypotheticalApproval = z.strictObject({
  /** User id or user name. */
  requester: shortText,
  /** User id of who would ask for them, where that is somebody else: they approve it no more than the requester. */
  askedBy: shortText.optional(),
  accountId,
  permissionSetArn,
});
export type HypotheticalApproval = z.infer<typeof hypotheticalApproval>;

/** What the function `query` of the approval service can be asked. */
export const approvalQuestion = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('policies') }),
  z.strictObject({ op: z.literal('delegations'), person: z.string() }),
  z.strictObject({ op: z.literal('approvers'), asked: z.array(hypotheticalApproval).min(1).max(20) }),
  z.strictObject({ op: z.literal('judge'), change: hypotheticalChange('ApproverPolicy', approverPolicy) }),
]);

const stage = z.object({
  policyId: z.string(),
  quorum: z.int(),
  /** User names of enabled people beside the requester and who asks for them; the first of them. */
  people: z.array(z.string()).readonly(),
  /** How many there are. */
  count: z.int(),
});

/** Who would be asked, stage by stage, or why nobody can be. */
export const whoApproves = z.object({ stages: z.array(stage).readonly(), problem: reason.optional() });
export type WhoApproves = z.infer<typeof whoApproves>;

/** Answer to `approvers`, in the order of what was asked. */
export const whoApprovesAll = z.object({ answers: z.array(whoApproves).readonly() });

/** Answer to `delegations`: who decides in whose place, now or later, of what concerns a person (user id); the earliest first. */
export const standingDelegations = z.object({
  delegations: z.array(z.object({ delegationId: z.string(), delegatorId: z.string(), delegateId: z.string(), from: timestamp, until: timestamp })).readonly(),
});
export type StandingDelegations = z.infer<typeof standingDelegations>;

/** Answer to `policies`: the approver policies that are laid down, and what waits for a second administrator. */
export const standingApproverPolicies = z.object({ approvers: z.array(versioned(approverPolicy)).readonly(), ...beside });
export type StandingApproverPolicies = z.infer<typeof standingApproverPolicies>;
