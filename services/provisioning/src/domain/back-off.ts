import type { AssignmentState, Direction } from './assignment.ts';
import type { AssignmentEvent, Reason } from './events.ts';
import { endingHolds } from './holds.ts';
import { secondMs, timestamp } from './time.ts';

const longestMs = 60 * secondMs;

/** How long to wait after so many failed tries (ms): doubling from one second to a minute. */
export function delayAfter(attempts: number): number {
  return Math.min(longestMs, secondMs * 2 ** (attempts - 1));
}

/** A try failed: the next in this direction comes later. What must go is never given up, and people hear that it is still there. */
export function tryLater(state: AssignmentState, kind: Direction, reason: Reason, now: number): AssignmentEvent[] {
  const attempts = (state.backOff?.kind === kind ? state.backOff.attempts : 0) + 1;
  const nextAt = now + delayAfter(attempts);
  const postponed: AssignmentEvent = { type: 'TryPostponed', data: { kind, attempts, nextAt, at: now } };
  const ending = endingHolds(state);
  const first = ending[0];
  if (kind !== 'delete' || first === undefined || !isWorthSaying(attempts)) return [postponed];
  const delayed: AssignmentEvent = {
    type: 'AccessRemovalDelayed.v1',
    data: {
      requestId: first[1].requestId,
      grantIds: ending.slice(0, 50).map(([grantId]) => grantId),
      assignment: state.assignment,
      attempts,
      reason,
      nextAttemptAt: timestamp(nextAt),
    },
  };
  return [postponed, delayed];
}

/** The third failed try, and every tenth after it. */
const isWorthSaying = (attempts: number): boolean => attempts % 10 === 3;
