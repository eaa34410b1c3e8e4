import type { AssignmentState, Operation } from './assignment.ts';
import { tryLater } from './back-off.ts';
import type { AssignmentCommand } from './commands.ts';
import { endAll, grantAll } from './decide-step.ts';
import type { AssignmentEvent, Reason } from './events.ts';
import { grantFailed, reasonOf } from './facts.ts';
import { endOf, waitingHolds } from './holds.ts';

type Command<Type extends AssignmentCommand['type']> = Extract<AssignmentCommand, { type: Type }>;

/** AWS took the operation: from now on its own word says what becomes of it. */
export function accepted(op: Operation, { awsRequestId }: Command<'accepted'>, now: number): AssignmentEvent[] {
  return op.awsRequestId === undefined ? [{ type: 'OperationAccepted', data: { awsRequestId, at: now } }] : [];
}

/** AWS did not take the operation. What must go is tried again for ever, what is wanted until its window closes, unless AWS says never. */
export function refused(state: AssignmentState, op: Operation, { refusal, reason }: Command<'refused'>, now: number): AssignmentEvent[] {
  if (op.awsRequestId !== undefined) return [];
  if (op.kind === 'create' && refusal !== 'busy') return [closed(now), ...giveUp(state, op, reason, now)];
  return [closed(now), ...tryLater(state, op.kind, reason, now)];
}

/** AWS reported the operation done. */
export function succeeded(state: AssignmentState, op: Operation, { sessionMinutes }: Command<'succeeded'>, now: number): AssignmentEvent[] {
  if (op.kind === 'delete') return [closed(now), ...endAll(state, now, sessionMinutes)];
  // The creation was begun within the bounds of the one it is for; the others must still be within theirs.
  const waiting = waitingHolds(state).filter(
    ([grantId, hold]) => hold.notBefore <= now && now < endOf(hold) && (grantId === op.grantId || now <= hold.openBy),
  );
  const grants = waiting.length === 0 ? [] : grantAll(state, waiting, now, op.grantId);
  return [closed(now), { type: 'FoundStanding', data: { at: now } }, ...grants];
}

/** AWS reported the operation failed. */
export function failed(state: AssignmentState, op: Operation, { reason }: Command<'failed'>, now: number): AssignmentEvent[] {
  return op.kind === 'create' ? [closed(now), ...giveUp(state, op, reason, now)] : [closed(now), ...tryLater(state, 'delete', reason, now)];
}

/** AWS has no trace of the operation, so what it holds decides. */
export function readBack(state: AssignmentState, op: Operation, command: Command<'read-back'>, now: number): AssignmentEvent[] {
  const { epoch, present, sessionMinutes } = command;
  const wished = op.kind === 'create' ? present : !present;
  const end: AssignmentEvent = { type: 'OperationClosed', data: { at: now, unsure: true } };
  if (wished) return [end, ...succeeded(state, op, { type: 'succeeded', epoch, sessionMinutes }, now).filter(({ type }) => type !== 'OperationClosed')];
  const lost = reasonOf('ERR_IDENTITY_CENTER_LOST', `Identity Center knows nothing of our ${op.kind} and shows no effect of it`);
  return [end, ...tryLater(state, op.kind, lost, now)];
}

const closed = (now: number): AssignmentEvent => ({ type: 'OperationClosed', data: { at: now } });

/** The creation will not come: everybody it was begun for, or who could have shared it, hears why. */
function giveUp(state: AssignmentState, op: Operation, reason: Reason, now: number): AssignmentEvent[] {
  return waitingHolds(state)
    .filter(([grantId, hold]) => grantId === op.grantId || hold.notBefore <= now)
    .map(([grantId, hold]) => grantFailed(state, grantId, hold, reason, now));
}
