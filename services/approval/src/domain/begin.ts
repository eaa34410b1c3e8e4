import type { Command } from './commands.ts';
import type { ApprovalEvent } from './events.ts';
import type { Reason } from './people.ts';
import type { Plan, PlannedPolicy } from './plan.ts';
import { openStages } from './progress.ts';
import type { PlannedReview } from './review.ts';
import { unfillableStage, type EligibleApprovers } from './staffing.ts';
import type { AcceptedRequest, Pending, State } from './state.ts';
import { iso } from './window.ts';

const minuteMs = 60_000;
/** Where no policy says how often, approvers are reminded once, when this part of their time has passed. */
const remindAfterPart = 0.5;

/** An accepted request: people are asked, or nobody needs to be, or nobody can be. An acceptance that comes again changes nothing. */
export function begin(
  state: State | undefined,
  { request, plan, eligible, review }: Extract<Command, { type: 'begin' }>,
  now: number,
): readonly ApprovalEvent[] {
  if (state !== undefined && state.phase !== 'unknown') return [];
  if (plan.kind === 'impossible') return deny(request, plan.reason, now);
  if (plan.kind === 'no-approval-needed')
    return [begun(request, { policies: [], deadlineMinutes: 0 }, review, now), { type: 'AllAgreed', data: { requestId: request.requestId, at: now } }];
  const reason = nobodyFor(plan.policies, eligible, request);
  if (reason !== undefined) return deny(request, reason, now);
  const event = begun(request, plan, review, now);
  return [event, askPeople(event.data.pending)];
}

/** Asks everybody whose stage waits now, and says the whole of what they decide on. */
export function askPeople({ request, policies, deadlineAt }: Pending): ApprovalEvent {
  const { extendedUntil: _extendedUntil, administrators: _administrators, acceptedAt: _acceptedAt, acceptance: _acceptance, ...asked } = request;
  return { type: 'ApprovalRequested.v1', data: { ...asked, openStages: openStages(policies), deadlineAt: iso(deadlineAt) } };
}

function begun(request: AcceptedRequest, plan: Omit<Extract<Plan, { kind: 'ask' }>, 'kind'>, review: PlannedReview | undefined, now: number) {
  const { deadlineMinutes, remindEveryMinutes } = plan;
  const every = remindEveryMinutes === undefined ? undefined : remindEveryMinutes * minuteMs;
  const forMs = deadlineMinutes * minuteMs;
  const policies = plan.policies.map((policy) => ({ ...policy, openedAt: now }));
  const reminders = { reminders: 0, remindAt: now + (every ?? forMs * remindAfterPart), ...(every === undefined ? {} : { remindEveryMs: every }) };
  const pending = { request, policies, approvals: [], ...reminders, deadlineAt: now + forMs, ...(review === undefined ? {} : { review }) };
  return { type: 'ApprovalBegun', data: { requestId: request.requestId, pending, at: now } } as const;
}

function deny({ requestId }: AcceptedRequest, reason: Reason, now: number): readonly ApprovalEvent[] {
  return [{ type: 'AccessDenied.v1', data: { requestId, reason, deniedAt: iso(now) } }];
}

function nobodyFor(
  policies: readonly PlannedPolicy[],
  eligible: EligibleApprovers,
  { grants, askedBy }: AcceptedRequest,
): Reason | undefined {
  for (const policy of policies) {
    const stage = unfillableStage(policy, eligible[policy.chain] ?? []);
    if (stage === undefined) continue;
    const target = grants.find(({ grantId }) => grantId === policy.grantIds[0]);
    const beside = askedBy === undefined ? 'the requester' : 'the requester and who asked for them';
    const where = `${target?.permissionSetName ?? '?'} in ${target?.accountName ?? '?'}`;
    const asks = `policy ${policy.stages[stage]?.policyId ?? '?'}, stage ${stage + 1}, asks for ${policy.stages[stage]?.quorum ?? 0}`;
    const message = `too few people beside ${beside} can approve ${where}: ${asks}`;
    return { code: 'ERR_NO_ELIGIBLE_APPROVER', message };
  }
  return undefined;
}
