import { askPeople } from './begin.ts';
import { chainsToEscalate, escalate } from './escalation.ts';
import type { ApprovalEvent } from './events.ts';
import { whatIsDueOfReview } from './follow-up.ts';
import { openStages } from './progress.ts';
import { refuseDecision, refuseRevocation } from './refusals.ts';
import { nextReminderAt, unknownForMs, type Pending, type State } from './state.ts';
import { iso } from './window.ts';

const unknown = { code: 'ERR_REQUEST_UNKNOWN', message: 'no accepted request has this id; check it, or ask for access first' } as const;

/**
 * What time brings: more people who are asked, a reminder, the end of the approvers' time, the certainty that a request does not exist, or
 * that nobody has reviewed a break glass.
 */
export function whatIsDue(state: State | undefined, now: number): readonly ApprovalEvent[] {
  if (state?.phase === 'unknown') return answerForUnknown(state, now);
  if (state?.phase === 'approved' && state.review !== undefined) return whatIsDueOfReview(state.requestId, state.review, now);
  if (state?.phase !== 'pending') return [];
  const { request, policies, deadlineAt } = state.pending;
  const { requestId } = request;
  if (now >= deadlineAt) return [{ type: 'ApprovalExpired.v1', data: { requestId, deadlineAt: iso(deadlineAt) } }];
  const chains = chainsToEscalate(policies, now);
  const pending = { ...state.pending, policies: escalate(policies, chains) };
  return [...(chains.length === 0 ? [] : ([{ type: 'StagesEscalated', data: { requestId, chains } }, askPeople(pending)] as const)), ...remind(pending, now)];
}

/** One reminder, however many are due after a time without timers; the next is in the same rhythm. */
function remind(pending: Pending, now: number): readonly ApprovalEvent[] {
  const { request, policies, deadlineAt, remindAt, reminders, remindEveryMs } = pending;
  if ((nextReminderAt(pending) ?? Infinity) > now) return [];
  const { requestId, requester } = request;
  const reminded: ApprovalEvent = {
    type: 'ApprovalReminded.v1',
    data: { requestId, requester, openStages: openStages(policies), reminder: reminders + 1, deadlineAt: iso(deadlineAt) },
  };
  if (remindEveryMs === undefined) return [reminded];
  const passed = Math.floor((now - remindAt) / remindEveryMs) + 1;
  return [reminded, { type: 'ReminderPlanned', data: { requestId, remindAt: remindAt + passed * remindEveryMs } }];
}

function answerForUnknown({ early }: State, now: number): readonly ApprovalEvent[] {
  const waitedLong = ({ waitsSince }: { readonly waitsSince: number }): boolean => now >= waitsSince + unknownForMs;
  return [
    ...early.decisions.filter(waitedLong).flatMap((decision) => refuseDecision(decision, [unknown], now)),
    ...early.revocations.filter(waitedLong).flatMap((revocation) => refuseRevocation(revocation, unknown, now, revocation.by)),
  ];
}
