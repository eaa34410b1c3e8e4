import type { ApprovalEvent } from './events.ts';
import { openStages } from './progress.ts';
import { refuseDecision, refuseRevocation } from './refusals.ts';
import { unknownForMs, type State } from './state.ts';
import { iso } from './window.ts';

const unknown = { code: 'ERR_REQUEST_UNKNOWN', message: 'no accepted request has this id; check it, or ask for access first' } as const;

/** What time brings: a reminder, the end of the approvers' time, or the certainty that a request does not exist. */
export function whatIsDue(state: State | undefined, now: number): readonly ApprovalEvent[] {
  if (state?.phase === 'unknown') return answerForUnknown(state, now);
  if (state?.phase !== 'pending') return [];
  const { request, policies, deadlineAt, remindAt, reminders } = state.pending;
  const { requestId, requester } = request;
  if (now >= deadlineAt) return [{ type: 'ApprovalExpired.v1', data: { requestId, deadlineAt: iso(deadlineAt) } }];
  if (now < remindAt || reminders > 0) return [];
  return [
    {
      type: 'ApprovalReminded.v1',
      data: { requestId, requester, openStages: openStages(policies), reminder: reminders + 1, deadlineAt: iso(deadlineAt) },
    },
  ];
}

function answerForUnknown({ early }: State, now: number): readonly ApprovalEvent[] {
  const waitedLong = ({ waitsSince }: { readonly waitsSince: number }): boolean => now >= waitsSince + unknownForMs;
  return [
    ...early.decisions.filter(waitedLong).flatMap((decision) => refuseDecision(decision, [unknown], now)),
    ...early.revocations.filter(waitedLong).flatMap((revocation) => refuseRevocation(revocation, unknown, now, revocation.by)),
  ];
}
