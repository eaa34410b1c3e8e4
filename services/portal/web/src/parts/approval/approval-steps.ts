import type { ApprovalChain, Preview, RequestDetail } from '../../../../api/src/contract/index.ts';

/** So many names are read at a glance. */
const NAMED = 8;

export type StepStatus = 'agreed' | 'denied' | 'waits' | 'later' | 'over';

/** A stage of approval, as it is shown. */
export interface ApprovalStep {
  readonly key: string;
  readonly status: StepStatus;
  /** `Stage 1 of 2: 2 of anna, ben and 3 others must agree`. */
  readonly header: string;
  readonly policyId?: string;
  /** Since when people are asked. */
  readonly since?: string;
  /** How many have agreed, where some are missing. */
  readonly soFar?: string;
  readonly escalated: boolean;
  readonly decisions: RequestDetail['decisions'];
}

/** The way of some targets to their approval. */
export interface ApprovalWay {
  readonly targets: readonly string[];
  readonly steps: readonly ApprovalStep[];
}

/** Some names, and how many more there are. */
export function people(names: readonly string[], count = names.length): string {
  const shown = names.slice(0, NAMED);
  const others = count - shown.length;
  const last = others > 0 ? (others === 1 ? 'one other' : `${others} others`) : undefined;
  if (shown.length === 0) return last === undefined ? 'nobody' : last;
  return last === undefined ? shown.join(', ') : `${shown.join(', ')} and ${last}`;
}

const stageOf = (stage: number, stages: number): string => (stages === 1 ? '' : `Stage ${stage} of ${stages}: `);
const verbs: Readonly<Record<StepStatus, string>> = { agreed: 'agreed', denied: 'had to agree', over: 'had to agree', waits: 'must agree', later: 'must agree' };
const asks = (prefix: string, quorum: number, names: string, status: StepStatus): string => `${prefix}${quorum === 1 ? (prefix === '' ? 'One' : 'one') : quorum} of ${names} ${verbs[status]}`;
const statusOf = ({ status, decisions }: ApprovalChain['steps'][number]): StepStatus => (decisions.some(({ verdict }) => verdict !== 'approve') ? 'denied' : status);

/** What was asked so far, and how many stages come after that; `waits`: they may come still. */
export function waySoFar({ targets, stages, steps }: ApprovalChain, waits: boolean): ApprovalWay {
  const asked = steps.map((step): ApprovalStep => {
    const { policyId, stage, quorum, approvers, since, escalated, decisions } = step;
    const status = statusOf(step);
    const agreed = decisions.filter(({ verdict }) => verdict === 'approve').length;
    return {
      ...{ key: String(stage), status, header: asks(stageOf(stage, stages), quorum, people(approvers), status), policyId, since, escalated, decisions },
      ...(status === 'waits' && quorum > 1 ? { soFar: `${agreed} of ${quorum} agreed` } : {}),
    };
  });
  const later = Array.from({ length: Math.max(0, stages - steps.length) }, (_, place): ApprovalStep => {
    const stage = steps.length + place + 1;
    return { key: String(stage), status: waits ? 'later' : 'over', header: `${stageOf(stage, stages)}${waits ? 'asked when the stage before has agreed' : 'nobody was asked'}`, escalated: false, decisions: [] };
  });
  return { targets, steps: [...asked, ...later] };
}

/** Who would be asked, stage by stage; targets that take the same stages together. `nameOf` a target in words. */
export function waysAhead({ targets }: Preview, nameOf: (target: Preview['targets'][number]) => string): readonly ApprovalWay[] {
  const waiting = targets.filter(({ allowed, approvalRequired, stages }) => allowed && approvalRequired && stages.length > 0);
  return [...Map.groupBy(waiting, ({ stages }) => JSON.stringify(stages)).values()].map((alike) => ({
    targets: alike.map(nameOf),
    steps: (alike[0]?.stages ?? []).map(({ policyId, quorum, people: names, count }, place, all): ApprovalStep => {
      const status = place === 0 ? 'waits' : 'later';
      return { key: String(place), policyId, escalated: false, decisions: [], status, header: asks(stageOf(place + 1, all.length), quorum, people(names, count), status) };
    }),
  }));
}
