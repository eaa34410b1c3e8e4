import {
  bundleSubmittedV1,
  eligibilityPolicy,
  eligibilityPolicySubmittedV1,
  limits,
  limitsSubmittedV1,
  type DataOf,
  type PolicyChangeProposedV1,
  type PolicyChangeRefusedV1,
  type PolicyDecisionRefusedV1,
  type StandingRequestPolicies,
} from '@team/contracts';
import { govern, type Governance, type Governed, type PolicyFacts, type PolicyKind, type PolicyKindName } from '@team/governance';
import type { Platform, ServiceKit } from '@team/runtime';
import { limitsKey, prefixes, readAllPolicies } from './adapters/policy-table.ts';
import { bundleProblems, eligibilityProblems, limitsProblems, type PolicyJudging } from './application/judge-policy-change.ts';
import type { People } from './application/ports.ts';
import { widenedEligibility, widenedLimits } from './domain/widening.ts';

/** How this service's policies are changed, eligibility, limits and bundles each by its rules; and what they are now. */
export function governRequestPolicies(
  kit: ServiceKit,
  platform: Pick<Platform, 'clients' | 'config'>,
  people: People,
  judging: PolicyJudging,
): { readonly governance: Governance; readonly standing: () => Promise<StandingRequestPolicies> } {
  const kinds: readonly PolicyKind<Governed<Awaited<ReturnType<typeof readAllPolicies>>>>[] = [
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
  const { governance, standing } = govern(kit, platform, { kinds, facts, read: readAllPolicies, findPerson: (ref) => people.find(ref) });
  return {
    governance,
    async standing() {
      const { policies, versionOf, removed, proposals } = await standing();
      return {
        eligibility: policies.eligibility.map((policy) => ({ version: versionOf(`${prefixes.eligibility}#${policy.policyId}`), policy })),
        bundles: policies.bundles.map((policy) => ({ version: versionOf(`${prefixes.bundle}#${policy.bundleId}`), policy })),
        ...(policies.limits === undefined ? {} : { limits: { version: versionOf(limitsKey), policy: policies.limits } }),
        removed,
        proposals,
      };
    },
  };
}

/** The kind, as facts of this service name it. Throws `TypeError` for one that another service keeps: no change of it is registered here. */
function kindHere(kind: PolicyKindName): PolicyChangeProposedV1['kind'] {
  if (kind === 'ApproverPolicy') throw new TypeError(`${kind} is not kept here`);
  return kind;
}

const facts: PolicyFacts = {
  proposed(told, kind, subject) {
    const data: PolicyChangeProposedV1 = { ...told, kind: kindHere(kind), ...(kind === 'Limits' ? {} : { subject }) };
    return { type: 'PolicyChangeProposed.v1', data };
  },
  refused: (told, kind) => ({ type: 'PolicyChangeRefused.v1', data: { ...told, kind: kindHere(kind) } satisfies PolicyChangeRefusedV1 }),
  decisionRefused: (told) => ({ type: 'PolicyDecisionRefused.v1', data: told satisfies PolicyDecisionRefusedV1 }),
  changed(kind, { subject, ...changed }) {
    if (kind === 'Limits') return { type: 'LimitsChanged.v1', data: changed };
    return kind === 'Bundle' ? { type: 'BundleChanged.v1', data: { bundleId: subject, ...changed } } : { type: 'EligibilityPolicyChanged.v1', data: { policyId: subject, ...changed } };
  },
};

/** The change that an intent to change a policy is about. */
export const changeIn = {
  eligibility: ({ policyId, policy, ...rest }: DataOf<typeof eligibilityPolicySubmittedV1>) => ({ ...rest, subject: policyId, after: policy }),
  limits: ({ limits: after, ...rest }: DataOf<typeof limitsSubmittedV1>) => ({ ...rest, subject: limitsKey.slice(limitsKey.indexOf('#') + 1), after }),
  bundle: ({ bundleId, bundle, ...rest }: DataOf<typeof bundleSubmittedV1>) => ({ ...rest, subject: bundleId, after: bundle }),
} as const;
