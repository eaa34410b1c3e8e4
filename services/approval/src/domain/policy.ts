import { includes, unionOf, type Member, type Principals, type Reason } from './people.ts';
import { approversOf, type PolicyProgress, type Stage } from './progress.ts';

/** Who may say yes, in ordered stages, for which targets and whose requests. */
export interface ApproverPolicy {
  readonly policyId: string;
  readonly targets: { readonly accountIds: readonly string[]; readonly organizationalUnitIds: readonly string[] };
  readonly permissionSetArns?: readonly string[] | undefined;
  readonly requesters?: Principals | undefined;
  readonly stages: readonly Stage[];
  readonly deadlineMinutes?: number | undefined;
}

/** One target of a request, and where its account stands now: unit ids from the root to the nearest. */
export interface Target {
  readonly grantId: string;
  readonly accountId: string;
  readonly permissionSetArn: string;
  readonly ouPath: readonly string[];
}

/** What the policies ask of a request: nothing, these stages, or what cannot be had. */
export type Plan =
  | { readonly kind: 'no-approval-needed' }
  | { readonly kind: 'ask'; readonly policies: readonly PolicyProgress[]; readonly deadlineMinutes: number }
  | { readonly kind: 'impossible'; readonly reason: Reason };

/** A request falls under at most this many policies at once: each stands whole in the facts that follow, which must fit on the bus. */
export const maximumPolicies = 20;
/** Most people whose signed decisions one request can carry, for the same reason. */
export const maximumDecisions = 12;
/** Most groups, and most single people, who may end a request's access: approvers, administrators and who asked, together. */
export const maximumPrincipals = 50;
/** Most characters of JSON that the policies of one request may take in its item. */
const maximumPolicyCharacters = 80_000;

/**
 * The one policy that applies to a target: the most specific place wins (the account by name, then its nearest unit, the root last);
 * among equals one that also names the permission set or the requester, both before one; what is equal still, by order of policy id.
 */
export function choosePolicy(policies: readonly ApproverPolicy[], target: Target, requester: Member): ApproverPolicy | undefined {
  return policies
    .filter((policy) => appliesTo(policy, target, requester))
    .map((policy) => ({ policy, nearness: nearnessOf(policy, target), narrowness: narrownessOf(policy) }))
    .filter(({ nearness }) => nearness >= 0)
    .toSorted((a, b) => b.nearness - a.nearness || b.narrowness - a.narrowness || (a.policy.policyId < b.policy.policyId ? -1 : 1))[0]
    ?.policy;
}

/**
 * Chooses for each target and puts together what is asked of whom. `standing` may end the access beside the approvers;
 * `deadlineMinutes` holds where a policy has none of its own, and the earliest deadline is the request's.
 */
export function planApproval(
  policies: readonly ApproverPolicy[],
  targets: readonly Target[],
  requester: Member,
  standing: Principals,
  deadlineMinutes: number,
): Plan {
  const chosen = targets.map((target) => ({ target, policy: choosePolicy(policies, target, requester) }));
  const uncovered = chosen.filter(({ policy }) => policy === undefined).map(({ target }) => target.accountId);
  if (uncovered.length > 0) {
    const accounts = [...new Set(uncovered)].slice(0, 20).join(', ');
    return impossible('ERR_NO_APPROVER_POLICY', `no approver policy says who may approve for ${accounts}; ask an administrator to add one`);
  }
  const asked = new Map<ApproverPolicy, string[]>();
  for (const { target, policy } of chosen) {
    if (policy !== undefined) asked.set(policy, [...(asked.get(policy) ?? []), target.grantId]);
  }
  const progress = [...asked].map(([{ policyId, stages }, grantIds]) => ({ policyId, grantIds, stages, open: 0, counted: [] }));
  const problem = tooMuch(progress, standing);
  if (problem !== undefined) return problem;
  return {
    kind: 'ask',
    policies: progress,
    deadlineMinutes: Math.min(...[...asked.keys()].map((policy) => policy.deadlineMinutes ?? deadlineMinutes)),
  };
}

function appliesTo({ permissionSetArns, requesters }: ApproverPolicy, { permissionSetArn }: Target, requester: Member): boolean {
  return (permissionSetArns?.includes(permissionSetArn) ?? true) && (requesters === undefined || includes(requesters, requester));
}

/** How near a policy comes to the account: 0 for the root, more for each unit below it, most for the account; -1 for out of reach. */
function nearnessOf({ targets }: ApproverPolicy, { accountId, ouPath }: Target): number {
  if (targets.accountIds.includes(accountId)) return ouPath.length;
  return ouPath.findLastIndex((unit) => targets.organizationalUnitIds.includes(unit));
}

const narrownessOf = ({ permissionSetArns, requesters }: ApproverPolicy): number =>
  Number(permissionSetArns !== undefined) + Number(requesters !== undefined);

function tooMuch(policies: readonly PolicyProgress[], standing: Principals): Plan | undefined {
  const lengthy = policies.find(({ stages }) => stages.reduce((sum, { quorum }) => sum + quorum, 0) > maximumDecisions);
  if (lengthy !== undefined) {
    return impossible(
      'ERR_TOO_MANY_DECISIONS',
      `policy ${lengthy.policyId} asks for more than the ${maximumDecisions} decisions that a request can carry`,
    );
  }
  if (policies.length > maximumPolicies) {
    return impossible(
      'ERR_TOO_MANY_POLICIES',
      `the targets fall under ${policies.length} approver policies, at most ${maximumPolicies} fit in one request; ask in several`,
    );
  }
  const { groupIds, userIds } = unionOf([standing, ...approversOf(policies)]);
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
