import { approvalRecordedV1, approvalRequestedV1, type ApprovalRequestedV1 } from '@team/contracts';
import { factsIn, type Facts } from './facts.ts';
import type { RecordedEvent } from './recorded-event.ts';

/** A decision that counted. */
export interface DecisionStory {
  readonly decider: string;
  /** In whose place, where it was not in their own right. */
  readonly onBehalfOf?: string;
  readonly verdict: string;
  readonly comment?: string;
  readonly decidedAt: string;
}

/** A stage of which people were asked. */
export interface ApprovalStep {
  readonly policyId: string;
  /** Counted from 1. */
  readonly stage: number;
  readonly quorum: number;
  /** Who was asked, those to whom it was escalated among them. */
  readonly approvers: { readonly groupIds: readonly string[]; readonly userIds: readonly string[] };
  /** Since when they are asked. */
  readonly since: string;
  /** More people were asked later than at first. */
  readonly escalated: boolean;
  /** `over`: it came to nothing before enough had agreed. */
  readonly status: 'agreed' | 'waits' | 'over';
  readonly decisions: readonly DecisionStory[];
}

/** What some targets take to be approved: the stages that were asked so far, of so many. */
export interface ApprovalChain {
  /** `ReadOnlyAccess in payments-prod`, one each. */
  readonly targets: readonly string[];
  readonly stages: number;
  readonly steps: readonly ApprovalStep[];
}

type Asked = ApprovalRequestedV1['openStages'][number] & { readonly at: string; readonly targets: readonly string[] };
type Recorded = ReturnType<typeof decisionsOf>[number];

/** Everything that people decided. */
export const decisionStory = (facts: Facts): readonly DecisionStory[] => decisionsOf(facts).map(({ told }) => told);

/** Who was asked when, and who decided in which stage. `waits`: people may still decide. */
export function approvalStory(events: readonly RecordedEvent[], ownAccount: string, waits: boolean): readonly ApprovalChain[] {
  const asked = events.flatMap((event) => factsIn([event], ownAccount)(approvalRequestedV1).flatMap((told) => askedIn(told, event.time ?? event.recordedAt)));
  const decisions = decisionsOf(factsIn(events, ownAccount)).toSorted((a, b) => (a.told.decidedAt < b.told.decidedAt ? -1 : 1));
  return [...Map.groupBy(asked, ({ grantIds }) => [...grantIds].sort().join(' ')).values()].map((ofChain) => chainOf(ofChain, decisions, waits));
}

const askedIn = ({ openStages, grants }: ApprovalRequestedV1, at: string): readonly Asked[] =>
  openStages.map((stage) => ({ ...stage, at, targets: grants.flatMap(({ grantId, permissionSetName, accountName }) => (stage.grantIds.includes(grantId) ? [`${permissionSetName} in ${accountName}`] : [])) }));

function chainOf(asked: readonly Asked[], decisions: readonly Recorded[], waits: boolean): ApprovalChain {
  const { grantIds = [], targets = [] } = asked[0] ?? {};
  const theirs = decisions.filter((decision) => decision.grantIds.some((id) => grantIds.includes(id)));
  const agreed = theirs.filter(({ told }) => told.verdict === 'approve');
  const denied = theirs.filter(({ told }) => told.verdict !== 'approve');
  const byStage = [...Map.groupBy(asked, ({ stage }) => stage).values()].toSorted((a, b) => (a[0]?.stage ?? 0) - (b[0]?.stage ?? 0));
  const steps: ApprovalStep[] = [];
  for (const tellings of byStage) {
    // Each stage took its whole quorum, and nobody counts twice: who agreed first, agreed in the first.
    const taken = steps.reduce((sum, { quorum }) => sum + quorum, 0);
    steps.push(...stepOf(tellings, agreed.slice(taken), steps.length === byStage.length - 1 ? denied : [], waits));
  }
  return { targets, stages: Math.max(0, ...asked.map(({ stages }) => stages)), steps };
}

function stepOf(tellings: readonly Asked[], agreed: readonly Recorded[], denied: readonly Recorded[], waits: boolean): readonly ApprovalStep[] {
  const inTime = tellings.toSorted((a, b) => (a.at < b.at ? -1 : 1));
  const [first, last] = [inTime[0], inTime.at(-1)];
  if (first === undefined || last === undefined) return [];
  const { policyId, stage, quorum, approvers } = last;
  const here = agreed.slice(0, quorum);
  const escalated = approvers.groupIds.length + approvers.userIds.length > first.approvers.groupIds.length + first.approvers.userIds.length;
  const status = here.length === quorum ? 'agreed' : waits ? 'waits' : 'over';
  return [{ policyId, stage, quorum, approvers, since: first.at, escalated, status, decisions: [...here, ...denied].map(({ told }) => told) }];
}

function decisionsOf(facts: Facts) {
  return facts(approvalRecordedV1).map(({ decider, onBehalfOf, verdict, comment, decidedAt, grantIds }) => {
    const told: DecisionStory = { decider: decider.userName, ...(onBehalfOf === undefined ? {} : { onBehalfOf: onBehalfOf.userName }), verdict, decidedAt, ...(comment === undefined ? {} : { comment }) };
    return { grantIds, told };
  });
}
