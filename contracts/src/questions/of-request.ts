import * as z from 'zod';
import { bundle, eligibilityPolicy, limits } from '../policy.ts';
import { accountId, justification, minutes, reason, shortText, timestamp, uuid } from '../primitives.ts';
import { beside, hypotheticalChange, versioned } from './proposal.ts';

/** Something that somebody might ask for: as a request would say it. */
export const hypotheticalRequest = z.strictObject({
  /** User id or user name. */
  requester: shortText,
  /** User id of who would ask for them, where that is somebody else: they are told of no request that is not theirs. */
  askedBy: shortText.optional(),
  accountId,
  /** Name or ARN. */
  permissionSet: shortText,
  durationMinutes: minutes.optional(),
  startAt: timestamp.optional(),
  ticketId: shortText.optional(),
  justification: justification.optional(),
  breakGlass: z.boolean().optional(),
  /** The request that it would prolong: the whole of both is judged, and whether that can be prolonged. */
  extends: uuid.optional(),
  /** When it is, or was, asked; absent: now. */
  askedAt: timestamp.optional(),
});
export type HypotheticalRequest = z.infer<typeof hypotheticalRequest>;

/** Policies that are thought of, in place of those in force. */
export const proposedPolicies = z.strictObject({
  eligibility: z.array(eligibilityPolicy).max(2_000).readonly(),
  limits,
  bundles: z.array(bundle).max(500).readonly().optional(),
});
export type ProposedPolicies = z.infer<typeof proposedPolicies>;

/** What the function `query` of the request service can be asked. */
export const requestQuestion = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('policies') }),
  z.strictObject({ op: z.literal('explain'), asked: z.array(hypotheticalRequest).min(1).max(100), policies: proposedPolicies.optional() }),
  z.strictObject({ op: z.literal('judge'), change: z.discriminatedUnion('kind', [hypotheticalChange('EligibilityPolicy', eligibilityPolicy), hypotheticalChange('Limits', limits), hypotheticalChange('Bundle', bundle)]) }),
]);

/** What would become of a request, and what every policy that covers it says. */
export const explanation = z.object({
  allowed: z.boolean(),
  /** The one policy under which it would be allowed. */
  policyId: z.string().optional(),
  /** Somebody has to agree. Where it is refused: would have to, by the policy that is nearest to allow it; absent where none is. */
  approvalRequired: z.boolean().optional(),
  durationMinutes: z.number().optional(),
  /** Everything that stands against it. */
  reasons: z.array(reason).readonly(),
  warnings: z.array(reason).readonly(),
  /** Policies that deny it. */
  denying: z.array(z.string()).readonly(),
  /** Policies that may allow it, the most favourable first, each with what of its rules stands against it. */
  considered: z.array(z.object({ policyId: z.string(), problems: z.array(reason).readonly() })).readonly(),
  /** Absent where nobody of that name, nor such a target, is known. */
  requester: z.object({ userId: z.string(), userName: z.string() }).optional(),
  target: z.object({ accountId: z.string(), accountName: z.string(), permissionSetArn: z.string(), permissionSetName: z.string() }).optional(),
});
export type Explanation = z.infer<typeof explanation>;

/** Answer to `explain`, in the order of what was asked. */
export const explanations = z.object({ explanations: z.array(explanation).readonly() });

/** Answer to `policies`: everything that is laid down, and what waits for a second administrator. */
export const standingRequestPolicies = z.object({
  eligibility: z.array(versioned(eligibilityPolicy)).readonly(),
  bundles: z.array(versioned(bundle)).readonly(),
  /** Absent: not laid down yet. */
  limits: versioned(limits).optional(),
  ...beside,
});
export type StandingRequestPolicies = z.infer<typeof standingRequestPolicies>;
