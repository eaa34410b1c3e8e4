import * as z from 'zod';
import { policyId } from '../policy.ts';
import { actor, reason } from '../primitives.ts';

/** A policy and the version that it has. */
export const versioned = <Policy extends z.ZodType>(policy: Policy) => z.object({ version: z.int(), policy });

/** A change of policy that waits for a second administrator. */
export const standingProposal = z.object({
  change: z.object({
    changeId: z.string(),
    kind: z.enum(['EligibilityPolicy', 'Limits', 'Bundle', 'ApproverPolicy']),
    /** Id of the policy within its kind. */
    subject: z.string(),
    expectedVersion: z.int(),
    /** Absent: the policy is to be removed. */
    after: z.unknown().optional(),
    submittedBy: z.string(),
    /** Whom that was found to be. */
    by: actor,
    /** What a second administrator agrees to. */
    digest: z.string(),
  }),
  /** One sentence each. */
  widens: z.array(z.string()).readonly(),
  /** Milliseconds since the epoch. */
  decideBy: z.number(),
});
export type StandingProposal = z.infer<typeof standingProposal>;

/** What both services that keep policies answer beside them. */
export const beside = {
  /** Versions of what was removed, by key `<prefix>#<id>`: what is laid down anew is made against them. */
  removed: z.array(z.object({ key: z.string(), version: z.int() })).readonly(),
  proposals: z.array(standingProposal).readonly(),
} as const;

/** A change that somebody thinks of, as the intent would say it. */
export const hypotheticalChange = <Kind extends string, Policy extends z.ZodType>(kind: Kind, policy: Policy) =>
  z.strictObject({
    kind: z.literal(kind),
    /** Id of the policy within its kind. */
    subject: policyId,
    expectedVersion: z.int().min(0),
    /** Absent: the policy is to be removed. */
    after: policy.optional(),
  });

/** Answer to `judge`: the judgement that the change would meet if it were submitted now, who submits it aside. */
export const judgedChange = z.object({
  /** Everything that stands against it. */
  reasons: z.array(reason).readonly(),
  /** What becomes wider, one sentence each. */
  widens: z.array(z.string()).readonly(),
  /** It would wait for a second administrator. */
  waits: z.boolean(),
});
export type JudgedChange = z.infer<typeof judgedChange>;
