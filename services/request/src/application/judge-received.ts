import { admissionProblems, targetKey, type OpenRequest } from '../domain/admission.ts';
import type { UnsignedAcceptance } from '../domain/events.ts';
import type { RequestFacts } from '../domain/facts.ts';
import { judgeRequest, type Judgement } from '../domain/judge.ts';
import { askerBeside, type KnownPerson, type Person } from '../domain/people.ts';
import type { RequestCommand, RequestState } from '../domain/state.ts';
import { gatherFacts } from './gather-facts.ts';
import type { Cause, Evidence, Ports } from './ports.ts';

/** How long after its latest start and whole duration a request may still be open: late grants, approval, removal (ms). */
const openMarginMs = 6 * 3_600_000;
/** A day, where the limits say nothing. */
const usualReviewMinutes = 1_440;
/** How much of a display name facts carry. The cut may halve a pair of surrogates, of which no UTF-8 can be made. */
const longestDisplayName = 256;

/**
 * Judges a claimed request: facts, judgement, admission on the requester's item, outcome. Each step finds what an earlier,
 * interrupted run left and goes on from there; only the outcome's conditional write decides.
 */
export async function judgeReceived(state: RequestState, cause: Cause, ports: Ports): Promise<void> {
  const { requests, requesters } = ports;
  const { requestId, asked } = state;
  if (asked === undefined) return;
  const facts = await gatherFacts(asked, state, ports);
  const outcome = await outcomeOf(state, facts, ports);
  const { state: after } = await requests.execute(requestId, outcome, cause);
  // This run or another may have admitted what in the end was rejected: the facts can differ between two runs.
  if (after?.status === 'rejected' && typeof facts.requester === 'object') {
    await requesters.execute(facts.requester.userId, { type: 'release', requestId });
  }
}

async function outcomeOf(state: RequestState, facts: RequestFacts, { requesters, evidence, clock }: Ports): Promise<RequestCommand> {
  const judgement = judgeRequest(facts);
  if (!judgement.allowed) return { type: 'reject', reasons: judgement.reasons };
  // Taken before the admission is decided: what was open then is open here, and its refusal finds its reasons.
  const now = clock();
  const accepted = acceptanceOf(state, facts, judgement, evidence, now);
  const admit = {
    type: 'admit',
    requestId: state.requestId,
    request: openRequest(accepted, now),
    cap: facts.limits.openRequestsPerUser,
    caps: Object.fromEntries((facts.limits.openRequestsPerPermissionSet ?? []).map(({ permissionSetArn, perUser }) => [permissionSetArn, perUser])),
  } as const;
  const admitted = await requesters.execute(judgement.requester.userId, admit);
  const reasons = admissionProblems(admitted, admit, now);
  if (reasons.length > 0) return { type: 'reject', reasons };
  return { type: 'accept', accepted: { ...accepted, acceptance: await evidence.signAcceptance(accepted) } };
}

function acceptanceOf(
  { requestId, emitter: sender }: RequestState,
  { asked, emitter, limits }: RequestFacts,
  judgement: Extract<Judgement, { allowed: true }>,
  { grantIdOf, requestDigestOf }: Evidence,
  now: number,
): UnsignedAcceptance {
  const { startAt, justification, ticket, breakGlass = false, extends: extended } = asked;
  const { stretch } = judgement;
  const content = {
    requestId,
    requester: personOf(judgement.requester),
    ...(judgement.askedBy === undefined ? {} : { askedBy: personOf(judgement.askedBy) }),
    grants: judgement.targets.map((target) => ({ grantId: grantIdOf(requestId, target.accountId, target.permissionSetArn), ...target })),
    ...(startAt === undefined ? {} : { startAt }),
    durationMinutes: judgement.durationMinutes,
    ...(justification === undefined ? {} : { justification }),
    ...(ticket === undefined ? {} : { ticket }),
    breakGlass,
    ...(extended === undefined || stretch === undefined ? {} : { extends: extended, stretch }),
    ...(limits.decisionComment === 'required' ? { commentRequired: true } : {}),
    ...(breakGlass ? { reviewWithinMinutes: limits.reviewWithinMinutes ?? usualReviewMinutes } : {}),
    approvalRequired: judgement.approvalRequired,
    approvalDeadlineMinutes: limits.approvalDeadlineMinutes,
    administrators: limits.administrators,
  };
  return {
    ...content,
    requestDigest: requestDigestOf(content),
    emitter: { name: emitter?.name ?? sender.source, ...sender },
    warnings: judgement.warnings,
    acceptedAt: new Date(now).toISOString(),
  };
}

function openRequest({ requester, askedBy, grants, startAt, durationMinutes, approvalDeadlineMinutes, extends: extended, stretch }: UnsignedAcceptance, now: number): OpenRequest {
  const another = askerBeside(requester, askedBy?.userId);
  const latestStart = Math.max(startAt === undefined ? 0 : Date.parse(startAt), now + approvalDeadlineMinutes * 60_000);
  return {
    grants: Object.fromEntries(grants.map((grant) => [grant.grantId, targetKey(grant.accountId, grant.permissionSetArn)])),
    startAt: startAt ?? null,
    durationMinutes,
    ...(another === undefined ? {} : { askedBy: another }),
    ...(extended === undefined || stretch === undefined ? {} : { extends: extended, stretch: stretch.requestId }),
    until: latestStart + durationMinutes * 60_000 + openMarginMs,
  };
}

const personOf = ({ userId, userName, displayName }: KnownPerson): Person => ({
  userId,
  userName,
  ...(displayName === undefined ? {} : { displayName: displayName.slice(0, longestDisplayName).toWellFormed() }),
});
