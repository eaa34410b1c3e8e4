import { includes, type Member, type Principals } from './people.ts';

/** A stage as its policy states it. */
export interface PolicyStage {
  readonly approvers: Principals;
  readonly quorum: number;
  /** The requester's manager is asked as well. */
  readonly requesterManager?: boolean | undefined;
  /** It is asked also where a nearer policy applies. */
  readonly always?: boolean | undefined;
  /** These are asked as well when the stage has waited so long. */
  readonly escalation?: { readonly afterMinutes: number; readonly to: Principals } | undefined;
}

/** Who may say yes, in ordered stages, for which targets and whose requests. */
export interface ApproverPolicy {
  readonly policyId: string;
  readonly targets: { readonly accountIds: readonly string[]; readonly organizationalUnitIds: readonly string[] };
  readonly permissionSetArns?: readonly string[] | undefined;
  readonly requesters?: Principals | undefined;
  readonly stages: readonly PolicyStage[];
  readonly deadlineMinutes?: number | undefined;
  readonly remindEveryMinutes?: number | undefined;
}

/** One target of a request, and where its account stands now: unit ids from the root to the nearest. */
export interface Target {
  readonly grantId: string;
  readonly accountId: string;
  readonly permissionSetArn: string;
  readonly ouPath: readonly string[];
}

/** A stage that a target takes, and the policy that asks for it. */
export interface AskedStage {
  readonly policy: ApproverPolicy;
  readonly stage: PolicyStage;
}

/**
 * What a target takes: the stages of the policy that decides, and before them those that policies farther away ask `always`, from the
 * farthest to the nearest. A stage that a nearer policy asks all the same, of as many people, is not asked twice. Empty where no policy
 * applies.
 */
export function stagesFor(policies: readonly ApproverPolicy[], target: Target, requester: Member): readonly AskedStage[] {
  const [nearest, ...farther] = applying(policies, target, requester);
  if (nearest === undefined) return [];
  let asked: readonly AskedStage[] = nearest.stages.map((stage) => ({ policy: nearest, stage }));
  for (const policy of farther) asked = [...missingFrom(asked, policy).map((stage) => ({ policy, stage })), ...asked];
  return asked;
}

/** Stages that this policy asks always, and that are not asked already. One that is asked stands for one of these, not for two. */
function missingFrom(asked: readonly AskedStage[], { stages }: ApproverPolicy): readonly PolicyStage[] {
  const free = asked.map(({ stage }) => stage);
  return stages.filter((stage) => {
    if (stage.always !== true) return false;
    const at = free.findIndex((other) => other.quorum >= stage.quorum && asksTheSame(other, stage));
    if (at >= 0) free.splice(at, 1);
    return at < 0;
  });
}

/** Whether two stages ask the same people, now and later. */
export const asksTheSame = (one: PolicyStage, other: PolicyStage): boolean => askedOf(one) === askedOf(other);

/** Whom a stage asks, now and later, in one text; the order in which they are named makes no difference. */
function askedOf({ approvers, requesterManager, escalation }: PolicyStage): string {
  const named = ({ groupIds, userIds }: Principals) => [groupIds.toSorted(), userIds.toSorted()];
  return JSON.stringify([
    named(approvers),
    requesterManager === true,
    escalation === undefined ? [] : [escalation.afterMinutes, named(escalation.to)],
  ]);
}

/**
 * The policies that apply to a target, in the order in which they decide: the most specific place first (the account by name, then its
 * nearest unit, the root last); among equals one that also names the permission set or the requester, both before one; what is equal
 * still, by order of policy id.
 */
function applying(policies: readonly ApproverPolicy[], target: Target, requester: Member): readonly ApproverPolicy[] {
  return policies
    .filter((policy) => appliesTo(policy, target, requester))
    .map((policy) => ({ policy, nearness: nearnessOf(policy, target), narrowness: narrownessOf(policy) }))
    .filter(({ nearness }) => nearness >= 0)
    .toSorted((a, b) => b.nearness - a.nearness || b.narrowness - a.narrowness || (a.policy.policyId < b.policy.policyId ? -1 : 1))
    .map(({ policy }) => policy);
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
