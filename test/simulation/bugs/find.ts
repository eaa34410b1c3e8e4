import { run, type Outcome } from '../run.ts';
import { planOf, usualSteps } from '../simulate.ts';
import type { Bug } from './bug.ts';

/** How soon a bug was found. */
export interface Found {
  readonly seed: number;
  /** How many seeds it took, this one included. */
  readonly seeds: number;
  readonly outcome: Outcome;
}

/** Runs seed after seed with the bug, each the same plan as without, until an invariant is broken; undefined where none of so many does. */
export async function findBug({ composers }: Pick<Bug, 'composers'>, { base, most }: { readonly base: number; readonly most: number }): Promise<Found | undefined> {
  for (let seeds = 1; seeds <= most; seeds += 1) {
    const seed = base + seeds - 1;
    const outcome = await run(planOf({ seed, steps: usualSteps }), composers);
    if (outcome.violations.length > 0) return { seed, seeds, outcome };
  }
  return undefined;
}
