import { assignmentKey } from '../assignment.ts';
import { someone } from '../../../test/examples.ts';
import { affordableAt, refilled, spent } from './budget.ts';
import { chooseNext, type Candidate, type Served, type Waiting } from './choose.ts';
import { decideDispatcher, evolveDispatcher, type DispatcherCommand } from './decide.ts';
import { learned, pauseAfter, pollAfter, roundAfter } from './pace.ts';
import { alsoBegun, dispatcherDueAt, idleDispatcher, type DispatcherState } from './state.ts';

const budget = { tokens: 12, at: 0 };
const release = (owner: string, must = false): DispatcherCommand => ({ type: 'release', owner, must, polls: {}, budget, usual: {} });
const turn = (owner: string, free: string[], reserve: string[], most = 2, ended: string[] = []): DispatcherCommand => ({
  type: 'turn',
  owner,
  free,
  ended,
  reserve: reserve.map((key) => ({ key })),
  most,
});
const reserve = (owner: string, key: string, most = 2): DispatcherCommand => turn(owner, [], [key], most);

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
    ['free', turn('a', ['held'], [])],
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

  it('are freed and taken again in one write, and never more than allowed', () => {
    const state = after([taken, [1, reserve('a', 'k1')], [2, reserve('a', 'k2')], [3, turn('a', ['k1'], ['k3', 'k4'])]]);
    expect(Object.keys(state.slots)).toEqual(['k2', 'k3']);
  });

  it('make room once AWS has ended the operation, and stay until its outcome is stored', () => {
    const full = [taken, [1, reserve('a', 'k1')], [2, reserve('a', 'k2')]] as const;
    const state = after([...full, [3, turn('a', [], ['k3', 'k4'], 2, ['k1'])]]);
    expect(Object.entries(state.slots).map(([key, { ended }]) => [key, ended])).toEqual([['k1', true], ['k2', undefined], ['k3', undefined]]);
    const freed = after([...full, [3, turn('a', [], ['k3'], 2, ['k1'])], [4, turn('a', ['k1'], ['k4'])]]);
    expect(Object.keys(freed.slots)).toEqual(['k2', 'k3']);
  });

  it('are at most twice as many, however few outcomes are stored', () => {
    const keys = ['k1', 'k2', 'k3', 'k4', 'k5', 'k6'];
    const state = after([taken, ...keys.map((key, i) => [i + 1, turn('a', [], [key], 2, keys.slice(0, i))] as const)]);
    expect(Object.keys(state.slots)).toEqual(['k1', 'k2', 'k3', 'k4']);
  });

  it('know the request that they are for', () => {
    const state = after([taken, [1, { ...turn('a', [], []), reserve: [{ key: 'k1', requestId: 'r1' }] } as DispatcherCommand]]);
    expect(state.slots['k1']).toEqual({ owner: 'a', requestId: 'r1', pollAt: 1 });
  });

  it('are freed by name', () => {
    const state = after([taken, [1, reserve('a', 'k1')], [2, reserve('a', 'k2')], [3, turn('a', ['k1'], [])]]);
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
  const of = (principalId: string, accountId: string, requestId?: string, since = 0): Waiting => ({
    key: assignmentKey({ ...someone, principalId, accountId }),
    ...(requestId === undefined ? {} : { requestId }),
    since,
  });
  const keysOf = (candidates: readonly Candidate[]) => candidates.map(({ key }) => key);
  const nothing = { underWay: [], begun: {} };
  const next = (waiting: Waiting[], room = 1, served: Served = nothing) => keysOf(chooseNext(waiting, served, room).chosen);

  it('is who waits longest', () => {
    expect(next([of('p1', '1'), of('p2', '2', undefined, 1)])).toEqual([of('p1', '1').key]);
  });

  it.each(['p1', 'p2'])('is a request of which less was begun before one that waits longer, be it the same person’s or another’s (%s)', (person) => {
    const long = Array.from({ length: 40 }, (_, i) => of('p1', String(i), 'long'));
    const single = of(person, '99', 'single', 10_000);
    expect(next([...long.slice(1), single], 1, { underWay: [], begun: { long: { count: 1 } } })).toEqual([single.key]);
    expect(next([...long, single], 3)[1]).toBe(single.key);
  });

  it('is a single one before the second of any of twenty long requests that came first', () => {
    const long = Array.from({ length: 20 }, (_, request) => Array.from({ length: 40 }, (__, i) => of(`p${request}`, `${request}-${i}`, `long-${request}`))).flat();
    const single = of('other', '99', 'single', 20_000);
    expect(next([...long, single], 21)[20]).toBe(single.key);
  });

  it('is a long request at its turn, however many short ones come', () => {
    const begun = { long: { count: 5 } };
    const short = (i: number) => of(`p${i}`, String(i), `short-${i}`, 100_000 + i * 1_000);
    const waiting = [of('p', 'a', 'long', 0), ...Array.from({ length: 60 }, (_, i) => short(i))];
    expect(next(waiting, 60, { underWay: [], begun }).indexOf(of('p', 'a').key)).toBe(50);
  });

  it('is another person’s before one of a person who has others under way', () => {
    expect(next([of('p1', '1', 'r2'), of('p2', '2', 'r3')], 1, { underWay: [of('p1', '3', 'r1')], begun: {} })).toEqual([of('p2', '2').key]);
  });

  it('is nobody whose role is being changed, or will be by one chosen before', () => {
    expect(next([of('p1', '1')], 2, { underWay: [of('p3', '1')], begun: {} })).toEqual([]);
    expect(next([of('p1', '1'), of('p2', '1')], 2)).toEqual([of('p1', '1').key]);
  });

  it('is final when nobody who comes later could be before it', () => {
    expect(chooseNext([of('p1', '1', 'r1')], nothing, 1).final).toBe(true);
    expect(chooseNext([of('p1', '1', 'r1')], { underWay: [], begun: { r1: { count: 1 } } }, 1).final).toBe(false);
    expect(chooseNext([of('p1', '1', 'r1'), of('p1', '2', 'r1', 40_000)], { underWay: [], begun: { r1: { count: 1 } } }, 1).final).toBe(true);
    expect(chooseNext([of('p1', '1', 'r1')], nothing, 2).final).toBe(false);
  });

  it('is remembered for the hundred requests that were served last, in the last five minutes', () => {
    const requests = Array.from({ length: 130 }, (_, i) => `r${i}`);
    const begun = requests.reduce<ReturnType<typeof alsoBegun>>((all, requestId, i) => alsoBegun(all, requestId, i), {});
    expect(Object.keys(begun)).toHaveLength(100);
    expect(begun['r29']).toBeUndefined();
    expect(alsoBegun(begun, 'r30', 200)['r30']).toEqual({ count: 2, at: 200 });
    expect(Object.keys(alsoBegun(begun, 'r130', 400_000))).toEqual(['r130']);
  });
});

