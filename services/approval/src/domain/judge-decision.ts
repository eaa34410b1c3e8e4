import { askPeople } from './begin.ts';
import type { JudgeDecision, KnownPerson } from './commands.ts';
import { decisionProblems } from './decision-problems.ts';
import type { ApprovalEvent } from './events.ts';
import type { Person, Reason } from './people.ts';
import { maximumDecisions } from './plan.ts';
import { count, mayDecide, notCountedYet, satisfied, type PolicyProgress } from './progress.ts';
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
  const policies = decider === undefined ? [] : deciding(pending.policies, decider, submission.verdict);
  const reasons = [...problems, ...problemsWithRequest(state, pending, command, decider, policies)];
  if (reasons.length > 0 || decider === undefined) return refuse(reasons);
  return record(pending, submission, decider, policies, now);
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

/** The policies for which this person's word counts now. A no may come from somebody who said yes before: they may think again. */
function deciding(policies: readonly PolicyProgress[], decider: KnownPerson, verdict: 'approve' | 'deny'): readonly PolicyProgress[] {
  const open = mayDecide(policies, decider);
  return verdict === 'deny' ? open : notCountedYet(open, decider);
}

function problemsWithRequest(
  { counted }: State,
  { request, policies: all }: Pending,
  { submission, evidence }: JudgeDecision,
  decider: KnownPerson | undefined,
  policies: readonly PolicyProgress[],
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
  if (decider === undefined) return reasons;
  // Ids are compared, never names: a name in other letters is the same person, and a name given to somebody else is not.
  const { userId, userName } = decider;
  if (userId === request.requester.userId || userId === request.askedBy?.userId) {
    reasons.push({
      code: 'ERR_SELF_APPROVAL',
      message: `${userName} asked for this; nobody decides on what they asked for themselves or for another`,
    });
  }
  if (policies.length === 0) {
    const decided = notCountedYet(all, decider).length < all.length;
    reasons.push(
      decided
        ? { code: 'ERR_ALREADY_DECIDED', message: `${userName} has decided; one person counts once, whatever stages they belong to` }
        : { code: 'ERR_NOT_AN_APPROVER', message: `${userName} is not among those who are asked now, for any target of the request` },
    );
  }
  return reasons;
}

function record(
  pending: Pending,
  { requestId, decisionId, digest, verdict, comment, signature }: DecisionSubmission,
  { userId, userName, displayName }: KnownPerson,
  policies: readonly PolicyProgress[],
  now: number,
): readonly ApprovalEvent[] {
  const decidedAt = iso(now);
  const decider: Person = { userId, userName, ...(displayName === undefined ? {} : { displayName }) };
  const said = comment === undefined ? {} : { comment };
  const recorded: ApprovalEvent = {
    type: 'ApprovalRecorded.v1',
    data: { requestId, decisionId, decider, verdict, ...said, grantIds: policies.flatMap(({ grantIds }) => grantIds), decidedAt },
  };
  if (verdict === 'deny') {
    const reason = { code: 'ERR_DENIED_BY_APPROVER', message: `${userName} denied the request` } as const;
    return [
      { type: 'DecisionCounted', data: { requestId, decisionId, digest } },
      recorded,
      { type: 'AccessDenied.v1', data: { requestId, reason, decider, ...said, deniedAt: decidedAt } },
    ];
  }
  const chains = policies.map(({ chain }) => chain);
  const counted = { decisionId, decider, decidedAt, signature };
  return [
    { type: 'DecisionCounted', data: { requestId, decisionId, digest, approval: { counted, chains } } },
    recorded,
    ...whatFollows(pending, count(pending.policies, chains, userId, now), requestId, now),
  ];
}

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
