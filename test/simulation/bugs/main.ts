import { randomInt } from 'node:crypto';
import { Command, InvalidArgumentError } from 'commander';
import { bugs } from './all.ts';
import { findBug, mostSeeds } from './find.ts';

const whole = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('a whole number, 0 or more');
  return value;
};
const options = new Command('bugs')
  .description('Plants known mistakes one at a time and searches, from fresh seeds, for a run in which an invariant shows each.')
  .option('--base <s>', 'the first seed for every mistake. Drawn where it is not given', whole)
  .option('--most <n>', 'seeds to try for each', whole, mostSeeds)
  .option('--only <name>', 'only those whose name contains this', '')
  .parse()
  .opts<{ base?: number; most: number; only: string }>();

/** Seeds are what fast-check takes: 32 bits, and room for those that follow. */
const base = options.base ?? randomInt(2 ** 31 - 1_000_000);
const planted = bugs.filter(({ name }) => name.includes(options.only));
console.log(`seeds from ${base} on, at most ${options.most} for each of ${planted.length} mistakes\n`);
console.log('mistake | found by | seeds needed | seconds\n--- | --- | ---: | ---:');

let missed = 0;
for (const bug of planted) {
  const begunAt = performance.now();
  const found = await findBug(bug, { base, most: options.most });
  if (found === undefined) missed += 1;
  const seconds = ((performance.now() - begunAt) / 1_000).toFixed(1);
  console.log(`${bug.name} | ${found?.rules.join(', ') ?? 'NOT FOUND'} | ${found?.seeds ?? `> ${options.most}`} | ${seconds}`);
}
console.log(`\n${planted.length - missed} found, ${missed} not; bar: all, each within ${options.most} seeds: ${missed === 0 ? 'held' : 'NOT HELD'}`);
process.exit(missed === 0 ? 0 : 1);
