import { approverPolicy, bundle, eligibilityPolicy, limits, type ApproverPolicy, type Bundle, type EligibilityPolicy, type Limits } from '@team/contracts';
import * as z from 'zod';
import { askFunction } from '../cloud/ask-function.ts';
import type { Connection } from '../cloud/connection.ts';

const versioned = <Policy>(policy: z.ZodType<Policy>) => z.object({ version: z.int(), policy });
const proposal = z.object({
  change: z.object({ changeId: z.string(), kind: z.enum(['EligibilityPolicy', 'Limits', 'Bundle', 'ApproverPolicy']), subject: z.string(), expectedVersion: z.int(), after: z.unknown().optional(), submittedBy: z.string(), digest: z.string() }),
  widens: z.array(z.string()),
  decideBy: z.number(),
});
/** A change that waits for a second administrator. */
export type Proposal = z.infer<typeof proposal>;
const removed = z.array(z.object({ key: z.string(), version: z.int() }));

const requestAnswer = z.object({ eligibility: z.array(versioned(eligibilityPolicy)), bundles: z.array(versioned(bundle)), limits: versioned(limits).optional(), removed, proposals: z.array(proposal) });
const approvalAnswer = z.object({ approvers: z.array(versioned(approverPolicy)), removed, proposals: z.array(proposal) });

/** What policies can be of. */
export type Kind = Proposal['change']['kind'];

/** The policies in force, as the services that keep them answer. */
export interface StandingPolicies {
  readonly eligibility: readonly EligibilityPolicy[];
  readonly approvers: readonly ApproverPolicy[];
  readonly bundles: readonly Bundle[];
  /** Absent where none are laid down yet. */
  readonly limits?: Limits;
  /** The version that a change must be made against; 0 where there never was one. */
  versionOf(kind: Kind, id: string): number;
  readonly proposals: readonly Proposal[];
}

const prefixes: Readonly<Record<Kind, string>> = { EligibilityPolicy: 'eligibility', Limits: 'limits', Bundle: 'bundle', ApproverPolicy: 'approver' };

/** Reads the policies in force. */
export async function readStanding(connection: Connection): Promise<StandingPolicies> {
  const [request, approval] = await Promise.all([
    askFunction(connection, 'request', { op: 'policies' }, requestAnswer),
    askFunction(connection, 'approval', { op: 'policies' }, approvalAnswer),
  ]);
  const versions = new Map([
    ...request.eligibility.map(({ version, policy }) => [`eligibility#${policy.policyId}`, version] as const),
    ...request.bundles.map(({ version, policy }) => [`bundle#${policy.bundleId}`, version] as const),
    ...(request.limits === undefined ? [] : [['limits#limits', request.limits.version] as const]),
    ...approval.approvers.map(({ version, policy }) => [`approver#${policy.policyId}`, version] as const),
    ...[...request.removed, ...approval.removed].map(({ key, version }) => [key, version] as const),
  ]);
  return {
    eligibility: request.eligibility.map(({ policy }) => policy),
    approvers: approval.approvers.map(({ policy }) => policy),
    bundles: request.bundles.map(({ policy }) => policy),
    ...(request.limits === undefined ? {} : { limits: request.limits.policy }),
    versionOf: (kind, id) => versions.get(`${prefixes[kind]}#${id}`) ?? 0,
    proposals: [...request.proposals, ...approval.proposals],
  };
}
