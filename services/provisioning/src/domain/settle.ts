import type { AssignmentState } from './assignment.ts';
import { endOfHold } from './decide-window.ts';
import type { AssignmentEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { grantFailed, reasonOf } from './facts.ts';
import { endOf, liveHolds } from './holds.ts';
import { timestamp } from './time.ts';

/**
 * What time alone brings about: holds end at their own end, whether or not anybody says so, and a window that could not be opened
 * in time is given up. A creation under way when the time to open passes was begun in time and may finish.
 */
export function settle(state: AssignmentState, now: number): AssignmentEvent[] {
  const events: AssignmentEvent[] = [];
  let current = state;
  // What was given up keeps nothing for those that end.
  for (const overdue of [unopened, over]) {
    for (const [grantId, hold] of liveHolds(current)) {
      const next = overdue(current, grantId, hold, now);
      events.push(...next);
      current = next.reduce(evolve, current);
    }
  }
  return events;
}

/** When `settle` next finds something (ms): a live hold ends, or a window can no longer be opened. */
export function settlesAt(state: AssignmentState): number | undefined {
  const moments = liveHolds(state).flatMap(([, hold]) =>
    hold.status === 'waiting' && state.op?.kind !== 'create' ? [endOf(hold), hold.openBy + 1] : [endOf(hold)],
  );
  return moments.length === 0 ? undefined : Math.min(...moments);
}

type Live = ReturnType<typeof liveHolds>[number][1];

function unopened(state: AssignmentState, grantId: string, hold: Live, now: number): AssignmentEvent[] {
  if (hold.status !== 'waiting' || now <= hold.openBy || state.op?.kind === 'create') return [];
  const reason = reasonOf('ERR_OPEN_BY_PASSED', `the window had to be opened by ${timestamp(hold.openBy)}`);
  return [grantFailed(state, grantId, hold, reason, now)];
}

const over = (state: AssignmentState, grantId: string, hold: Live, now: number): AssignmentEvent[] => (endOf(hold) <= now ? endOfHold(state, grantId, hold, now) : []);
