import type { AccessApprovedV1, AccessRequestAcceptedV1, ApprovalRecordedV1 } from '@team/contracts';
import type { Rule, RuleFrom } from './rule.ts';
import { createMemberships } from './memberships.ts';
import { approvedUnder, mayHaveCounted, planUnder } from './stages.ts';

interface Accepted {
  readonly data: AccessRequestAcceptedV1;
  readonly at: number;
}

/** What a service has read of the policies holds for so long (ms) after they changed. */
const policiesCachedMs = 10_000;

/**
 * Nobody decides on what they asked for, themselves or for another. A decision counts only for grants whose policy has its author among
 * those it asks, and an approval needs all that the policies in force ask: every stage in its order, as many different people as its
 * quorum. One no of theirs is enough: the request is denied.
 */
export const othersDecide: RuleFrom = ({ now, forged, asked, memberships, policies }): Rule => {
  const members = createMemberships(memberships, now);
  const accepted = new Map<string, Accepted>();
  const recorded = new Map<string, ApprovalRecordedV1>();
  const approved: AccessApprovedV1[] = [];
  const denied = new Set<string>();

  /** The plans under which a request may have been decided that was decided by `until` (ms). */
  const plansUntil = ({ at, data }: Accepted, until: number) =>
    policies
      .filter(({ since }, i) => since <= until && (policies[i + 1]?.since ?? Infinity) >= at - policiesCachedMs)
      .map((one) => planUnder(one.policies.approvers, data));

  const memberUntil = ({ at }: Accepted, until: number) => (groupId: string, userId: string) => members.was(groupId, userId, at, until);

  function isTheirOwn(requestId: string, userId: string): boolean {
    const { requester, askedBy } = accepted.get(requestId)?.data ?? {};
    const own = [requester?.userId, askedBy?.userId, asked.find((one) => one.requestId === requestId)?.requesterId];
    return own.some((id) => id?.toLowerCase() === userId.toLowerCase());
  }
  function onRecorded(data: ApprovalRecordedV1): string | undefined {
    const { requestId, decisionId, decider, grantIds, verdict, decidedAt } = data;
    const until = Date.parse(decidedAt);
    recorded.set(decisionId, data);
    const request = accepted.get(requestId);
    if (request === undefined) return `a decision counted on ${requestId}, which nobody accepted`;
    if (isTheirOwn(requestId, decider.userId)) return `${decider.userName} decided on their own request ${requestId}`;
    const isMember = memberUntil(request, until);
    if (plansUntil(request, until).some((plan) => mayHaveCounted(plan, grantIds, decider.userId, isMember))) return undefined;
    return `${decider.userName}'s ${verdict} counted on ${requestId}, and no policy asks them for ${grantIds.join(', ')}`;
  }
  function judged(data: AccessApprovedV1): string | undefined {
    const { requestId, approvals, approvedAt } = data;
    const until = Date.parse(approvedAt);
    const request = accepted.get(requestId);
    if (request === undefined) return `${requestId} was approved and never accepted`;
    const own = approvals.find(({ decider }) => isTheirOwn(requestId, decider.userId));
    if (own !== undefined) return `${requestId} was approved by ${own.decider.userName}, who asked for it`;
    if (!request.data.approvalRequired) return undefined;
    const decisions = approvals.flatMap(({ decisionId, decider }) => {
      const one = recorded.get(decisionId);
      const { userId } = decider;
      return one?.verdict === 'approve' && one.decider.userId === userId ? [{ userId, grantIds: one.grantIds }] : [];
    });
    if (decisions.length < approvals.length) return `${requestId} was approved with decisions that never counted`;
    const isMember = memberUntil(request, until);
    if (plansUntil(request, until).some((plan) => approvedUnder(plan, decisions, isMember))) return undefined;
    const people = approvals.map(({ decider }) => decider.userName).join(', ') || 'nobody';
    return `${requestId} was approved by ${people}, and the policies ask for more`;
  }
  const unheeded = (): string[] =>
    [...recorded.values()]
      .filter(({ requestId, verdict }) => verdict === 'deny' && !denied.has(requestId))
      .map(({ requestId, decider }) => `${decider.userName} denied ${requestId}, and it was ${approved.some((one) => one.requestId === requestId) ? 'approved' : 'not denied'}`);

  return {
    onCall: () => members.look(),
    onEvent({ detailType, detail: { metadata, data } }) {
      members.look();
      if (forged.has(String(metadata['eventId']))) return undefined;
      if (detailType === 'AccessRequestAccepted.v1') {
        const acceptance = data as AccessRequestAcceptedV1;
        accepted.set(acceptance.requestId, { data: acceptance, at: Date.parse(acceptance.acceptedAt) });
      }
      if (detailType === 'ApprovalRecorded.v1') return onRecorded(data as ApprovalRecordedV1);
      // Facts of one commit may come in any order: that it was approved is judged when all has come.
      if (detailType === 'AccessApproved.v1') approved.push(data as AccessApprovedV1);
      if (detailType === 'AccessDenied.v1') denied.add(String(data['requestId']));
      return undefined;
    },
    atRest: () => [...approved.flatMap((data) => judged(data) ?? []), ...unheeded()],
  };
};
