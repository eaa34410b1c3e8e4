import { explore, restless, stuck, type Model, type Move } from './explore.ts';

type Place = 'outside' | 'waiting' | 'inside';
interface Two {
  readonly places: readonly Place[];
  readonly wants: readonly boolean[];
  readonly turn: number;
}

/** Peterson’s mutual exclusion of two; `yields` false leaves out that each lets the other go first. */
function exclusion(yields: boolean): Model<Two> {
  const put = (state: Two, who: number, place: Place, wants: boolean, turn = state.turn): Two => ({
    places: state.places.with(who, place),
    wants: state.wants.with(who, wants),
    turn,
  });
  const movesOf = (state: Two, who: number): Move<Two>[] => {
    const other = 1 - who;
    switch (state.places[who]) {
      case 'outside':
        return [{ label: `${who} asks`, optional: true, state: put(state, who, 'waiting', true, yields ? other : who) }];
      case 'waiting':
        if (state.wants[other] === true && state.turn === other) return [];
        return [{ label: `${who} enters`, state: put(state, who, 'inside', true) }];
      default:
        return [{ label: `${who} leaves`, state: put(state, who, 'outside', false) }];
    }
  };
  return {
    initial: { places: ['outside', 'outside'], wants: [false, false], turn: 0 },
    moves: (state) => [0, 1].flatMap((who) => movesOf(state, who)),
    key: (state) => JSON.stringify(state),
    broken: ({ places }) => (places.every((place) => place === 'inside') ? 'both are inside' : undefined),
    atRest: ({ places }) => places.every((place) => place === 'outside'),
  };
}

/** Numbers, and what follows each. */
const graph = (edges: Readonly<Record<number, readonly number[]>>, rest: number, optional: readonly string[] = []): Model<number> => ({
  initial: 0,
  moves: (from) => (edges[from] ?? []).map((to) => ({ label: `${from}-${to}`, state: to, optional: optional.includes(`${from}-${to}`) })),
  key: String,
  atRest: (at) => at === rest,
});

describe('the explorer', () => {
  it('finds nothing wrong with a protocol that excludes, in all its states', async () => {
    expect(await explore(exclusion(true))).toEqual({ states: 10, transitions: 16, depth: 3 });
  });

  it('finds a planted mistake, by a shortest trace', async () => {
    const { violation } = await explore(exclusion(false));
    expect(violation?.rule).toBe('both are inside');
    expect(violation?.trace).toHaveLength(4);
    expect(violation?.trace).toEqual(expect.arrayContaining(['0 asks', '1 asks', '0 enters', '1 enters']));
  });

  it('prefers a short way to a mistake, whatever else leads there', async () => {
    const model = { ...graph({ 0: [1, 4], 1: [2], 2: [3], 3: [9], 4: [9] }, 9), broken: (at: number) => (at === 9 ? 'nine' : undefined) };
    expect((await explore(model)).violation).toEqual({ rule: 'nine', trace: ['0-4', '4-9'] });
  });

  it('tells a rule that a move breaks, with the move', async () => {
    const moves = (at: number) => [{ label: 'up', state: at + 1, broken: at === 2 ? 'too high' : undefined }];
    expect((await explore({ initial: 0, moves, key: String })).violation).toEqual({ rule: 'too high', trace: ['up', 'up', 'up'] });
  });

  it('tells where nothing can happen any more short of rest', async () => {
    expect((await explore(graph({ 0: [1, 2], 1: [3] }, 3))).violation).toEqual({ rule: stuck, trace: ['0-2'] });
  });

  it('tells from where rest cannot be reached, however much goes on there', async () => {
    expect((await explore(graph({ 0: [1, 2], 1: [4], 2: [3], 3: [2] }, 4))).violation).toEqual({ rule: restless, trace: ['0-2'] });
  });

  it('never counts on a move that is optional', async () => {
    expect((await explore(graph({ 0: [1, 2], 1: [2], 2: [0] }, 1))).violation).toBeUndefined();
    expect((await explore(graph({ 0: [1, 2], 1: [2], 2: [0] }, 1, ['0-1']))).violation).toEqual({ rule: restless, trace: [] });
  });

  it('refuses more states than it may hold', async () => {
    const endless: Model<number> = { initial: 0, moves: (at) => [{ label: 'on', state: at + 1 }], key: String };
    await expect(explore(endless, { maximumStates: 100 })).rejects.toThrow('more than 100 states');
  });
});
