import type { AccessRequestAcceptedV1, ApproverPolicy } from '@team/contracts';

/** A policy, and the grants of a request that it is asked about. */
interface Asked {
  readonly policy: ApproverPolicy;
  readonly grantIds: readonly string[];
}

/** Which policies a request falls under: undefined where a grant falls under none, for then nobody can approve it. */
export type ApprovalPlan = readonly Asked[] | undefined;

export function planUnder(policies: readonly ApproverPolicy[], { grants }: Pick<AccessRequestAcceptedV1, 'grants'>): ApprovalPlan {
  const asked = new Map<ApproverPolicy, string[]>();
  for (const grant of grants) {
    const policy = policyFor(policies, grant);
    if (policy === undefined) return undefined;
    asked.set(policy, [...(asked.get(policy) ?? []), grant.grantId]);
  }
  return [...asked].map(([policy, grantIds]) => ({ policy, grantIds }));
}

type Target = AccessRequestAcceptedV1['grants'][number];

/** The nearest policy wins, the account before its unit, the unit before the one above it; among equals one with the permission set. */
function policyFor(policies: readonly ApproverPolicy[], target: Target): ApproverPolicy | undefined {
  const { accountId, permissionSetArn, organizationalUnitIds } = target;
  const places = [...organizationalUnitIds, accountId];
  const nearness = ({ targets }: ApproverPolicy): number =>
    places.findLastIndex((place) => targets.accountIds.includes(place) || targets.organizationalUnitIds.includes(place));
  const rank = (policy: ApproverPolicy): number => nearness(policy) * 2 + (policy.permissionSetArns === undefined ? 0 : 1);
  const reaching = policies.filter((policy) => nearness(policy) >= 0 && policy.permissionSetArns?.includes(permissionSetArn) !== false);
  return reaching.sort((a, b) => rank(b) - rank(a))[0];
}

type IsMember = (groupId: string, userId: string) => boolean;
type Stage = ApproverPolicy['stages'][number];

const asks = ({ approvers }: Stage, userId: string, isMember: IsMember): boolean =>
  approvers.userIds.includes(userId) || approvers.groupIds.some((groupId) => isMember(groupId, userId));

/** Whether somebody's decision may count for all these grants: each falls under a policy that asks them in one of its stages. */
export function mayHaveCounted(plan: ApprovalPlan, grantIds: readonly string[], userId: string, isMember: IsMember): boolean {
  return grantIds.every((grantId) => {
    const asked = plan?.find((one) => one.grantIds.includes(grantId));
    return asked?.policy.stages.some((stage) => asks(stage, userId, isMember)) ?? false;
  });
}

interface Decision {
  readonly userId: string;
  readonly grantIds: readonly string[];
}

/** Whether these approvals, in this order, complete every stage of every policy in its turn, each person counted once. */
export function approvedUnder(plan: ApprovalPlan, decisions: readonly Decision[], isMember: IsMember): boolean {
  return plan?.every(({ policy, grantIds }) => {
    const concerned = decisions.filter((decision) => decision.grantIds.some((id) => grantIds.includes(id)));
    return completes(policy.stages, [...new Set(concerned.map(({ userId }) => userId))], isMember);
  }) ?? false;
}

function completes(stages: readonly Stage[], people: readonly string[], isMember: IsMember): boolean {
  const [stage, ...later] = stages;
  if (stage === undefined) return true;
  const mine = people.slice(0, stage.quorum);
  const complete = mine.length === stage.quorum && mine.every((userId) => asks(stage, userId, isMember));
  return complete && completes(later, people.slice(stage.quorum), isMember);
}
