import { decide } from '../../services/provisioning/src/domain/decide.ts';
import { evolve } from '../../services/provisioning/src/domain/evolve.ts';
import { liveHolds } from '../../services/provisioning/src/domain/holds.ts';
import { assignmentModel, type Instance, type Parts } from './assignment-model.ts';
import { explore } from './explore.ts';

/** Windows in minutes from when they are told: open at once, later, or over before it was heard of. */
const now = { notBefore: 0, openBy: 1, latestEnd: 3 };
const soon = { notBefore: 1, openBy: 2, latestEnd: 4 };
const late = { notBefore: -3, openBy: -1, latestEnd: 1 };

interface Case extends Instance {
  readonly of: string;
  readonly over: number;
}

describe('one assignment, in every order of windows, ends, time, passes, answers of AWS and faults', () => {
  it.each<Case>([
    { of: 'one grant, two passes, one fault', grants: [[now]], faults: 1, over: 40_000 },
    { of: 'one grant, in time, early or late, any number of faults', grants: [[now, soon, late]], passes: 1, over: 2_000 },
    { of: 'two grants', grants: [[now], [now]], passes: 1, faults: 0, over: 30_000 },
    { of: 'two grants, the second put in before its time', grants: [[now], [soon]], passes: 1, faults: 0, over: 30_000 },
    { of: 'a twin made by hand before, any number of faults', grants: [[now]], byHand: 'made-before', over: 150 },
    { of: 'hands that make and remove it at any time, one fault', grants: [[now]], byHand: 'any-time', passes: 1, faults: 1, over: 15_000 },
    { of: 'hands, and what is missing is created again', grants: [[now]], byHand: 'any-time', recreateMissing: true, passes: 1, faults: 0, over: 5_000 },
  ])('$of: no rule is broken, and all comes to rest (over $over states)', async ({ over, ...instance }) => {
    const { violation, states, transitions } = await explore(assignmentModel(instance));
    expect(violation).toBeUndefined();
    expect(states).toBeGreaterThan(over);
    expect(transitions).toBeGreaterThan(states);
  }, 60_000);
});

describe('the exploration of assignments finds', () => {
  it.each<{ what: string; planted: Partial<Parts>; instance?: Partial<Instance>; rule: string; moves: number; last: string }>([
    {
      what: 'a creation that is called before its operation is stored',
      planted: { stored: (before, after) => (after?.op !== undefined && after.op.epoch !== before?.op?.epoch ? before : after) },
      rule: 'an end is answered as never_created while a creation is under way',
      moves: 5,
      last: 'the end of 0 comes',
    },
    {
      what: 'a state that is written without a condition',
      planted: { decidedOn: (stored, loaded) => loaded ?? stored },
      rule: 'a creation is begun that no open window asks for',
      moves: 5,
      last: 'the pass stores looked',
    },
    {
      what: 'a lost operation that is taken for done without reading back',
      planted: { decide: (state, command, at) => decide(state, command.type === 'read-back' ? { ...command, present: state?.op?.kind === 'create' } : command, at) },
      rule: 'a grant is granted that AWS does not hold',
      moves: 10,
      last: 'the pass stores read-back',
    },
    {
      what: 'an end that ends the assignment for everybody',
      planted: {
        decide: (state, command, at) => {
          const others = state?.ownership !== 'ours' || command.type !== 'end' ? [] : liveHolds(state).filter(([grantId]) => grantId !== command.grantId);
          return [...decide(state, command, at), ...others.map(([grantId]) => ({ type: 'EndBegun', data: { grantId, at } }) as const)];
        },
      },
      instance: { grants: [[now], [now]], passes: 1, faults: 0 },
      rule: 'a removal is begun while a grant holds the assignment',
      moves: 13,
      last: 'the pass stores begin-removal',
    },
    {
      what: 'what existed before that is judged again after a failed try',
      planted: {
        evolve: (state, event) => {
          const next = evolve(state, event);
          return event.type === 'OperationClosed' && state?.op?.kind === 'create' ? { ...next, ownership: 'unknown' } : next;
        },
      },
      rule: 'nothing can happen any more, and it is not at rest',
      moves: 7,
      last: 'the pass stores refused',
    },
    {
      what: 'what existed before that is taken for ours',
      planted: { evolve: (state, event) => (event.type === 'FoundExisting' ? { ...evolve(state, event), ownership: 'ours' } : evolve(state, event)) },
      instance: { byHand: 'made-before' },
      rule: 'a removal is begun of what was made by hand',
      moves: 8,
      last: 'the pass stores looked',
    },
    {
      what: 'knowledge about an operation that is over and is taken for knowledge about the next',
      planted: { decide: (state, command, at) => decide(state, 'epoch' in command ? { ...command, epoch: state?.epoch ?? 0 } : command, at) },
      rule: 'an end is answered as never_created while AWS holds what is ours',
      moves: 15,
      last: 'the old pass stores looked',
    },
    { what: 'calls that reach AWS after everybody gave them up', planted: { callsLinger: true }, rule: 'an end is answered as never_created while a creation is under way', moves: 13, last: 'the pass stores looked' },
  ])('$what, by $moves moves', async ({ planted, instance, rule, moves, last }) => {
    const { violation } = await explore(assignmentModel({ grants: [[now]], ...instance }, planted));
    expect(violation?.rule).toBe(rule);
    expect(violation?.trace).toHaveLength(moves);
    expect(violation?.trace.at(-1)).toBe(last);
  }, 60_000);
});