describe('the pace', () => {
  const usual = { quickest: 2_000, mean: 6_000 };

  it('asks about an operation at half of what the quickest of late took, and then less often as it ages, at least every 5 s', () => {
    expect([0, 1_000, 2_000, 6_000, 20_000, 60_000].map((age) => pollAfter(age, usual, 250, false))).toEqual([1_000, 500, 500, 500, 2_250, 5_000]);
  });

  it('asks in each round, however old an operation is, while others wait for its slot', () => {
    expect([0, 2_000, 60_000].map((age) => pollAfter(age, usual, 250, true))).toEqual([1_000, 250, 250]);
  });

  it('asks about none more often than the calls allow', () => {
    expect(pollAfter(2_000, usual, 1_000, false)).toBe(1_000);
    expect([1, 2, 4].map((questions) => roundAfter(questions, 12))).toEqual([1_000 / 6, 1_000 / 3, 2_000 / 3]);
    expect(roundAfter(1, 20)).toBe(150);
  });

  it('learns how long operations take, quicker ones at once', () => {
    expect(learned(usual, 1_200)).toEqual({ quickest: 1_200, mean: 5_400 });
    const slower = Array.from({ length: 200 }, () => 10_000).reduce(learned, usual);
    expect(slower.quickest).toBeGreaterThan(9_000);
    expect(slower.mean).toBeCloseTo(10_000, -1);
  });

  it('leaves a silent AWS alone for twice as long each time, a minute at most', () => {
    expect([1, 2, 3, 10].map(pauseAfter)).toEqual([1_000, 2_000, 4_000, 60_000]);
  });
});
