import { runAll } from './pool.ts';
import { usualSteps } from './options.ts';
import type { Which } from './simulate.ts';

/** Digests of what happened, by seed, with these seeds run in this order in a process of its own. */
async function digests(seeds: readonly number[]): Promise<Record<number, string | undefined>> {
  const found: Record<number, string | undefined> = {};
  const all = seeds.map((seed): Which => ({ seed, steps: usualSteps }));
  await runAll(all, 1, ({ which, outcome, error }) => void (found[which.seed] = outcome?.digest ?? error), () => true);
  return found;
}

test('the same seed makes the same run to the byte, in another process, after other runs', async () => {
  const [first, second] = [await digests([6002, 6003]), await digests([6003, 6002])];
  expect(first).toEqual(second);
  expect(Object.values(first)).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), expect.stringMatching(/^[0-9a-f]{64}$/)]);
  expect(first[6002]).not.toBe(first[6003]);
}, 120_000);
