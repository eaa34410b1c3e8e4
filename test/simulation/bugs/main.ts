import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import { shareOut, type Runner } from '../pool.ts';
import { wholeNumber } from '../../whole-number.ts';
import { largestSeed, usualSteps } from '../options.ts';
import { bugs } from './all.ts';
import type { Bug } from './bug.ts';

/** Within so many seeds every mistake must be found. */
const barSeeds = 500;

const command = new Command('npm run simulate:bugs --')
  .description('Plants known mistakes one at a time and searches for a run in which an invariant shows each; the same run without it must show nothing.')
  .option('--base <s>', 'the first seed for every mistake. Drawn where it is not given', wholeNumber(0, largestSeed - barSeeds))
  .option('--stored', 'begins where each mistake was found soon before, instead')
  .option('--most <n>', 'seeds to try for each', wholeNumber(1), barSeeds)
  .option('--only <name>', 'only those whose name contains this', '')
  .parse();
const options = command.opts<{ base?: number; stored?: true; most: number; only: string }>();

/** Room is left for those that follow. */
const drawn = options.base ?? randomInt(2 ** 31 - 1_000_000);
const planted = bugs.filter(({ name }) => name.includes(options.only));
if (planted.length === 0) command.error(`error: no mistake has "${options.only}" in its name; there are: ${bugs.map(({ name }) => name).join(', ')}`);
const from = options.stored === true ? 'the stored seeds' : `seed ${drawn}`;
console.log(`from ${from} on, at most ${options.most} seeds for each of ${planted.length} mistakes\n`);
console.log('mistake | found by | seeds needed | the last of them | seconds\n--- | --- | ---: | ---: | ---:');

const failures: string[] = [];

/** What the run of a seed shows without any mistake, in words; undefined: nothing. Many mistakes share a seed, and it is run once. */
const without = new Map<number, Promise<string | undefined>>();
function shownWithout(runner: Runner, seed: number): Promise<string | undefined> {
  const known = without.get(seed) ?? runner.ask({ seed, steps: usualSteps }).then(({ outcome, error }) => (outcome?.violations.length === 0 ? undefined : (error ?? JSON.stringify(outcome?.violations))));
  without.set(seed, known);
  return known;
}

/** Runs seed after seed with the mistake, each the very plan that it is without, until an invariant is broken that is to find it. */
async function search(runner: Runner, bug: Bug): Promise<void> {
  const begunAt = performance.now();
  const base = options.stored === true ? bug.base : drawn;
  const say = (foundBy: string, seeds: string | number, last: number): void =>
    console.log(`${bug.name} | ${foundBy} | ${seeds} | ${last} | ${((performance.now() - begunAt) / 1_000).toFixed(1)}`);
  for (let seed = base; seed < base + options.most; seed += 1) {
    const { outcome } = await runner.ask({ seed, steps: usualSteps, bug: bug.name });
    const broken = [...new Set(outcome?.violations.map(({ rule }) => rule))];
    if (!broken.some((rule) => bug.rules.includes(rule))) continue;
    const shown = await shownWithout(runner, seed);
    if (shown !== undefined) failures.push(`seed ${seed} is not clean without "${bug.name}": ${shown}`);
    return say(broken.join(', '), seed - base + 1, seed);
  }
  failures.push(`"${bug.name}" was not found`);
  say('NOT FOUND', `> ${options.most}`, base + options.most - 1);
}

await shareOut(planted, availableParallelism(), search);
for (const failure of failures) console.log(`FAILED  ${failure}`);
console.log(`\n${planted.length} mistakes, ${failures.length} not shown; bar: all, each within ${barSeeds} seeds: ${failures.length === 0 && options.most <= barSeeds ? 'held' : 'NOT HELD'}`);
process.exitCode = failures.length === 0 ? 0 : 1;
