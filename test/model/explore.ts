import { hash } from 'node:crypto';

/** Something that can happen in a state. */
export interface Move<State> {
  /** What happens, in words; a trace is a list of them. */
  readonly label: string;
  readonly state: State;
  /** What only may happen, and nothing may depend on: a fault, somebody's wish. Everything else happens sooner or later. */
  readonly optional?: boolean;
  /** The rule that this very move breaks. */
  readonly broken?: string | undefined;
}

/** A transition system, small enough to be walked through as a whole. */
export interface Model<State> {
  readonly initial: State;
  moves(state: State): readonly Move<State>[] | Promise<readonly Move<State>[]>;
  /** Equal for two states exactly where nothing that may follow tells them apart. */
  key(state: State): string;
  /** The rule that a state breaks. */
  broken?(state: State): string | undefined | Promise<string | undefined>;
  /** Whether everything may stay as it is. With it, each state must be able to come to such a state without any optional move. */
  atRest?(state: State): boolean;
}

export interface Violation {
  readonly rule: string;
  /** The fewest moves that lead there. */
  readonly trace: readonly string[];
}

export interface Explored {
  readonly states: number;
  /** Moves from one state to another; those that lead back to where they began do not count. */
  readonly transitions: number;
  /** Moves in the longest of all shortest traces. */
  readonly depth: number;
  readonly violation?: Violation;
}

export interface Bounds {
  /** More states than this are refused with an error: each costs some hundred bytes, beside the states of two levels. */
  readonly maximumStates: number;
}

export const stuck = 'nothing can happen any more, and it is not at rest';
export const restless = 'rest cannot be reached any more';

/**
 * Walks through every reachable state of a model, breadth first, so that the trace of the first violation is a shortest one.
 * Of states left behind only a digest of their key (SHA-256) is kept.
 */
export async function explore<State>(model: Model<State>, { maximumStates }: Bounds = { maximumStates: 1_000_000 }): Promise<Explored> {
  const found = new Map<string, number>();
  const parents: number[] = [];
  const labels: string[] = [];
  const resting: number[] = [];
  /** The states from which a state can be reached by one move that can be counted on. */
  const before: number[][] = [];
  let transitions = 0;
  let depth = 0;
  let next: { readonly id: number; readonly state: State }[] = [];

  const enter = (state: State, parent: number, label: string): number => {
    const digest = hash('sha256', model.key(state), 'base64');
    const known = found.get(digest);
    if (known !== undefined) return known;
    const id = found.size;
    if (id >= maximumStates) throw new RangeError(`more than ${maximumStates} states`);
    found.set(digest, id);
    parents.push(parent);
    labels.push(label);
    before.push([]);
    next.push({ id, state });
    return id;
  };
  const traceTo = (id: number): string[] => {
    const trace: string[] = [];
    for (let at = id; at > 0; at = parents[at] ?? 0) trace.push(labels[at] ?? '');
    return trace.reverse();
  };
  const explored = (violation?: Violation): Explored => ({ states: found.size, transitions, depth, ...(violation === undefined ? {} : { violation }) });

  enter(model.initial, 0, '');
  for (; next.length > 0; depth += 1) {
    const level = next;
    next = [];
    for (const { id, state } of level) {
      const rule = await model.broken?.(state);
      if (rule !== undefined) return explored({ rule, trace: traceTo(id) });
    }
    for (const { id, state } of level) {
      const rests = model.atRest?.(state) === true;
      if (rests) resting.push(id);
      let goesOn = false;
      for (const { label, state: to, optional, broken } of await model.moves(state)) {
        if (broken !== undefined) return explored({ rule: broken, trace: [...traceTo(id), label] });
        const target = enter(to, id, label);
        if (target === id) continue;
        transitions += 1;
        if (optional === true) continue;
        goesOn = true;
        before[target]?.push(id);
      }
      if (model.atRest !== undefined && !rests && !goesOn) return explored({ rule: stuck, trace: traceTo(id) });
    }
  }
  depth -= 1;
  const hopeless = model.atRest === undefined ? undefined : firstWithout(resting, before);
  return explored(hopeless === undefined ? undefined : { rule: restless, trace: traceTo(hopeless) });
}

/** The first state from which no state at rest can be reached. */
function firstWithout(resting: readonly number[], before: readonly (readonly number[])[]): number | undefined {
  const hopeful = new Uint8Array(before.length);
  const open = [...resting];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (hopeful[id] === 1) continue;
    hopeful[id] = 1;
    for (const earlier of before[id] ?? []) open.push(earlier);
  }
  const first = hopeful.indexOf(0);
  return first === -1 ? undefined : first;
}
