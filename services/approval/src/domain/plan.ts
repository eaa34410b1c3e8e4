import { unionOf, type Member, type Principals, type Reason } from './people.ts';
import { stagesFor, type ApproverPolicy, type AskedStage, type Target } from './policy.ts';
import { approversOf, type PolicyProgress, type Stage } from './progress.ts';

/** What a request takes under one chain of policies, before anybody is asked. */
export type PlannedPolicy = Omit<PolicyProgress, 'openedAt'>;

/** Who asks, with the groups they are in, and who manages them where the identity store says so. */
export interface Requester extends Member {
  readonly managerId?: string | undefined;
}

/** What the policies ask of a request: nothing, these stages, or what cannot be had. */
export type Plan =
  | { readonly kind: 'no-approval-needed' }
  | { 
      readonly kind: 'ask';
      readonly policies: readonly PlannedPolicy[];
      readonly deadlineMinutes: number;
      /** Absent: people are reminded once, at half of their time. */
      readonly remindEveryMinutes?: number | undefined;
    }
  | { readonly kind: 'impossible'; readonly reason: Reason };

/** A request falls under at most this many chains of policies at once: each stands whole in the facts that follow, which must fit on the bus. */
export const maximumPolicies = 20;
/** Most stages of one chain, for the same reason. */
export const maximumStages = 5;
/** Most people whose signed decisions one request can carry, for the same reason. */
export const maximumDecisions = 12;
/** Most groups, and most single people, who may end a request's access: approvers, administrators and who asked, together. */
export const maximumPrincipals = 50;
/** Most characters of JSON that the policies of one request may take in its item. */
const maximumPolicyCharacters = 80_000;

/**
 * Finds for each target what it takes and puts together what is asked of whom. `standing` may end the access beside the approvers;
 * `deadlineMinutes` holds where a policy has none of its own; the earliest deadline and the shortest time between reminders of all policies
 * that ask are the request's.
 */
export function planApproval(
  policies: readonly ApproverPolicy[],
  targets: readonly Target[],
  requester: Requester,
  standing: Principals,
  deadlineMinutes: number,
): Plan {
  const found = targets.map((target) => ({ target, asked: stagesFor(policies, target, requester) }));
  const uncovered = found.filter(({ asked }) => asked.length === 0).map(({ target }) => target.accountId);
  if (uncovered.length > 0) {
    const accounts = [...new Set(uncovered)].slice(0, 20).join(', ');
    return impossible('ERR_NO_APPROVER_POLICY', `no approver policy says who may approve for ${accounts}; ask an administrator to add one`);
  }
  const chains = Map.groupBy(found, ({ asked }) => chainOf(asked));
  const asking = found.flatMap(({ asked }) => asked.map(({ policy }) => policy));
  const deadline = Math.min(...asking.map((policy) => policy.deadlineMinutes ?? deadlineMinutes));
  const progress = [...chains].map(([chain, alike]) => ({
    chain,
    grantIds: alike.map(({ target }) => target.grantId),
    stages: (alike[0]?.asked ?? []).map((one) => stageOf(one, requester, deadline)),
    open: 0,
    counted: [],
  }));
  const problem = tooMuch(progress, standing);
  if (problem !== undefined) return problem;
  const intervals = asking.flatMap(({ remindEveryMinutes }) => remindEveryMinutes ?? []);
  return {
    kind: 'ask',
    policies: progress,
    deadlineMinutes: deadline,
    ...(intervals.length === 0 ? {} : { remindEveryMinutes: Math.min(...intervals) }),
  };
}

/** A stage for this requester. An escalation that would come after the deadline never comes; a manager whom nobody knows is not asked. */
function stageOf({ policy: { policyId }, stage }: AskedStage, { managerId }: Requester, deadlineMinutes: number): Stage {
  const { quorum, escalation, requesterManager } = stage;
  const manager = { groupIds: [], userIds: requesterManager === true && managerId !== undefined ? [managerId] : [] };
  const comes = escalation !== undefined && escalation.afterMinutes < deadlineMinutes;
  return { policyId, approvers: unionOf([stage.approvers, manager]), quorum, ...(comes ? { escalation } : {}) };
}

/** Targets that take stages of the same policies take the same stages. */
const chainOf = (asked: readonly AskedStage[]): string => [...new Set(asked.map(({ policy }) => policy.policyId))].join('>');

function tooMuch(policies: readonly PlannedPolicy[], standing: Principals): Plan | undefined {
  const long = policies.find(({ stages }) => stages.length > maximumStages);
  if (long !== undefined) {
    return impossible(
      'ERR_TOO_MANY_STAGES',
      `the policies ${long.chain.slice(0, 300)} come to ${long.stages.length} stages with those asked always; ${maximumStages} fit in one request`,
    );
  }
  const demanding = policies.find(({ stages }) => stages.reduce((sum, { quorum }) => sum + quorum, 0) > maximumDecisions);
  if (demanding !== undefined) {
    return impossible(
      'ERR_TOO_MANY_DECISIONS',
      `policy ${demanding.chain.slice(0, 300)} asks for more than the ${maximumDecisions} decisions that a request can carry`,
    );
  }
  if (policies.length > maximumPolicies) {
    return impossible(
      'ERR_TOO_MANY_POLICIES',
      `the targets fall under ${policies.length} approver policies, at most ${maximumPolicies} fit in one request; ask in several`,
    );
  }
  const later = policies.flatMap(({ stages }) => stages.flatMap(({ escalation }) => escalation?.to ?? []));
  const { groupIds, userIds } = unionOf([standing, ...approversOf(policies), ...later]);
  const tooManyPeople = groupIds.length > maximumPrincipals || userIds.length > maximumPrincipals;
  if (tooManyPeople || JSON.stringify(policies.map(({ stages }) => stages)).length > maximumPolicyCharacters) {
    return impossible(
      'ERR_TOO_MANY_APPROVERS',
      'the targets have more approvers, all together, than one request can carry; ask for fewer targets at once',
    );
  }
  return undefined;
}

const impossible = (code: Reason['code'], message: string): Plan => ({ kind: 'impossible', reason: { code, message } });
