import { assignmentKey } from '../assignment.ts';
import { someone } from '../../../test/examples.ts';
import { affordableAt, refilled, spent } from './budget.ts';
import { chooseNext } from './choose.ts';
import { decideDispatcher, evolveDispatcher, type DispatcherCommand } from './decide.ts';
import { pauseAfter, pollAfter } from './pace.ts';
import { dispatcherDueAt, idleDispatcher, type DispatcherState } from './state.ts';

const budget = { tokens: 12, at: 0 };
const release = (owner: string, must = false): DispatcherCommand => ({ type: 'release', owner, must, pollAt: {}, budget });
const reserve = (owner: string, key: string, most = 2): DispatcherCommand => ({ type: 'reserve', owner, key, most });

function after(commands: readonly (readonly [at: number, command: DispatcherCommand])[]): DispatcherState {
  return commands.reduce<DispatcherState>(
    (state, [at, command]) => decideDispatcher(state, command, at).reduce<DispatcherState>(evolveDispatcher, state),
    idleDispatcher,
  );
}

const taken = [0, { type: 'take', owner: 'a', until: 30_000 }] as const;

describe('the lease', () => {
  it('belongs to one pass at a time', () => {
    expect(after([taken, [29_999, { type: 'take', owner: 'b', until: 60_000 }]]).lease?.owner).toBe('a');
  });

  it('passes to the next when it is over, however its pass ended', () => {
    expect(after([taken, [30_000, { type: 'take', owner: 'b', until: 60_000 }]]).lease?.owner).toBe('b');
  });

  it('is what the dispatcher is woken for when its pass dies', () => {
    expect(dispatcherDueAt(after([taken]))).toBe(30_000);
  });

  it('is kept for another look when work was announced meanwhile', () => {
    const announced = [...[taken], [10, { type: 'take', owner: 'b', until: 60_000 }]] as const;
    const kept = after([...announced, [20, release('a')]]);
    expect(kept.lease?.owner).toBe('a');
    expect(after([...announced, [20, release('a')], [30, release('a')]]).lease).toBeUndefined();
  });

  it('that must end leaves announced work to a pass at once', () => {
    const state = after([taken, [10, { type: 'take', owner: 'b', until: 60_000 }], [20, release('a', true)]]);
    expect(state.lease).toBeUndefined();
    expect(dispatcherDueAt(state)).toBe(20);
  });

  it.each<[string, DispatcherCommand]>([
    ['reserve', reserve('a', 'k')],
    ['free', { type: 'free', owner: 'a', key: 'held' }],
    ['release', release('a')],
  ])('lets nobody %s who lost it', (_what, command) => {
    const lost = after([taken, [10, reserve('a', 'held')], [30_000, { type: 'take', owner: 'b', until: 60_000 }]]);
    expect(decideDispatcher(lost, command, 30_001)).toEqual([]);
    const over = after([taken, [10, reserve('a', 'held')]]);
    expect(decideDispatcher(over, command, 30_000)).toEqual([]);
  });
});

describe('slots', () => {
  it('are as many as allowed', () => {
    const state = after([taken, [1, reserve('a', 'k1')], [2, reserve('a', 'k2')], [3, reserve('a', 'k3')]]);
    expect(Object.keys(state.slots)).toEqual(['k1', 'k2']);
  });

  it('outlive the pass that took them', () => {
    const state = after([taken, [1, reserve('a', 'k1')], [30_000, { type: 'take', owner: 'b', until: 60_000 }], [30_001, reserve('b', 'k2', 1)]]);
    expect(Object.keys(state.slots)).toEqual(['k1']);
  });

  it('are freed by name', () => {
    const state = after([taken, [1, reserve('a', 'k1')], [2, reserve('a', 'k2')], [3, { type: 'free', owner: 'a', key: 'k1' }]]);
    expect(Object.keys(state.slots)).toEqual(['k2']);
  });
});

describe('the call budget', () => {
  it('holds one second’s calls at most', () => {
    expect(refilled({ tokens: 0, at: 0 }, 12, 500).tokens).toBe(6);
    expect(refilled({ tokens: 0, at: 0 }, 12, 90_000).tokens).toBe(12);
  });

  it('says when a step can be paid for', () => {
    expect(affordableAt(spent({ tokens: 1, at: 1_000 }), 12, 3)).toBe(1_250);
  });
});

describe('who comes next', () => {
  const key = (principalId: string, accountId: string): string => assignmentKey({ ...someone, principalId, accountId });

  it('is who waits longest', () => {
    expect(chooseNext([key('p1', '1'), key('p2', '2')], [], new Set())).toBe(key('p1', '1'));
  });

  it('is somebody with less under way before who waits longest', () => {
    expect(chooseNext([key('p1', '1'), key('p2', '2')], [key('p1', '3')], new Set())).toBe(key('p2', '2'));
  });

  it('is nobody whose role is being changed, and nobody tried in this round', () => {
    expect(chooseNext([key('p1', '1'), key('p2', '2')], [key('p3', '1')], new Set([key('p2', '2')]))).toBeUndefined();
  });
});

describe('the pace', () => {
  it('asks about an operation after 1 s, and less often as it ages, at least every 5 s', () => {
    expect([0, 4_000, 8_000, 60_000].map(pollAfter)).toEqual([1_000, 1_000, 2_000, 5_000]);
  });

  it('leaves a silent AWS alone for twice as long each time, a minute at most', () => {
    expect([1, 2, 3, 10].map(pauseAfter)).toEqual([1_000, 2_000, 4_000, 60_000]);
  });
});
