import { run } from '../run.ts';
import { planOf, usualSteps } from '../simulate.ts';
import type { RuleName } from '../watch.ts';
import type { Bug } from './bug.ts';

/** Within so many seeds every mistake must be found. */
export const mostSeeds = 500;

/** How soon a mistake was found. */
export interface Found {
  readonly seed: number;
  /** How many seeds it took, this one included. */
  readonly seeds: number;
  /** The invariants that were broken. */
  readonly rules: readonly RuleName[];
}

/**
 * Runs seed after seed with the mistake, each the very plan that it is without, until an invariant is broken that is to find it; undefined
 * where none of so many does.
 */
export async function findBug({ composers, rules }: Bug, { base, most }: { readonly base: number; readonly most: number }): Promise<Found | undefined> {
  for (let seed = base; seed < base + most; seed += 1) {
    const { violations } = await run(planOf({ seed, steps: usualSteps }), composers);
    const broken = [...new Set(violations.map(({ rule }) => rule))];
    if (broken.some((rule) => rules.includes(rule))) return { seed, seeds: seed - base + 1, rules: broken };
  }
  return undefined;
}
