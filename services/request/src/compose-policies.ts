import {
  bundleSubmittedV1,
  eligibilityPolicy,
  eligibilityPolicySubmittedV1,
  limits,
  limitsSubmittedV1,
  type Bundle,
  type DataOf,
  type EligibilityPolicy,
  type Limits,
  type PolicyChangeProposedV1,
  type PolicyChangeRefusedV1,
  type PolicyDecisionRefusedV1,
} from '@team/contracts';
import { createGovernance, governedBy, policyDefinition, registerDefinition, registerKey, type ChangedPolicy, type Governance, type PolicyKind, type PolicySnapshot, type Proposal, type RegisterEvent } from '@team/governance';
import { createVerifier, tableOf, type DomainEvent, type Platform, type ServiceKit } from '@team/runtime';
import { limitsKey, prefixes, readAllPolicies } from './adapters/policy-table.ts';
import { bundleProblems, eligibilityProblems, limitsProblems, type PolicyJudging } from './application/judge-policy-change.ts';
import type { AllPolicies, People } from './application/ports.ts';
import { widenedEligibility, widenedLimits } from './domain/widening.ts';

interface Snapshot extends PolicySnapshot {
  readonly policies: AllPolicies;
}

/** A policy in force, or one that waits. */
interface Standing<Policy> {
  readonly version: number;
  readonly policy: Policy;
}

/** Everything that is laid down here, and what waits for a second administrator. */
export interface StandingPolicies {
  readonly eligibility: readonly Standing<EligibilityPolicy>[];
  readonly bundles: readonly Standing<Bundle>[];
  readonly limits?: Standing<Limits>;
  /** Versions of what was removed, by kind and id: what is laid down anew is made against them. */
  readonly removed: readonly { readonly key: string; readonly version: number }[];
  readonly proposals: readonly Proposal[];
}

/** How this service's policies are changed, eligibility, limits and bundles each by its rules; and what they are now. */
export function governRequestPolicies(
  kit: ServiceKit,
  { clients, config }: Pick<Platform, 'clients' | 'config'>,
  people: People,
  judging: PolicyJudging,
): { readonly governance: Governance; readonly standing: () => Promise<StandingPolicies> } {
  const table = tableOf(config, 'policies');
  const kinds: readonly PolicyKind<Snapshot>[] = [
    {
      kind: 'EligibilityPolicy',
      detailType: eligibilityPolicySubmittedV1.detailType,
      prefix: prefixes.eligibility,
      problems: (change, { policies }) => eligibilityProblems(change, policies, judging),
      widens: (before, after) => widenedEligibility(eligibilityPolicy.optional().parse(before), eligibilityPolicy.optional().parse(after)),
    },
    {
      kind: 'Limits',
      detailType: limitsSubmittedV1.detailType,
      prefix: prefixes.limits,
      problems: (change, { policies }) => limitsProblems(change, policies, judging),
      widens: (before, after) => widenedLimits(limits.optional().parse(before), limits.optional().parse(after)),
    },
    // What a bundle names is judged each time it is asked for: it widens nothing by itself.
    { kind: 'Bundle', detailType: bundleSubmittedV1.detailType, prefix: prefixes.bundle, problems: (change, { policies }) => bundleProblems(change, policies, judging), widens: () => [] },
  ];
  const register = kit.aggregate('policies', registerDefinition(factsOf));
  const governance = createGovernance({
    register,
    items: kit.aggregate('policies', policyDefinition(changedFact)),
    kinds,
    async snapshot() {
      const policies = await readAllPolicies(clients.documents, table);
      return {
        policies,
        ...governedBy(policies.limits),
        item: (key) => policies.items.get(key),
      };
    },
    findPerson: (ref) => people.find(ref),
    verifier: createVerifier(clients.kms),
    emitters: config.emitters,
  });
  return {
    governance,
    async standing() {
      const [{ items, eligibility, bundles, limits: bounds }, line] = [await readAllPolicies(clients.documents, table), await register.load(registerKey)];
      const versionOf = (key: string): number => items.get(key)?.version ?? 0;
      return {
        eligibility: eligibility.map((policy) => ({ version: versionOf(`${prefixes.eligibility}#${policy.policyId}`), policy })),
        bundles: bundles.map((policy) => ({ version: versionOf(`${prefixes.bundle}#${policy.bundleId}`), policy })),
        ...(bounds === undefined ? {} : { limits: { version: versionOf(limitsKey), policy: bounds } }),
        removed: [...items].filter(([key, { policy }]) => policy === undefined && !key.startsWith(`${prefixes.approver}#`)).map(([key, { version }]) => ({ key, version })),
        proposals: Object.values(line?.proposals ?? {}),
      };
    },
  };
}

type KindHere = PolicyChangeProposedV1['kind'];
const isHere = (kind: string): kind is KindHere => kind === 'EligibilityPolicy' || kind === 'Limits' || kind === 'Bundle';

/** The facts that leave with what happens in the register. */
function factsOf(event: RegisterEvent): readonly DomainEvent[] {
  if (event.type === 'Proposed') {
    const { change, widens, decideBy } = event.data;
    const { changeId, kind, subject, digest, by } = change;
    if (!isHere(kind)) return [];
    const named = kind === 'Limits' ? {} : { subject };
    const data: PolicyChangeProposedV1 = { changeId, kind, ...named, widens: [...widens], changeDigest: digest, proposedBy: by, decideBy: new Date(decideBy).toISOString() };
    return [{ type: 'PolicyChangeProposed.v1', data }];
  }
  if (event.type === 'Refused') {
    const { changeId, kind, submittedBy, reasons } = event.data;
    if (!isHere(kind)) return [];
    const data: PolicyChangeRefusedV1 = { changeId, kind, submittedBy, reasons: reasons.slice(0, 100) };
    return [{ type: 'PolicyChangeRefused.v1', data }];
  }
  if (event.type === 'DecisionRefused') {
    const { changeId, decider, reasons } = event.data;
    const data: PolicyDecisionRefusedV1 = { changeId, decider, reasons: reasons.slice(0, 20) };
    return [{ type: 'PolicyDecisionRefused.v1', data }];
  }
  return [];
}

/** The fact that leaves when a policy is laid down. */
function changedFact(kind: string, { subject, ...changed }: ChangedPolicy): DomainEvent {
  if (kind === 'Limits') return { type: 'LimitsChanged.v1', data: changed };
  return kind === 'Bundle' ? { type: 'BundleChanged.v1', data: { bundleId: subject, ...changed } } : { type: 'EligibilityPolicyChanged.v1', data: { policyId: subject, ...changed } };
}

/** The change that an intent to change a policy is about. */
export const changeIn = {
  eligibility: ({ policyId, policy, ...rest }: DataOf<typeof eligibilityPolicySubmittedV1>) => ({ ...rest, subject: policyId, after: policy }),
  limits: ({ limits: after, ...rest }: DataOf<typeof limitsSubmittedV1>) => ({ ...rest, subject: limitsKey.slice(limitsKey.indexOf('#') + 1), after }),
  bundle: ({ bundleId, bundle, ...rest }: DataOf<typeof bundleSubmittedV1>) => ({ ...rest, subject: bundleId, after: bundle }),
} as const;
