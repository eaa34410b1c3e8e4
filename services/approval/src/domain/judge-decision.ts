import { askPeople } from './begin.ts';
import { capacityOf, capacityProblems, type Capacity } from './capacity.ts';
import type { JudgeDecision } from './commands.ts';
import { decisionProblems } from './decision-problems.ts';
import type { ApprovalEvent } from './events.ts';
import type { KnownPerson, Person, Reason } from './people.ts';
import { maximumDecisions } from './plan.ts';
import { count, satisfied, type PolicyProgress } from './progress.ts';
import { refuseDecision, requestOver, wasAnswered } from './refusals.ts';
import type { DecisionSubmission, EarlyDecision, Pending, State } from './state.ts';
import { iso } from './window.ts';

/** Decisions that can wait for one request to be known. */
export const maximumEarlyDecisions = 20;

/** Counts a decision, or says every reason why it does not count. */
export function judgeDecision(state: State | undefined, command: JudgeDecision, now: number): readonly ApprovalEvent[] {
  const { submission, arrivedAt = now } = command;
  const { requestId, digest } = submission;
  if (wasAnswered(state, digest)) return [];
  const refuse = (reasons: readonly Reason[]): readonly ApprovalEvent[] => refuseDecision(submission, reasons, now);
  const problems = decisionProblems(command, arrivedAt);

  if (state === undefined || state.phase === 'unknown') {
    if (problems.length > 0) return refuse(problems);
    return keep(state?.early.decisions ?? [], { ...submission, arrivedAt, waitsSince: now }, refuse);
  }
  if (state.phase !== 'pending') return refuse([requestOver(state.phase), ...problems]);
  const { pending } = state;
  if (now >= pending.deadlineAt) {
    const expired: ApprovalEvent = { type: 'ApprovalExpired.v1', data: { requestId, deadlineAt: iso(pending.deadlineAt) } };
    return [expired, ...refuse([requestOver('expired'), ...problems])];
  }

  const decider = personIn(command);
  const others = [...problems, ...problemsWithRequest(state, pending, command)];
  if (decider === undefined) return refuse(others);
  const absences = command.evidence?.absences ?? [];
  const capacity = capacityOf(pending, decider, absences, submission.verdict, now);
  const reasons = [...others, ...capacityProblems(pending, decider, absences, capacity, now)];
  return reasons.length > 0 ? refuse(reasons) : record(pending, submission, decider, capacity, now);
}

function keep(
  waiting: readonly EarlyDecision[],
  decision: EarlyDecision,
  refuse: (reasons: readonly Reason[]) => readonly ApprovalEvent[],
): readonly ApprovalEvent[] {
  if (waiting.some(({ digest }) => digest === decision.digest)) return [];
  if (waiting.length >= maximumEarlyDecisions) {
    return refuse([
      {
        code: 'ERR_TOO_MANY_EARLY',
        message: `${waiting.length} decisions wait for this request already, which is not known yet; decide again later`,
      },
    ]);
  }
  return [{ type: 'EarlyDecisionKept', data: { requestId: decision.requestId, decision } }];
}

function personIn({ evidence }: JudgeDecision): KnownPerson | undefined {
  return evidence !== undefined && 'person' in evidence.decider ? evidence.decider.person : undefined;
}

function problemsWithRequest(
  { counted }: State,
  { request }: Pending,
  { submission, evidence }: JudgeDecision,
): readonly Reason[] {
  const reasons: Reason[] = [];
  if (counted[submission.decisionId] !== undefined) {
    reasons.push({
      code: 'ERR_DECISION_ID_REUSED',
      message: `decision id ${submission.decisionId} has counted with other content; choose a new id`,
    });
  }
  if (evidence !== undefined && 'requestDigest' in evidence.claims && evidence.claims.requestDigest !== request.requestDigest) {
    reasons.push({ code: 'ERR_DECISION_MISMATCH', message: 'the signature is over another digest than that of the request as accepted' });
  }
  if (request.commentRequired === true && (submission.comment ?? '').trim() === '') {
    reasons.push({ code: 'ERR_COMMENT_MISSING', message: 'whoever decides on this request must say why; decide again with a comment' });
  }
  return reasons;
}

function record(
  pending: Pending,
  { requestId, decisionId, digest, verdict, comment, signature }: DecisionSubmission,
  who: KnownPerson,
  { policies, onBehalfOf }: Capacity,
  now: number,
): readonly ApprovalEvent[] {
  const decidedAt = iso(now);
  const decider = named(who);
  const standingIn = onBehalfOf === undefined ? {} : { onBehalfOf: named(onBehalfOf) };
  const said = comment === undefined ? {} : { comment };
  const recorded: ApprovalEvent = {
    type: 'ApprovalRecorded.v1',
    data: { requestId, decisionId, decider, ...standingIn, verdict, ...said, grantIds: policies.flatMap(({ grantIds }) => grantIds), decidedAt },
  };
  if (verdict === 'deny') {
    const reason = { code: 'ERR_DENIED_BY_APPROVER', message: `${who.userName} denied the request${onBehalfOf === undefined ? '' : ` in the place of ${onBehalfOf.userName}`}` } as const;
    return [
      { type: 'DecisionCounted', data: { requestId, decisionId, digest } },
      recorded,
      { type: 'AccessDenied.v1', data: { requestId, reason, decider, ...said, deniedAt: decidedAt } },
    ];
  }
  const chains = policies.map(({ chain }) => chain);
  const counted = { decisionId, decider, ...standingIn, decidedAt, signature };
  return [
    { type: 'DecisionCounted', data: { requestId, decisionId, digest, approval: { counted, chains } } },
    recorded,
    ...whatFollows(pending, count(pending.policies, chains, { userId: who.userId }, now), requestId, now),
  ];
}

const named = ({ userId, userName, displayName }: Person): Person => ({ userId, userName, ...(displayName === undefined ? {} : { displayName }) });

function whatFollows(pending: Pending, policies: readonly PolicyProgress[], requestId: string, now: number): readonly ApprovalEvent[] {
  if (satisfied(policies)) return [{ type: 'AllAgreed', data: { requestId, at: now } }];
  if (pending.approvals.length + 1 >= maximumDecisions) {
    const reason = {
      code: 'ERR_TOO_MANY_DECISIONS',
      message: `${maximumDecisions} people have approved and more are needed than one request can carry; ask for fewer targets`,
    } as const;
    return [{ type: 'AccessDenied.v1', data: { requestId, reason, deniedAt: iso(now) } }];
  }
  const stageOpened = policies.some(({ open, stages }, i) => open !== pending.policies[i]?.open && open < stages.length);
  return stageOpened ? [askPeople({ ...pending, policies })] : [];
}
