import fc from 'fast-check';
import { serviceNames } from '../../infra/local/src/system/compose-services.ts';

/** How often things go wrong: 0 never, 3 often. Each kind is off in many runs, since faults also hide one another. */
export interface Faults {
  readonly seed: number;
  readonly kill: number;
  readonly refuse: number;
  readonly loseAnswer: number;
  readonly slow: number;
  readonly partly: number;
  readonly loseTimers: number;
  readonly skipMinutes: number;
  readonly late: number;
  readonly twice: number;
}

/** What a run may hold back on its way, beside what is late by chance. */
const heldBackTypes = ['AccessWindowOpened.v1', 'AccessApproved.v1', 'EligibilityConfirmed.v1', 'AccessGranted.v1', 'AccessExpired.v1', 'AccessRevoked.v1', 'AccessEnded.v1'] as const;

/** What happens, one thing after another. Everybody and everything is named by a number that is taken modulo how many there are. */
export type Act =
  | { readonly do: 'ask'; readonly by: number; readonly emitter: number; readonly accounts: readonly number[]; readonly set: number; readonly minutes: number; readonly startIn: number; readonly spelling: number }
  | { readonly do: 'ask-again'; readonly request: number; readonly changed: boolean }
  | { readonly do: 'extend'; readonly request: number; readonly minutes: number }
  | { readonly do: 'decide'; readonly request: number; readonly who: number; readonly deny: boolean }
  | { readonly do: 'end'; readonly request: number; readonly who: number }
  | { readonly do: 'person'; readonly who: number; readonly what: 'disable' | 'enable' | 'delete' | 'rename' }
  | { readonly do: 'group'; readonly group: number; readonly who: number; readonly what: 'remake' | 'join' | 'leave' }
  | { readonly do: 'account'; readonly account: number; readonly unit: number; readonly what: 'move' | 'suspend' }
  | { readonly do: 'policies'; readonly variant: number }
  | { readonly do: 'deploy'; readonly service: (typeof serviceNames)[number] }
  | { readonly do: 'by-hand'; readonly request: number; readonly who: number; readonly what: 'assign' | 'remove' }
  | { readonly do: 'forge'; readonly request: number; readonly other: number; readonly what: 'replay' | 'other-grant' | 'approval' | 'end' }
  | { readonly do: 'hold-back'; readonly detailType: (typeof heldBackTypes)[number]; readonly minutes: number }
  | { readonly do: 'identity-center'; readonly what: 'down' | 'fail-creation' | 'fail-deletion'; readonly minutes: number };

export interface Step {
  /** Seconds that pass before it. */
  readonly after: number;
  readonly act: Act;
}

/** A whole run: who there is, what goes wrong, and what happens. */
export interface Plan {
  readonly world: number;
  readonly policies: number;
  readonly order: number;
  readonly faults: Faults;
  readonly steps: readonly Step[];
}

const index = fc.nat({ max: 63 });
const level = fc.constantFrom(0, 0, 1, 2, 3);

const none = { kill: 0, refuse: 0, loseAnswer: 0, slow: 0, partly: 0, loseTimers: 0, skipMinutes: 0, late: 0, twice: 0 } as const;

/** In one run of ten nothing goes wrong by itself: lateness is then judged from the start. */
const faults: fc.Arbitrary<Faults> = fc
  .record({
    seed: fc.nat(),
    kill: level,
    refuse: level,
    loseAnswer: level,
    slow: level,
    partly: level,
    loseTimers: level,
    skipMinutes: level,
    late: level,
    twice: level,
  })
  .map((drawn) => (drawn.seed % 10 === 0 ? { ...none, seed: drawn.seed } : drawn));

/** Whether no fault is ever drawn from these. */
export const isCalm = ({ seed: _seed, ...levels }: Faults): boolean => Object.values(levels).every((one) => one === 0);

const acts: readonly fc.WeightedArbitrary<Act>[] = [
  {
    weight: 30,
    arbitrary: fc.record({
      do: fc.constant('ask' as const),
      by: index,
      emitter: fc.nat({ max: 7 }),
      accounts: fc.array(index, { minLength: 1, maxLength: 3 }),
      set: index,
      minutes: fc.integer({ min: 1, max: 40 }),
      startIn: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 40 }) }),
      spelling: fc.nat({ max: 3 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('ask-again' as const), request: index, changed: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('extend' as const), request: index, minutes: fc.integer({ min: 1, max: 40 }) }) },
  { weight: 34, arbitrary: fc.record({ do: fc.constant('decide' as const), request: index, who: index, deny: fc.constantFrom(false, false, false, false, false, false, false, true) }) },
  { weight: 12, arbitrary: fc.record({ do: fc.constant('end' as const), request: index, who: index }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('person' as const), who: index, what: fc.constantFrom('disable' as const, 'enable' as const, 'delete' as const, 'rename' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('group' as const), group: index, who: index, what: fc.constantFrom('remake' as const, 'join' as const, 'leave' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('account' as const), account: index, unit: index, what: fc.constantFrom('move' as const, 'suspend' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('policies' as const), variant: index }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('deploy' as const), service: fc.constantFrom(...serviceNames) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('by-hand' as const), request: index, who: index, what: fc.constantFrom('assign' as const, 'remove' as const) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('forge' as const), request: index, other: index, what: fc.constantFrom('replay' as const, 'other-grant' as const, 'approval' as const, 'end' as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('hold-back' as const), detailType: fc.constantFrom('AccessWindowOpened.v1' as const, ...heldBackTypes), minutes: fc.integer({ min: 1, max: 110 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('identity-center' as const), what: fc.constantFrom('down' as const, 'fail-creation' as const, 'fail-deletion' as const), minutes: fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 1, max: 6 }) }, { weight: 1, arbitrary: fc.integer({ min: 7, max: 60 }) }) }) },
];

/** Plans of up to so many steps. */
export function plans(steps: number): fc.Arbitrary<Plan> {
  const step: fc.Arbitrary<Step> = fc.record({
    after: fc.oneof({ weight: 3, arbitrary: fc.nat({ max: 20 }) }, { weight: 2, arbitrary: fc.nat({ max: 240 }) }),
    act: fc.oneof(...acts),
  });
  return fc.record({
    world: fc.nat(),
    policies: index,
    order: fc.nat(),
    faults,
    steps: fc.array(step, { minLength: Math.min(steps, 10), maxLength: steps, size: 'max' }),
  });
}
