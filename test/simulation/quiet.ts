import type { Act, Plan } from './plan.ts';
import { usualSteps } from './options.ts';
import { planOf } from './simulate.ts';

/** The plan of a seed without faults, and with nobody's hand on what is granted: nothing ends it but the product. */
export function quiet(seed: number): Plan {
  const plan = planOf({ seed, steps: usualSteps });
  const faults = { ...plan.faults, kill: 0, refuse: 0, loseAnswer: 0, slow: 0, partly: 0, loseTimers: 0, skipMinutes: 0, late: 0, twice: 0 };
  const calm: readonly Act['do'][] = ['ask', 'decide', 'ask-again', 'deploy'];
  return { ...plan, faults, steps: plan.steps.filter(({ act }) => calm.includes(act.do)) };
}
