import type { AssignmentId, AssignmentState, EndAnswer, GrantedHow, OpenedHold } from './assignment.ts';
import type { AssignmentEvent, Reason } from './events.ts';
import { endOf } from './holds.ts';
import { timestamp } from './time.ts';

/** Longest message of a reason that the contracts allow. */
const longestMessage = 500;

/** A reason whose message fits its contract, whatever AWS wrote into it. */
export function reasonOf(code: Reason['code'], message: string): Reason {
  return { code, message: message === '' ? code : message.slice(0, longestMessage) };
}

export function granted(state: AssignmentState, grantId: string, hold: OpenedHold, how: GrantedHow, now: number): AssignmentEvent {
  const endsAt = endOf({ ...hold, grantedAt: now });
  const { requestId } = hold;
  return {
    type: 'AccessGranted.v1',
    data: { requestId, grantId, assignment: state.assignment, how, grantedAt: timestamp(now), endsAt: timestamp(endsAt) },
  };
}

export function grantFailed(state: AssignmentState, grantId: string, hold: OpenedHold, reason: Reason, now: number): AssignmentEvent {
  const { requestId, windowEventId } = hold;
  return {
    type: 'AccessGrantFailed.v1',
    data: { requestId, grantId, assignment: state.assignment, windowEventId, reason, final: true, failedAt: timestamp(now) },
  };
}

export function ended(assignment: AssignmentId, grantId: string, requestId: string, answer: EndAnswer): AssignmentEvent {
  const { how, endedAt, removedAt, credentialsUselessBy } = answer;
  return {
    type: 'AccessEnded.v1',
    data: {
      requestId,
      grantId,
      assignment,
      how,
      ...(removedAt === undefined ? {} : { removedAt: timestamp(removedAt) }),
      ...(credentialsUselessBy === undefined ? {} : { credentialsUselessBy: timestamp(credentialsUselessBy) }),
      endedAt: timestamp(endedAt),
    },
  };
}
