import { goOn } from '../process-clock.ts';
import { run } from '../run.ts';
import { planOf, usualSteps } from '../simulate.ts';
import { bugs } from './all.ts';
import { findBug, mostSeeds } from './find.ts';

/** Seeds in which something was found, which must show nothing without it. */
const shown = new Set<number>();

afterAll(goOn);

describe('the simulator finds what is wrong', () => {
  test.each(bugs)(
    '$name: $breaks',
    async (bug) => {
      const found = await findBug(bug, { base: bug.base, most: mostSeeds });
      if (found === undefined) throw new Error(`no invariant shows "${bug.name}" in ${mostSeeds} seeds from ${bug.base} on`);
      shown.add(found.seed);
      process.stdout.write(`${bug.name}: found by ${found.rules.join(', ')} in ${found.seeds} seeds\n`);
    },
    3_600_000,
  );

  test(
    'and nothing in the same seeds without it',
    async () => {
      for (const seed of shown) expect({ seed, violations: (await run(planOf({ seed, steps: usualSteps }))).violations }).toEqual({ seed, violations: [] });
    },
    3_600_000,
  );
});
