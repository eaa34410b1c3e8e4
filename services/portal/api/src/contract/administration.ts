import { approverPolicy, bundle, comment, eligibilityPolicy, justification, limits, minutes, policyId, shortText } from '@team/contracts';
import * as z from 'zod';
import { policyKinds } from './choices.ts';
import { reason, timestamp, uuid } from './values.ts';

export const policyKind = z.enum(policyKinds);
export type PolicyKind = z.infer<typeof policyKind>;

/** A policy in force. */
export const standingPolicy = z.object({
  kind: policyKind,
  /** Unique within its kind; of the limits `limits`. */
  id: z.string(),
  /** What a change of it is made against. */
  version: z.int(),
  /** As people write it: YAML, with names in place of ids. */
  text: z.string(),
  /** With ids, as services have it. */
  policy: z.record(z.string(), z.unknown()),
  /** Ids in it that AWS does not know any more. */
  unknownIds: z.array(z.string()).readonly(),
});
export type StandingPolicy = z.infer<typeof standingPolicy>;

/** A change that waits for a second administrator. */
export const policyProposal = z.object({
  changeId: z.string(),
  kind: policyKind,
  id: z.string(),
  /** What it makes wider, one sentence each. */
  widens: z.array(z.string()).readonly(),
  /** What of the policy it makes otherwise. */
  differences: z.array(z.string()).readonly(),
  /** The policy as it would be; absent: it is to be removed. */
  text: z.string().optional(),
  /** The same with ids. */
  policy: z.record(z.string(), z.unknown()).optional(),
  proposedBy: z.string(),
  decideBy: timestamp,
  /** Whether the caller may agree or disagree. */
  mayDecide: z.boolean(),
});
export type PolicyProposal = z.infer<typeof policyProposal>;

/** A system that may put intents on the bus. */
export const emitterRow = z.object({
  name: z.string(),
  source: z.string(),
  accountId: z.string(),
  detailTypes: z.array(z.string()).readonly(),
  /** What it may beyond that, one sentence each. */
  capabilities: z.array(z.string()).readonly(),
});
export type EmitterRow = z.infer<typeof emitterRow>;

/** Everything that an administrator governs by, as it stands now. */
export const policiesNow = z.object({
  policies: z.array(standingPolicy).readonly(),
  /** What the ids in policies are called. */
  names: z.array(z.object({ id: z.string(), name: z.string() })).readonly(),
  proposals: z.array(policyProposal).readonly(),
  emitters: z.array(emitterRow).readonly(),
  /** Whether the caller may submit changes. */
  mayChange: z.boolean(),
  now: timestamp,
});
export type PoliciesNow = z.infer<typeof policiesNow>;

const change = <Kind extends PolicyKind, Policy extends z.ZodType>(kind: Kind, policy: Policy) =>
  z.strictObject({
    kind: z.literal(kind),
    id: policyId,
    /** Version that it is made against; 0 where there is none yet. */
    expectedVersion: z.int().min(0),
    /** With ids; absent: the policy is to be removed. */
    policy: policy.optional(),
  });

/** A change of one policy, as the plan of it gives it. */
export const policyChange = z.discriminatedUnion('kind', [
  change('EligibilityPolicy', eligibilityPolicy),
  change('ApproverPolicy', approverPolicy),
  change('Limits', limits),
  change('Bundle', bundle),
]);
export type PolicyChange = z.infer<typeof policyChange>;

/** A change as somebody writes it: one of the three. */
export const planQuestion = z
  .strictObject({
    kind: policyKind,
    /** One document of YAML, with names or ids. */
    text: z.string().max(150_000).optional(),
    /** With ids, as services have it. */
    policy: z.record(z.string(), z.unknown()).optional(),
    /** Id of the policy that is to be removed. */
    remove: policyId.optional(),
  })
  .refine(({ text, policy, remove }) => [text, policy, remove].filter((one) => one !== undefined).length === 1, { message: 'say one of text, policy and remove', path: ['text'] });
export type PlanQuestion = z.infer<typeof planQuestion>;

/** What would become of a change, before it is submitted. */
export const policyPlan = z.object({
  /** What cannot be read of it; then nothing else is said. */
  problems: z.array(z.object({ line: z.int().optional(), field: z.string(), message: z.string() })).readonly(),
  /** To be submitted as it is; absent where it cannot be read, or would change nothing. */
  change: policyChange.optional(),
  /** What of the policy becomes otherwise. */
  differences: z.array(z.string()).readonly(),
  /** Who gains (`+`), loses (`-`) or has something differently (`~`), one sentence each. */
  effects: z.array(z.object({ sign: z.enum(['+', '-', '~']), text: z.string() })).readonly(),
  /** Why it would be refused. */
  reasons: z.array(reason).readonly(),
  /** What it makes wider, one sentence each. */
  widens: z.array(z.string()).readonly(),
  /** It would wait until a second administrator agrees. */
  needsSecondAdministrator: z.boolean(),
});
export type PolicyPlan = z.infer<typeof policyPlan>;

