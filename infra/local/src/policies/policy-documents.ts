import { approverPolicy, catalog, eligibilityPolicy, emitterRegistration, limits, policyId } from '@team/contracts';
import * as z from 'zod';

// YAML reads an unquoted account id as a number and drops its leading zeros.
const text = z.string({ error: ({ input }) => (typeof input === 'number' ? 'is a number; write it in quotes' : undefined) }).min(1);
const names = z.array(text);

const principals = z
  .strictObject({ groups: names.optional(), users: names.optional() })
  .refine(({ groups = [], users = [] }) => groups.length + users.length > 0, 'names no group and no user');
export type PrincipalNames = z.infer<typeof principals>;

const targets = z
  .strictObject({ accounts: names.optional(), organizationalUnits: names.optional() })
  .refine(
    ({ accounts = [], organizationalUnits = [] }) => accounts.length + organizationalUnits.length > 0,
    'names no account and no organizational unit',
  );
export type TargetNames = z.infer<typeof targets>;

const eligibilityDocument = z.strictObject({
  kind: z.literal('EligibilityPolicy'),
  name: policyId,
  principals,
  targets,
  permissionSets: names.min(1),
  maximumDurationMinutes: eligibilityPolicy.shape.maximumDurationMinutes,
  approval: eligibilityPolicy.shape.approval,
  ticket: eligibilityPolicy.shape.ticket,
  breakGlass: eligibilityPolicy.shape.breakGlass,
});
export type EligibilityDocument = z.infer<typeof eligibilityDocument>;

const stage = z
  .strictObject({ approvers: principals, quorum: approverPolicy.shape.stages.element.shape.quorum })
  .refine(
    // How many are in a group is known only when a decision comes; how many are named here is known now.
    ({ approvers: { groups = [], users = [] }, quorum }) => groups.length > 0 || quorum <= new Set(users).size,
    'asks for more people than it names',
  );

const approverDocument = z.strictObject({
  kind: z.literal('ApproverPolicy'),
  name: policyId,
  targets,
  permissionSets: names.min(1).optional(),
  requesters: principals.optional(),
  stages: z.array(stage).min(1),
  deadlineMinutes: approverPolicy.shape.deadlineMinutes,
});
export type ApproverDocument = z.infer<typeof approverDocument>;

const limitsDocument = z.strictObject({
  kind: z.literal('Limits'),
  maximumDurationMinutes: limits.shape.maximumDurationMinutes,
  approvalDeadlineMinutes: limits.shape.approvalDeadlineMinutes,
  openRequestsPerUser: limits.shape.openRequestsPerUser,
  startNoLaterThanDays: limits.shape.startNoLaterThanDays,
  justification: limits.shape.justification,
  sessionLongerThanGrant: limits.shape.sessionLongerThanGrant,
  administrators: principals,
  auditors: principals,
  protectedAccounts: names,
});
export type LimitsDocument = z.infer<typeof limitsDocument>;

const intents: readonly string[] = catalog.filter((contract) => contract.kind === 'intent').map((contract) => contract.detailType);

const emitterDocument = z.strictObject({
  kind: z.literal('Emitter'),
  name: emitterRegistration.shape.name,
  role: emitterRegistration.shape.roleArn,
  source: emitterRegistration.shape.source
    .refine((source) => !source.startsWith('aws.'), 'aws.… belongs to AWS')
    .refine((source) => !/^team\.(request|approval|expiry|provisioning|audit)$/.test(source), 'is the source of one of the services'),
  detailTypes: z.array(z.enum(intents, `is none of the intents: ${intents.join(', ')}`)).min(1),
  mayAskFor: z.union([z.literal('everyone'), principals], 'is neither everyone nor groups and users').optional(),
  mayRevoke: z.boolean().optional(),
  mayDecide: z.strictObject({ keyId: text }).optional(),
  mayAdminister: z.boolean().optional(),
  mayBreakGlass: z.boolean().optional(),
});
export type EmitterDocument = z.infer<typeof emitterDocument>;

/** One document of a policy file, as people write it: names, not ids. A key that is not known is an error. */
export const policyDocument = z.discriminatedUnion('kind', [eligibilityDocument, approverDocument, limitsDocument, emitterDocument], {
  error: ({ code }) => (code === 'invalid_union' ? 'is none of EligibilityPolicy, ApproverPolicy, Limits, Emitter' : undefined),
});
export type PolicyDocument = z.infer<typeof policyDocument>;
