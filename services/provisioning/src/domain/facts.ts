import type { AssignmentId, AssignmentState, EndAnswer, GrantedHow, Hold, OpenedHold } from './assignment.ts';
import type { AssignmentEvent, Reason } from './events.ts';
import { endOf, type Entry } from './holds.ts';
import { minuteMs, timestamp } from './time.ts';

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

/** https://docs.aws.amazon.com/singlesignon/latest/userguide/howtosessionduration.html: at most 12 hours. */
export const longestSessionMinutes = 12 * 60;

/** The answer to an end whose assignment AWS reported gone at `removedAt` (ms). */
export function deletedAnswer(removedAt: number, endedAt: number, sessionMinutes = longestSessionMinutes): EndAnswer {
  return { how: 'deleted', endedAt, removedAt, credentialsUselessBy: removedAt + sessionMinutes * minuteMs };
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

/** Granted, and not there: somebody removed it behind our back. */
export function missingDrift(state: AssignmentState, deprived: readonly Entry[], repair: 'create' | 'none', now: number): AssignmentEvent {
  return drift(state, { wanted: 'present', actual: 'absent', grantIds: deprived.map(([grantId]) => grantId), repair }, now);
}

/** Nobody wants it, it is ours, and it is there again: a creation that was lost has landed, or what AWS called gone was not. */
export function surplusDrift(state: AssignmentState, now: number): AssignmentEvent {
  const concerned = ([, hold]: [string, Hold]): boolean => hold.status === 'failed' || (hold.status === 'ended' && hold.answer.endedAt === state.goneAt);
  const grantIds = Object.entries(state.holds).filter(concerned).map(([grantId]) => grantId);
  return drift(state, { wanted: 'absent', actual: 'present', grantIds, repair: 'remove' }, now);
}

type Drift = Extract<AssignmentEvent, { type: 'AssignmentDriftDetected.v1' }>;

function drift({ assignment }: AssignmentState, found: Omit<Drift['data'], 'assignment' | 'detectedAt'>, now: number): Drift {
  const grantIds = found.grantIds.slice(0, 50);
  return { type: 'AssignmentDriftDetected.v1', data: { assignment, ...found, grantIds, detectedAt: timestamp(now) } };
}
