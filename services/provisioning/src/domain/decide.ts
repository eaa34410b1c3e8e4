import type { AssignmentState } from './assignment.ts';
import type { AssignmentCommand } from './commands.ts';
import { accepted, failed, readBack, refused, succeeded } from './decide-operation.ts';
import { beginRemoval, looked, unseen } from './decide-step.ts';
import { end, open, refuse } from './decide-window.ts';
import type { AssignmentEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { settle } from './settle.ts';
import { check } from './watch.ts';

/**
 * What happens when `command` meets `state` at `now` (ms). After each command, what time alone has brought about is settled too,
 * so that every commit leaves nothing overdue.
 */
export function decide(state: AssignmentState | undefined, command: AssignmentCommand, now: number): readonly AssignmentEvent[] {
  const events = respond(state, command, now);
  const after = events.reduce<AssignmentState | undefined>(evolve, state);
  return after === undefined ? events : [...events, ...settle(after, now)];
}

function respond(state: AssignmentState | undefined, command: AssignmentCommand, now: number): readonly AssignmentEvent[] {
  switch (command.type) {
    case 'open':
      return open(state, command, now);
    case 'refuse':
      return refuse(state, command, now);
    case 'end':
      return end(state, command, now);
    case 'due':
      return [];
    case 'check':
      return state === undefined ? [] : check(state, now);
    default:
      return state === undefined ? [] : ofDispatcher(state, command, now);
  }
}

type DispatcherCommand = Exclude<AssignmentCommand, { type: 'open' | 'refuse' | 'end' | 'due' | 'check' }>;

/**
 * What the dispatcher learned. Knowledge from before the operation that stands now, or stood since, is worth nothing; nor is what a
 * look showed to a pass that is over.
 */
function ofDispatcher(state: AssignmentState, command: DispatcherCommand, now: number): readonly AssignmentEvent[] {
  if (command.epoch !== state.epoch) return [];
  if (command.type === 'looked') return state.op === undefined && now < command.until ? looked(state, command, now) : [];
  if (command.type === 'unseen') return state.op === undefined ? unseen(state, command, now) : [];
  if (command.type === 'begin-removal') return beginRemoval(state, command, now);
  const { op } = state;
  if (op === undefined) return [];
  switch (command.type) {
    case 'accepted':
      return accepted(op, command, now);
    case 'refused':
      return refused(state, op, command, now);
    case 'succeeded':
      return succeeded(state, op, command, now);
    case 'failed':
      return failed(state, op, command, now);
    case 'read-back':
      return readBack(state, op, command, now);
  }
}
