import { includes, type Member, type Principals } from './people.ts';

/** One step on the way to approval: so many different people of these must say yes. */
export interface Stage {
  /** The policy that asks for it. */
  readonly policyId: string;
  readonly approvers: Principals;
  readonly quorum: number;
  /** Who is asked as well when it has waited so long. Gone when they are: then they are among the approvers. */
  readonly escalation?: { readonly afterMinutes: number; readonly to: Principals } | undefined;
}

/**
 * How far one policy has come, with the stages of others that are asked before its own. All targets under the same policies stand at the
 * same point, since who may approve depends on nothing else; so progress is kept by chain and holds for each of its `grantIds`.
 */
export interface PolicyProgress {
  /** Names the chain: the ids of the policies whose stages it has, in their order, `root>production`. */
  readonly chain: string;
  readonly grantIds: readonly string[];
  readonly stages: readonly Stage[];
  /** Index of the stage that is asked now; as many as there are stages once all are satisfied. */
  readonly open: number;
  /** Since when that stage is asked (ms). */
  readonly openedAt: number;
  /** Who counted, and for which stage; nobody twice, neither who decided nor in whose place. */
  readonly counted: readonly (Counted & { readonly stage: number })[];
}

/** Who decided, and in whose place where it was not in their own right; user ids. */
export interface Counted {
  readonly userId: string;
  readonly onBehalfOf?: string | undefined;
}

/** A stage that waits, as the facts describe it. */
export interface OpenStage {
  readonly grantIds: readonly string[];
  readonly policyId: string;
  /** Counted from 1, of `stages`. */
  readonly stage: number;
  readonly stages: number;
  readonly quorum: number;
  readonly missing: number;
  readonly approvers: Principals;
}

/** The policies that still wait and whose open stage this person belongs to now: the only targets for which their word counts. */
export function mayDecide(policies: readonly PolicyProgress[], who: Member): readonly PolicyProgress[] {
  return policies.filter(({ stages, open }) => {
    const stage = stages[open];
    return stage !== undefined && includes(stage.approvers, who);
  });
}

/**
 * Those of them for which none of these people has counted yet: one person counts once, whatever stages they belong to, whether they
 * decide themselves, another in their place, or they in another's.
 */
export function notCountedYet(policies: readonly PolicyProgress[], people: readonly Pick<Member, 'userId'>[]): readonly PolicyProgress[] {
  const ids = people.map(({ userId }) => userId);
  return policies.filter(({ counted }) => !counted.some(({ userId, onBehalfOf = userId }) => ids.includes(userId) || ids.includes(onBehalfOf)));
}

/** Counts a person's yes for these chains at a moment (ms); a stage whose quorum is full gives way to the next. */
export function count(policies: readonly PolicyProgress[], chains: readonly string[], who: Counted, at: number): readonly PolicyProgress[] {
  return policies.map((policy) => {
    if (!chains.includes(policy.chain)) return policy;
    const counted = [...policy.counted, { ...who, stage: policy.open }];
    return missingIn({ ...policy, counted }) > 0 ? { ...policy, counted } : { ...policy, counted, open: policy.open + 1, openedAt: at };
  });
}

/** Whether every policy has all it asks. */
export function satisfied(policies: readonly PolicyProgress[]): boolean {
  return policies.every(({ open, stages }) => open >= stages.length);
}

/** All stages that wait now. */
export function openStages(policies: readonly PolicyProgress[]): readonly OpenStage[] {
  return policies.flatMap((policy) => {
    const { grantIds, stages, open } = policy;
    const stage = stages[open];
    if (stage === undefined) return [];
    const { policyId, quorum, approvers } = stage;
    return [{ grantIds, policyId, stage: open + 1, stages: stages.length, quorum, missing: missingIn(policy), approvers }];
  });
}

/** The approvers of every stage of every policy. */
export function approversOf(policies: readonly Pick<PolicyProgress, 'stages'>[]): readonly Principals[] {
  return policies.flatMap(({ stages }) => stages.map(({ approvers }) => approvers));
}

function missingIn({ stages, open, counted }: PolicyProgress): number {
  return Math.max(0, (stages[open]?.quorum ?? 0) - counted.filter(({ stage }) => stage === open).length);
}
