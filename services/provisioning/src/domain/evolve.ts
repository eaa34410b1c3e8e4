import { unknownAssignment, type AssignmentState, type Direction, type Hold, type OpenedHold } from './assignment.ts';
import { doubtLookAt } from './doubt.ts';
import type { AssignmentEvent } from './events.ts';
import { keepUntilOf, liveHolds, withRoom } from './holds.ts';

/** The state after an event. Judged ownership without a live hold means nothing: it is judged again for the next one. */
export function evolve(state: AssignmentState | undefined, event: AssignmentEvent): AssignmentState {
  if (state === undefined && event.type === 'AssignmentNamed') return unknownAssignment(event.data.assignment, event.data.at);
  if (state === undefined) throw new TypeError(`${event.type} cannot be the first event of an assignment`);
  const next = applied(state, event);
  return next.ownership === 'existed_before' && liveHolds(next).length === 0 ? { ...next, ownership: 'unknown' } : next;
}

function applied(state: AssignmentState, event: AssignmentEvent): AssignmentState {
  switch (event.type) {
    case 'AssignmentNamed':
      return { ...state, assignment: event.data.assignment };
    case 'AccessRemovalDelayed.v1':
      return state;
    case 'AssignmentDriftDetected.v1':
      return { ...state, missing: event.data.wanted === 'present' };
    case 'WindowHeld': {
      const holds = { ...withRoom(state.holds, event.data.at), [event.data.grantId]: event.data.hold };
      return withoutBackOff({ ...state, holds, changedAt: event.data.at }, 'create');
    }
    case 'EndBegun':
      return withOpened({ ...state, changedAt: event.data.at }, event.data.grantId, (hold) => ({ ...hold, status: 'ending' }));
    case 'LookAsked':
      return { ...state, lookAsked: event.data.at, changedAt: event.data.at };
    case 'Looked': {
      const { present, at } = event.data;
      const looked = withoutBackOff({ ...withoutLookAsked(state), lookedAt: at, missing: state.missing && !present, changedAt: at }, 'look');
      return !present && doubtLookAt(state) !== undefined && doubtLookAt(looked) === undefined ? withoutDoubt(looked) : looked;
    }
    case 'FoundExisting':
      return { ...state, ownership: 'existed_before', changedAt: event.data.at };
    case 'FoundStanding':
      return withoutBackOff({ ...state, ownership: 'ours', confirmed: true, stood: true, missing: false, changedAt: event.data.at }, 'create');
    case 'FoundGone': {
      const { at, unsure } = event.data;
      const gone: AssignmentState = { ...withoutSession(state), ownership: 'unknown', confirmed: false, stood: false, goneAt: at, changedAt: at };
      return withoutBackOff(unsure === undefined ? gone : { ...gone, unsure }, 'delete');
    }
    case 'OperationBegun': {
      const begun = { ...withoutLookAsked(state), epoch: event.data.epoch, op: event.data, confirmed: false, changedAt: event.data.startedAt };
      return event.data.kind === 'create' ? { ...begun, ownership: 'ours' } : begun;
    }
    case 'OperationAccepted':
      if (state.op === undefined) throw new TypeError('no operation stands that AWS could have accepted');
      return { ...state, op: { ...state.op, awsRequestId: event.data.awsRequestId }, changedAt: event.data.at };
    case 'OperationClosed': {
      const { op: _closed, ...rest } = state;
      const { at, unsure } = event.data;
      return { ...rest, ...(unsure === undefined ? {} : { unsure }), changedAt: at };
    }
    case 'TryPostponed': {
      const { at, ...backOff } = event.data;
      return { ...state, backOff, changedAt: at };
    }
    case 'AccessGranted.v1': {
      const grantedAt = Date.parse(event.data.grantedAt);
      return withSession(withOpened(state, event.data.grantId, (hold) => ({ ...hold, status: 'held', grantedAt })), event.data.grantId);
    }
    case 'AccessGrantFailed.v1':
      // One that only refuses an event names no hold, or one that goes on.
      return event.data.final ? withOpened(state, event.data.grantId, (hold) => ({ ...hold, status: 'failed' })) : state;
    case 'AccessEnded.v1':
      return withTombstone(state, event.data);
  }
}

function withOpened(state: AssignmentState, grantId: string, change: (hold: OpenedHold) => Hold): AssignmentState {
  const hold = state.holds[grantId];
  if (hold === undefined || hold.status === 'ended') return state;
  return { ...state, holds: { ...state.holds, [grantId]: change(hold) } };
}

/** Whoever was given it may have credentials for as long as a session lasts. */
function withSession(state: AssignmentState, grantId: string): AssignmentState {
  const hold = state.holds[grantId];
  if (hold === undefined || hold.status === 'ended' || hold.sessionMinutes === undefined) return state;
  return { ...state, longestSession: Math.max(state.longestSession ?? 0, hold.sessionMinutes) };
}

/** Gone, and nobody holds it: what is issued from now on is issued anew. */
function withoutSession(state: AssignmentState): AssignmentState {
  const { longestSession: _over, ...rest } = state;
  return liveHolds(state).length > 0 ? state : rest;
}

function withoutBackOff(state: AssignmentState, reached: Direction): AssignmentState {
  const { backOff, ...rest } = state;
  return backOff?.kind === reached ? rest : state;
}

/** A look that was asked for has been had, or what it would show is about to change. */
function withoutLookAsked({ lookAsked: _asked, ...rest }: AssignmentState): AssignmentState {
  return rest;
}

type Ended = Extract<AssignmentEvent, { type: 'AccessEnded.v1' }>['data'];

/** The answer stays under the grant's id; an answer that is only repeated changes nothing. */
function withTombstone(state: AssignmentState, data: Ended): AssignmentState {
  const hold = state.holds[data.grantId];
  if (hold?.status === 'ended') return state;
  const endedAt = Date.parse(data.endedAt);
  const tombstone: Hold = {
    status: 'ended',
    requestId: data.requestId,
    ...(hold === undefined ? {} : { windowEventId: hold.windowEventId, openBy: hold.openBy }),
    answer: {
      how: data.how,
      endedAt,
      ...(data.removedAt === undefined ? {} : { removedAt: Date.parse(data.removedAt) }),
      ...(data.credentialsUselessBy === undefined ? {} : { credentialsUselessBy: Date.parse(data.credentialsUselessBy) }),
    },
    keepUntil: keepUntilOf(hold, endedAt),
  };
  return { ...state, holds: { ...withRoom(state.holds, endedAt), [data.grantId]: tombstone }, changedAt: endedAt };
}

function withoutDoubt({ unsure: _over, ...rest }: AssignmentState): AssignmentState {
  return rest;
}