/** What was submitted, or decided, and is judged now: where the outcome will stand. */
export const changeTaken = z.object({ changeId: z.string(), href: z.string() });
export type ChangeTaken = z.infer<typeof changeTaken>;

/** When the caller decided on the change: then its outcome is looked for from there on. Absent: since it was submitted. */
export const changeQuestion = z.object({ decided: timestamp.optional() });
export type ChangeQuestion = z.infer<typeof changeQuestion>;

/** What became of a change that was submitted, or decided on. */
export const changeOutcome = z.object({
  changeId: z.string(),
  outcome: z.enum(['in-force', 'waits', 'refused']),
  text: z.string(),
  reasons: z.array(reason).readonly(),
});
export type ChangeOutcome = z.infer<typeof changeOutcome>;

export const policyDecision = z.strictObject({ verdict: z.enum(['agree', 'disagree']), comment: comment.optional() });
export type PolicyDecision = z.infer<typeof policyDecision>;

/** Why may somebody have something somewhere, or why not? */
export const explainQuestion = z.strictObject({
  /** User name or user id. */
  person: shortText,
  /** Number or name. */
  account: shortText,
  /** Name or ARN. */
  permissionSet: shortText,
  durationMinutes: minutes.optional(),
  breakGlass: z.boolean().optional(),
  ticketId: shortText.optional(),
  /** Whether there is one is not asked about unless it is said. */
  justification: justification.optional(),
  /** When it would begin; absent: at once. */
  startAt: timestamp.optional(),
});
export type ExplainQuestion = z.infer<typeof explainQuestion>;

/** What would become of such a request, and what every policy that covers it says. */
export const explained = z.object({
  allowed: z.boolean(),
  /** As they are called, where they are known. */
  person: z.string().optional(),
  accountName: z.string().optional(),
  permissionSetName: z.string().optional(),
  durationMinutes: z.number().optional(),
  /** The one policy under which it would be allowed. */
  policyId: z.string().optional(),
  approvalRequired: z.boolean(),
  /** Everything that stands against it. */
  reasons: z.array(reason).readonly(),
  warnings: z.array(reason).readonly(),
  /** Policies that deny it. */
  denying: z.array(z.string()).readonly(),
  /** Policies that may allow it, the most favourable first, each with what of its rules stands against it. */
  considered: z.array(z.object({ policyId: z.string(), problems: z.array(reason).readonly() })).readonly(),
  /** Who would be asked, stage by stage. */
  stages: z.array(z.object({ policyId: z.string(), quorum: z.int(), people: z.array(z.string()).readonly(), count: z.int() })).readonly(),
});
export type Explained = z.infer<typeof explained>;

/** Somebody else is to decide in my place for a time, or no longer. */
export const delegation = z
  .strictObject({
    /** To change or to withdraw one; absent: a new one, by an id of the server. */
    delegationId: uuid.optional(),
    /** User name; absent: it is withdrawn. */
    delegate: shortText.optional(),
    from: timestamp,
    until: timestamp,
  })
  .refine(({ delegationId, delegate }) => delegationId !== undefined || delegate !== undefined, { message: 'say who decides meanwhile, or which delegation is withdrawn', path: ['delegate'] });
export type Delegation = z.infer<typeof delegation>;
/** Who decides in whose place. People by their names; of who is gone, by the id. */
export const delegationsNow = z.object({
  /** Somebody decides for the caller. */
  mine: z.array(z.object({ delegationId: z.string(), delegate: z.string(), from: timestamp, until: timestamp })).readonly(),
  /** The caller decides for somebody. */
  forOthers: z.array(z.object({ delegationId: z.string(), delegator: z.string(), from: timestamp, until: timestamp })).readonly(),
  now: timestamp,
});
export type DelegationsNow = z.infer<typeof delegationsNow>;
/** What was sent, and is judged now: where the outcome will stand. */
export const delegationTaken = z.object({ delegationId: z.string(), href: z.string() });
export type DelegationTaken = z.infer<typeof delegationTaken>;

/** Since when the outcome is looked for: when it was sent, an hour ago at most. Absent: an hour ago. */
export const delegationQuestion = z.object({ since: timestamp });
export type DelegationQuestion = z.infer<typeof delegationQuestion>;

/** What became of a delegation that was sent, or taken back. */
export const delegationOutcome = z.object({
  delegationId: z.string(),
  outcome: z.enum(['stands', 'withdrawn', 'refused']),
  text: z.string(),
  /** Why it was refused, every reason. */
  reasons: z.array(reason).readonly(),
});
export type DelegationOutcome = z.infer<typeof delegationOutcome>;
