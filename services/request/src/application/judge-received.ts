import type { AccessRequestAcceptedV1, Person } from '@team/contracts';
import { grantIdOf, requestDigestOf, toTimestamp, type AcceptanceClaims, type Aggregate, type Cause, type Clock } from '@team/runtime';
import { admissionProblems, targetKey, type OpenRequest, type RequesterCommand, type RequesterEvent, type RequesterState } from '../domain/admission.ts';
import type { KnownPerson, RequestFacts } from '../domain/facts.ts';
import { judgeRequest, type Judgement } from '../domain/judge.ts';
import type { RequestEvent } from '../domain/request.ts';
import type { RequestCommand, RequestState } from '../domain/state.ts';
import { gatherFacts, type FactSources } from './gather-facts.ts';
import type { SignAcceptance } from './ports.ts';

export type RequestAggregate = Aggregate<RequestState, RequestCommand, RequestEvent>;
export type RequesterAggregate = Aggregate<RequesterState, RequesterCommand, RequesterEvent>;

export interface JudgeDependencies {
  readonly requests: RequestAggregate;
  readonly requesters: RequesterAggregate;
  readonly sources: FactSources;
  readonly sign: SignAcceptance;
  readonly clock: Clock;
}

export const requestKey = (requestId: string): string => `request#${requestId}`;
export const requesterKey = (userId: string): string => `requester#${userId}`;

/** How long after its latest start and whole duration a request may still be open: late grants, approval, removal (ms). */
const openMarginMs = 6 * 3_600_000;

/**
 * Judges a claimed request: facts, judgement, admission on the requester's item, outcome. Each step finds what an earlier,
 * interrupted run left and goes on from there; only the outcome's conditional write decides.
 */
export async function judgeReceived(state: RequestState, cause: Cause, dependencies: JudgeDependencies): Promise<void> {
  const { requests, requesters, sources, sign, clock } = dependencies;
  if (state.asked === undefined) return;
  const facts = await gatherFacts(state, state.asked, sources);
  const judgement = judgeRequest(facts);
  const key = requestKey(state.requestId);
  if (!judgement.allowed) {
    await requests.execute(key, { type: 'reject', reasons: judgement.reasons }, cause);
    // A run before this one may have admitted it, when the facts were others.
    if (typeof facts.requester === 'object') {
      await requesters.execute(requesterKey(facts.requester.id), { type: 'release', requestId: state.requestId });
    }
    return;
  }
  const accepted = acceptedData(state, facts, judgement, clock());
  const admit = {
    type: 'admit',
    requestId: state.requestId,
    request: openRequest(accepted, facts.limits.approvalDeadlineMinutes, clock()),
    cap: facts.limits.openRequestsPerUser,
  } as const;
  const admission = await requesters.execute(requesterKey(judgement.requester.id), admit);
  const reasons = admissionProblems(admission.state, admit, clock());
  if (reasons.length > 0) {
    await requests.execute(key, { type: 'reject', reasons }, cause);
    return;
  }
  const acceptance = await sign(claimsOf(accepted));
  await requests.execute(key, { type: 'accept', accepted: { ...accepted, acceptance } }, cause);
}

function acceptedData(
  state: RequestState,
  { asked, emitter, limits }: RequestFacts,
  judgement: Extract<Judgement, { allowed: true }>,
  now: number,
): Omit<AccessRequestAcceptedV1, 'acceptance'> {
  const { requestId } = state;
  const content = {
    requestId,
    requester: personOf(judgement.requester),
    ...(judgement.askedBy === undefined ? {} : { askedBy: personOf(judgement.askedBy) }),
    grants: judgement.targets.map((target) => ({ grantId: grantIdOf(requestId, target.accountId, target.permissionSetArn), ...target })),
    ...(asked.startAt === undefined ? {} : { startAt: asked.startAt }),
    durationMinutes: asked.durationMinutes,
    ...(asked.justification === undefined ? {} : { justification: asked.justification }),
    ...(asked.ticket === undefined ? {} : { ticket: asked.ticket }),
    breakGlass: false,
    approvalRequired: judgement.approvalRequired,
  };
  return {
    ...content,
    requestDigest: requestDigestOf(content),
    emitter: { name: emitter?.name ?? state.emitter.source, ...state.emitter },
    approvalDeadlineMinutes: limits.approvalDeadlineMinutes,
    administrators: limits.administrators,
    warnings: [...judgement.warnings],
    acceptedAt: toTimestamp(now),
  };
}

function claimsOf(accepted: Omit<AccessRequestAcceptedV1, 'acceptance'>): AcceptanceClaims {
  const { requestId, requestDigest, requester, askedBy, grants, durationMinutes, startAt, approvalRequired, breakGlass, acceptedAt } = accepted;
  return {
    requestId,
    requestDigest,
    requester: requester.userId,
    ...(askedBy === undefined ? {} : { askedBy: askedBy.userId }),
    grantIds: grants.map(({ grantId }) => grantId),
    durationMinutes,
    ...(startAt === undefined ? {} : { startAt }),
    approvalRequired,
    breakGlass,
    acceptedAt,
  };
}

function openRequest(accepted: Omit<AccessRequestAcceptedV1, 'acceptance'>, approvalDeadlineMinutes: number, now: number): OpenRequest {
  const latestStart = Math.max(accepted.startAt === undefined ? 0 : Date.parse(accepted.startAt), now + approvalDeadlineMinutes * 60_000);
  return {
    grants: Object.fromEntries(accepted.grants.map((grant) => [grant.grantId, targetKey(grant.accountId, grant.permissionSetArn)])),
    startAt: accepted.startAt ?? null,
    durationMinutes: accepted.durationMinutes,
    until: latestStart + accepted.durationMinutes * 60_000 + openMarginMs,
  };
}

const personOf = ({ id, userName, displayName }: KnownPerson): Person => ({
  userId: id,
  userName,
  ...(displayName === undefined ? {} : { displayName }),
});
