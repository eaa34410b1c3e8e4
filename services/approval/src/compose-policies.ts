import { approverPolicy, approverPolicySubmittedV1, type ApproverPolicyDecisionRefusedV1, type ApproverPolicyProposedV1, type ApproverPolicyRefusedV1, type DataOf, type StandingApproverPolicies } from '@team/contracts';
import { govern, type FoundPerson, type Governance, type PolicyFacts } from '@team/governance';
import type { Platform, ServiceKit } from '@team/runtime';
import { prefixes, readAllPolicies } from './adapters/policy-table.ts';
import { approverProblems, type References } from './application/judge-policy-change.ts';
import { easedApproval } from './domain/widening.ts';

/** How approver policies are changed, and what they are now. */
export function governApproverPolicies(
  kit: ServiceKit,
  platform: Pick<Platform, 'clients' | 'config'>,
  findPerson: (ref: string) => Promise<FoundPerson>,
  references: References,
): { readonly governance: Governance; readonly standing: () => Promise<StandingApproverPolicies> } {
  const { governance, standing } = govern(kit, platform, {
    kinds: [
      {
        kind: 'ApproverPolicy',
        detailType: approverPolicySubmittedV1.detailType,
        prefix: prefixes.approver,
        problems: (change, { policies }) => approverProblems(change, policies, references),
        widens(before, after, { policies }) {
          const [was, is] = [approverPolicy.optional().parse(before), approverPolicy.optional().parse(after)];
          return easedApproval(was, is, policies.approvers.filter(({ policyId }) => policyId !== is?.policyId));
        },
      },
    ],
    facts,
    read: readAllPolicies,
    findPerson,
  });
  return {
    governance,
    async standing() {
      const { policies, versionOf, removed, proposals } = await standing();
      return { approvers: policies.approvers.map((policy) => ({ version: versionOf(`${prefixes.approver}#${policy.policyId}`), policy })), removed, proposals };
    },
  };
}

const facts: PolicyFacts = {
  proposed: (told, _kind, policyId) => ({ type: 'ApproverPolicyProposed.v1', data: { ...told, policyId } satisfies ApproverPolicyProposedV1 }),
  refused: (told) => ({ type: 'ApproverPolicyRefused.v1', data: told satisfies ApproverPolicyRefusedV1 }),
  decisionRefused: (told) => ({ type: 'ApproverPolicyDecisionRefused.v1', data: told satisfies ApproverPolicyDecisionRefusedV1 }),
  changed: (_kind, { subject, ...changed }) => ({ type: 'ApproverPolicyChanged.v1', data: { policyId: subject, ...changed } }),
};

/** The change that an intent to change a policy is about. */
export const changeIn = ({ policyId, policy, ...rest }: DataOf<typeof approverPolicySubmittedV1>) => ({ ...rest, subject: policyId, after: policy });
