import * as z from 'zod';
import { policyIdPattern } from './policy-id.ts';
import { accountId, minutes, organizationalUnitId, permissionSetArn, principals, shortText, groupId, timestamp, userId, uuid } from './primitives.ts';

/** Stable name of a policy within its kind; the file's `name`. */
export const policyId = z.string().regex(policyIdPattern);

/** A tag that something bears in AWS: with one of these values, or whatever its value where none is named. Case counts, as it does in AWS. Bounded so that a policy before and after a change fits on the bus. */
export const tagMatch = z.object({ key: z.string().min(1).max(128), values: z.array(z.string().max(128)).min(1).max(5).optional() });
const tagMatches = z.array(tagMatch).min(1).max(6);
export type TagMatch = z.infer<typeof tagMatch>;

/** Where a policy applies: any of these. An organizational unit stands for every account below it, at any depth. */
export const policyTargets = z.object({
  accountIds: z.array(accountId).max(500),
  organizationalUnitIds: z.array(organizationalUnitId).max(100),
  /** Accounts that bear one of these tags when it matters. */
  accountTags: tagMatches.optional(),
});
export type PolicyTargets = z.infer<typeof policyTargets>;

/** Hours of a day on a clock on the wall; where something ends, `24:00` for the day's end. */
const clockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);
const clockTimeOrEnd = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/);

/** When access may be had: on these days from one time to another, which is on the next day where it is not later than the first. */
export const timeWindow = z.object({
  days: z.array(z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'])).min(1).max(7),
  from: clockTime,
  to: clockTimeOrEnd,
  /** Name of the IANA time zone database: `Europe/Berlin`. */
  timeZone: z.string().min(1).max(64),
});
export type TimeWindow = z.infer<typeof timeWindow>;

/** Who may ask for what, or may never. Ids only: a group made again under an old name inherits nothing. */
export const eligibilityPolicy = z.object({
  policyId,
  /** `deny` wins over every policy that allows, and has no rules of its own; absent: `allow`. */
  effect: z.enum(['allow', 'deny']).optional(),
  principals: z.object({ groupIds: z.array(groupId).max(100), userIds: z.array(userId).max(500) }),
  targets: policyTargets,
  /** Together with `permissionSetTags` at least one. */
  permissionSetArns: z.array(permissionSetArn).max(100),
  /** Permission sets that bear one of these tags. */
  permissionSetTags: tagMatches.optional(),
  /** A policy that allows has it. */
  maximumDurationMinutes: minutes.optional(),
  /** A policy that allows has it. */
  approval: z.enum(['required', 'not-required']).optional(),
  ticket: z.enum(['required', 'optional']).optional(),
  /** Regular expression that the whole id of a ticket must match. */
  ticketPattern: z.string().min(1).max(200).optional(),
  justification: z.enum(['required', 'optional']).optional(),
  /** Least characters of a justification, blanks around it aside. */
  justificationMinimumCharacters: z.int().min(1).max(500).optional(),
  breakGlass: z.enum(['allowed', 'forbidden']).optional(),
  /** The start is at least so long after asking. */
  startNoEarlierThanMinutes: z.int().min(1).max(43_200).optional(),
  startNoLaterThanDays: z.int().min(0).max(90).optional(),
  /** The whole access lies within these, which may follow on each other. */
  timeWindows: z.array(timeWindow).min(1).max(20).optional(),
  /** The policy holds from this moment on. */
  validFrom: timestamp.optional(),
  /** The policy holds until this moment. */
  validUntil: timestamp.optional(),
});
export type EligibilityPolicy = z.infer<typeof eligibilityPolicy>;

/** Several targets under one name, to be asked for together. */
export const bundle = z.object({
  bundleId: policyId,
  description: z.string().max(500).optional(),
  /** Accounts at the moment of asking; without those that are suspended. */
  targets: policyTargets.omit({ accountTags: true }),
  permissionSetArns: z.array(permissionSetArn).min(1).max(10),
});
export type Bundle = z.infer<typeof bundle>;

/** People who must say yes, so many of them. */
export const approvalStage = z.object({
  approvers: principals,
  quorum: z.int().min(1).max(10),
  /** The requester's manager, as the identity store has it, is asked as well. */
  requesterManager: z.boolean().optional(),
  /** It is asked also where a nearer policy applies. */
  always: z.boolean().optional(),
  /** These are asked as well when the stage has waited so long. */
  escalation: z.object({ afterMinutes: minutes, to: principals }).optional(),
});
export type ApprovalStage = z.infer<typeof approvalStage>;

/** Who may say yes, in ordered stages; each stage needs `quorum` different people. */
export const approverPolicy = z.object({
  policyId,
  targets: policyTargets.omit({ accountTags: true }),
  /** Narrows the policy to these permission sets; absent: all. */
  permissionSetArns: z.array(permissionSetArn).min(1).max(100).optional(),
  /** Narrows the policy to requesters in these groups or with these ids; absent: all. */
  requesters: principals.optional(),
  stages: z.array(approvalStage).min(1).max(5),
  deadlineMinutes: minutes.optional(),
  /** Who is asked is reminded each time so long has passed, ten times at most; absent: once, at half of the time. */
  remindEveryMinutes: z.int().min(5).max(43_200).optional(),
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
  /** What a request that names none is taken to last. */
  defaultDurationMinutes: minutes.optional(),
  /** How many requests of one person may be open at once that name this permission set. */
  openRequestsPerPermissionSet: z.array(z.object({ permissionSetArn, perUser: z.int().min(1).max(100) })).max(100).optional(),
  /** Whether who approves or denies must say why; absent: optional. */
  decisionComment: z.enum(['required', 'optional']).optional(),
  /** Whether a change that widens access waits for a second administrator; absent: required. */
  secondAdministrator: z.enum(['required', 'not-required']).optional(),
  /** How long such a change waits; absent: 4,320 (three days). */
  changeDecisionMinutes: minutes.optional(),
  /** Longest break glass; absent: 60. */
  breakGlassMaximumMinutes: minutes.optional(),
  /** How long after it break glass may go without review before it is said that nobody did; absent: 1,440. */
  reviewWithinMinutes: minutes.optional(),
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
  /** Which of the people that it names in `askedBy` may ask for somebody else. Absent: all whom it names. */
  mayAskForOthers: principals.optional(),
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
