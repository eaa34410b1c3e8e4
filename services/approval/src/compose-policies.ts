import { approverPolicy, approverPolicySubmittedV1, type ApproverPolicy, type ApproverPolicyDecisionRefusedV1, type ApproverPolicyProposedV1, type ApproverPolicyRefusedV1, type DataOf } from '@team/contracts';
import { createGovernance, governedBy, policyDefinition, registerDefinition, registerKey, type ChangedPolicy, type FoundPerson, type Governance, type PolicySnapshot, type Proposal, type RegisterEvent } from '@team/governance';
import { createVerifier, tableOf, type DomainEvent, type Platform, type ServiceKit } from '@team/runtime';
import { prefixes, readAllPolicies, type AllPolicies } from './adapters/policy-table.ts';
import { approverProblems, type PolicyJudging } from './application/judge-policy-change.ts';
import { easedApproval } from './domain/widening.ts';

interface Snapshot extends PolicySnapshot {
  readonly policies: AllPolicies;
}

/** The approver policies that are laid down, and what waits for a second administrator. */
export interface StandingPolicies {
  readonly approvers: readonly { readonly version: number; readonly policy: ApproverPolicy }[];
  /** Versions of what was removed, by kind and id: what is laid down anew is made against them. */
  readonly removed: readonly { readonly key: string; readonly version: number }[];
  readonly proposals: readonly Proposal[];
}

/** How approver policies are changed, and what they are now. */
export function governApproverPolicies(
  kit: ServiceKit,
  { clients, config }: Pick<Platform, 'clients' | 'config'>,
  findPerson: (ref: string) => Promise<FoundPerson>,
  judging: PolicyJudging,
): { readonly governance: Governance; readonly standing: () => Promise<StandingPolicies> } {
  const table = tableOf(config, 'policies');
  const register = kit.aggregate('policies', registerDefinition(factsOf));
  const governance = createGovernance<Snapshot>({
    register,
    items: kit.aggregate('policies', policyDefinition(changedFact)),
    kinds: [
      {
        kind: 'ApproverPolicy',
        detailType: approverPolicySubmittedV1.detailType,
        prefix: prefixes.approver,
        problems: (change, { policies }) => approverProblems(change, policies, judging),
        widens(before, after, { policies }) {
          const [was, is] = [approverPolicy.optional().parse(before), approverPolicy.optional().parse(after)];
          return easedApproval(was, is, policies.approvers.filter(({ policyId }) => policyId !== is?.policyId));
        },
      },
    ],
    async snapshot() {
      const policies = await readAllPolicies(clients.documents, table);
      return {
        policies,
        ...governedBy(policies.limits),
        item: (key) => policies.items.get(key),
      };
    },
    findPerson,
    verifier: createVerifier(clients.kms),
    emitters: config.emitters,
  });
  return {
    governance,
    async standing() {
      const [{ items, approvers }, line] = [await readAllPolicies(clients.documents, table), await register.load(registerKey)];
      const own = [...items].filter(([key]) => key.startsWith(`${prefixes.approver}#`));
      return {
        approvers: approvers.map((policy) => ({ version: items.get(`${prefixes.approver}#${policy.policyId}`)?.version ?? 0, policy })),
        removed: own.filter(([, { policy }]) => policy === undefined).map(([key, { version }]) => ({ key, version })),
        proposals: Object.values(line?.proposals ?? {}),
      };
    },
  };
}

/** The facts that leave with what happens in the register. */
function factsOf(event: RegisterEvent): readonly DomainEvent[] {
  if (event.type === 'Proposed') {
    const { change, widens, decideBy } = event.data;
    const data: ApproverPolicyProposedV1 = { changeId: change.changeId, policyId: change.subject, widens: [...widens], changeDigest: change.digest, proposedBy: change.by, decideBy: new Date(decideBy).toISOString() };
    return [{ type: 'ApproverPolicyProposed.v1', data }];
  }
  if (event.type === 'Refused') {
    const { changeId, submittedBy, reasons } = event.data;
    const data: ApproverPolicyRefusedV1 = { changeId, submittedBy, reasons: reasons.slice(0, 100) };
    return [{ type: 'ApproverPolicyRefused.v1', data }];
  }
  if (event.type === 'DecisionRefused') {
    const { changeId, decider, reasons } = event.data;
    const data: ApproverPolicyDecisionRefusedV1 = { changeId, decider, reasons: reasons.slice(0, 20) };
    return [{ type: 'ApproverPolicyDecisionRefused.v1', data }];
  }
  return [];
}

/** The fact that leaves when a policy is laid down. */
const changedFact = (_kind: string, { subject, ...changed }: ChangedPolicy): DomainEvent => ({ type: 'ApproverPolicyChanged.v1', data: { policyId: subject, ...changed } });

/** The change that an intent to change a policy is about. */
export const changeIn = ({ policyId, policy, ...rest }: DataOf<typeof approverPolicySubmittedV1>) => ({ ...rest, subject: policyId, after: policy });
