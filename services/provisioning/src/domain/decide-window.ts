import type { AssignmentState, EndAnswer, OpenedHold } from './assignment.ts';
import type { AssignmentCommand, GrantRef } from './commands.ts';
import type { AssignmentEvent, Reason } from './events.ts';
import { deletedAnswer, ended, longestSessionMinutes, reasonOf } from './facts.ts';
import { endOf, grantedHolds, liveHolds, maximumHolds, maximumLiveHolds, withRoom } from './holds.ts';
import { timestamp } from './time.ts';

type Open = Extract<AssignmentCommand, { type: 'open' }>;
type Refuse = Extract<AssignmentCommand, { type: 'refuse' }>;

/** A window with whole evidence: held from now on, unless its grant was used before. How it spells the user's id is how AWS is called and events are told. */
export function open(state: AssignmentState | undefined, command: Open, now: number): AssignmentEvent[] {
  const { grantId, requestId, windowEventId, bounds, breakGlass } = command;
  const sessionMinutes = Math.min(command.sessionMinutes, longestSessionMinutes);
  const known = state?.holds[grantId];
  if (known !== undefined) {
    if (known.windowEventId === windowEventId) return [];
    return [refusal(command, reasonOf('ERR_GRANT_USED', `grant ${grantId} was opened or ended before; a grant serves once`), false, now)];
  }
  if (state !== undefined && isFull(state, now)) {
    const most = `at most ${maximumLiveHolds} grants may run on one assignment, and ${maximumHolds} be opened within an hour`;
    const reason = reasonOf('ERR_TOO_MANY_GRANTS', `${most}; ask again when some have ended`);
    return [...named(state, command, now), refusal(command, reason, true, now)];
  }
  const hold: OpenedHold = { status: 'waiting', requestId, windowEventId, breakGlass, sessionMinutes, heldSince: now, ...bounds };
  const misspelled = state !== undefined && state.assignment.principalId !== command.assignment.principalId;
  return [...named(misspelled ? undefined : state, command, now), { type: 'WindowHeld', data: { grantId, hold, at: now } }];
}

const isFull = (state: AssignmentState, now: number): boolean =>
  liveHolds(state).length >= maximumLiveHolds || Object.keys(withRoom(state.holds, now)).length >= maximumHolds;

/** An event that asks for a window and may not: said, and nothing of an already known grant changes. */
export function refuse(state: AssignmentState | undefined, command: Refuse, now: number): AssignmentEvent[] {
  const known = state?.holds[command.grantId] !== undefined;
  return [...named(state, command, now), refusal(command, command.reason, command.effect === 'gives-up' && !known, now)];
}

/** A grant is over. Its end is always answered: at once where nothing has to be removed, otherwise once AWS has removed it. */
export function end(state: AssignmentState | undefined, command: GrantRef, now: number): AssignmentEvent[] {
  const { grantId, requestId, assignment } = command;
  const hold = state?.holds[grantId];
  if (state === undefined || hold === undefined) {
    return [...named(state, command, now), ended(assignment, grantId, requestId, { how: 'never_created', endedAt: now })];
  }
  // Without a window nobody has proved how the user's id is spelled: who asks is answered in their own words.
  if (hold.status === 'ended') return [ended(hold.windowEventId === undefined ? assignment : state.assignment, grantId, hold.requestId, hold.answer)];
  if (hold.status === 'ending') return [];
  return endOfHold(state, grantId, hold, now);
}

/**
 * How the end of an unanswered hold goes on. Only what is granted keeps the assignment for good, and only until its own end; where
 * others still wait for it, the end is answered when one of them is granted, or when AWS has removed it.
 */
export function endOfHold(state: AssignmentState, grantId: string, hold: OpenedHold, now: number): AssignmentEvent[] {
  const kept = grantedHolds(state).some(([other, held]) => other !== grantId && now < endOf(held));
  if (state.ownership === 'ours' && !kept) return [{ type: 'EndBegun', data: { grantId, at: now } }];
  // Granted, and gone since: whoever had it may still have credentials.
  const vanished = state.ownership === 'unknown' && hold.status === 'held';
  const answer = vanished ? deletedAnswer(state.goneAt ?? now, now) : { how: howItEnds(state, hold), endedAt: now };
  return [ended(state.assignment, grantId, hold.requestId, answer)];
}

/** The end of what needs no removal: it is not ours, or another grant has it. */
function howItEnds({ ownership }: AssignmentState, { status }: OpenedHold): EndAnswer['how'] {
  if (ownership === 'ours') return 'kept_for_other_grant';
  return ownership === 'existed_before' && status !== 'failed' ? 'existed_before' : 'never_created';
}

function named(state: AssignmentState | undefined, { assignment }: GrantRef, now: number): AssignmentEvent[] {
  return state === undefined ? [{ type: 'AssignmentNamed', data: { assignment, at: now } }] : [];
}

function refusal(command: Open | Refuse, reason: Reason, final: boolean, now: number): AssignmentEvent {
  const { grantId, requestId, assignment, windowEventId } = command;
  return {
    type: 'AccessGrantFailed.v1',
    data: { requestId, grantId, assignment, windowEventId, reason, final, failedAt: timestamp(now) },
  };
}
