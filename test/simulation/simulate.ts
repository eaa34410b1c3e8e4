import fc from 'fast-check';
import { plans, type Plan } from './plan.ts';
import { run, type Outcome } from './run.ts';

/** Which run: everything about it follows from these. */
export interface Which {
  readonly seed: number;
  readonly steps: number;
  /** Where the smaller plan stands among those that the seed's plan was made smaller to; without it the seed's own. */
  readonly path?: string;
  /** Name of the mistake that is planted in it. */
  readonly bug?: string;
}

/** A failing run made smaller. */
export interface Shrunk {
  readonly outcome: Outcome;
  readonly plan: Plan;
  /** For `Which`. */
  readonly path: string;
  /** How many smaller plans were tried. */
  readonly tried: number;
}

/** The plan of a seed. */
export function planOf({ seed, steps, path }: Which): Plan {
  const [plan] = fc.sample(fc.noBias(plans(steps)), { seed, numRuns: 1, ...(path === undefined ? {} : { path }) });
  if (plan === undefined) throw new RangeError(`no plan stands under seed ${seed}${path === undefined ? '' : ` and path ${path}`}`);
  return plan;
}

/**
 * Makes a failing plan smaller as long as it breaks the same invariant, for at most `withinMs` of real time: fewer steps, fewer kinds of
 * faults, smaller numbers. Undefined where the seed's own plan breaks nothing.
 */
export async function shrink({ seed, steps }: Which, withinMs: number): Promise<Shrunk | undefined> {
  const begunAt = performance.now();
  let rule: string | undefined;
  let smallest: { readonly outcome: Outcome; readonly plan: Plan } | undefined;
  let tried = 0;
  const holds = async (plan: Plan): Promise<boolean> => {
    if (rule !== undefined && performance.now() - begunAt > withinMs) return true;
    tried += 1;
    const outcome = await run(plan);
    rule ??= outcome.violations[0]?.rule;
    if (outcome.violations[0]?.rule !== rule || rule === undefined) return true;
    smallest = { outcome, plan };
    return false;
  };
  const details = await fc.check(fc.asyncProperty(fc.noBias(plans(steps)), holds), { seed, numRuns: 1 });
  if (smallest === undefined || details.counterexamplePath === null) return undefined;
  return { ...smallest, path: details.counterexamplePath, tried };
}
