import * as z from 'zod';
import { accountId, minutes, organizationalUnitId, permissionSetArn, principals, shortText, groupId, userId, uuid } from './primitives.ts';

/** Stable name of a policy within its kind; the file's `name`. */
export const policyId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/);

/** Where a policy applies. An organizational unit stands for every account below it, at any depth. */
export const policyTargets = z.object({
  accountIds: z.array(accountId).max(500),
  organizationalUnitIds: z.array(organizationalUnitId).max(100),
});

/** Who may ask for what. Ids only: a group made again under an old name inherits nothing. */
export const eligibilityPolicy = z.object({
  policyId,
  principals: z.object({ groupIds: z.array(groupId).max(100), userIds: z.array(userId).max(500) }),
  targets: policyTargets,
  permissionSetArns: z.array(permissionSetArn).min(1).max(100),
  maximumDurationMinutes: minutes,
  approval: z.enum(['required', 'not-required']),
  ticket: z.enum(['required', 'optional']).optional(),
  breakGlass: z.enum(['allowed', 'forbidden']).optional(),
});
export type EligibilityPolicy = z.infer<typeof eligibilityPolicy>;

/** Who may say yes, in ordered stages; each stage needs `quorum` different people. */
export const approverPolicy = z.object({
  policyId,
  targets: policyTargets,
  /** Narrows the policy to these permission sets; absent: all. */
  permissionSetArns: z.array(permissionSetArn).min(1).max(100).optional(),
  /** Narrows the policy to requesters in these groups or with these ids; absent: all. */
  requesters: principals.optional(),
  stages: z
    .array(z.object({ approvers: principals, quorum: z.int().min(1).max(10) }))
    .min(1)
    .max(5),
  deadlineMinutes: minutes.optional(),
});
export type ApproverPolicy = z.infer<typeof approverPolicy>;

/** A stage of an approver policy that waits for people. */
export const openStage = z.object({
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
});

/** Bounds that no policy can exceed, and who administers and audits. */
export const limits = z.object({
  maximumDurationMinutes: minutes,
  approvalDeadlineMinutes: minutes,
  openRequestsPerUser: z.int().min(1).max(100),
  startNoLaterThanDays: z.int().min(0).max(90),
  justification: z.enum(['required', 'optional']),
  /** What happens where a permission set's session outlasts the grant. */
  sessionLongerThanGrant: z.enum(['warn', 'refuse']),
  administrators: principals,
  auditors: principals,
  /** Out of reach beside the management account and TEAM's own, which always are. */
  protectedAccountIds: z.array(accountId).max(500),
});
export type Limits = z.infer<typeof limits>;

/** A system that may put intents on the bus, and for whom. Deploy-time configuration; everything not stated is denied. */
export const emitterRegistration = z.object({
  name: shortText,
  roleArn: z.string().regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/),
  source: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,127}$/),
  detailTypes: z.array(z.string().max(128)).min(1).max(20),
  /** For whom it may ask. Absent: for nobody. */
  mayAskFor: z.union([z.literal('everyone'), principals]).optional(),
  /** It may end anybody's access on its own account. */
  mayRevoke: z.boolean().optional(),
  /** It is an approval channel: it authenticates people and signs what they decide with this KMS key (id, ARN or alias). */
  mayDecide: z.object({ keyId: z.string().min(1).max(256) }).optional(),
  mayAdminister: z.boolean().optional(),
  mayBreakGlass: z.boolean().optional(),
});
export type EmitterRegistration = z.infer<typeof emitterRegistration>;

/** The registration under which an intent came: source, account of the role, and detail-type must all be registered together. */
export function findEmitter(
  emitters: readonly EmitterRegistration[],
  { source, account }: { readonly source: string; readonly account: string },
  detailType: string,
): EmitterRegistration | undefined {
  return emitters.find(
    (emitter) => emitter.source === source && emitter.roleArn.split(':')[4] === account && emitter.detailTypes.includes(detailType),
  );
}
