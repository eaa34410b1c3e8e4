import { isCalm } from './plan.ts';
import { usualSteps } from './options.ts';
import { planOf } from './simulate.ts';

describe('a plan', () => {
  const plans = Array.from({ length: 200 }, (_, i) => planOf({ seed: 1 + i, steps: usualSteps }));

  it('is calm where no fault has a level', () => {
    const [plan] = plans;
    expect(plan).toBeDefined();
    if (plan === undefined) return;
    const none = Object.fromEntries(Object.keys(plan.faults).map((kind) => [kind, 0]));
    expect(isCalm({ ...plan.faults, ...none, seed: 7 })).toBe(true);
    expect(isCalm({ ...plan.faults, ...none, late: 1 })).toBe(false);
  });

  it('is calm about once in ten', () => {
    const calm = plans.filter(({ faults }) => isCalm(faults)).length;
    expect(calm).toBeGreaterThanOrEqual(10);
    expect(calm).toBeLessThanOrEqual(35);
  });
});
