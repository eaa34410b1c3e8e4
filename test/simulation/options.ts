import { randomInt } from 'node:crypto';
import { Command } from 'commander';
import { wholeNumber } from '../whole-number.ts';
import type { Which } from './simulate.ts';

/** Steps of the longest plan that is drawn unless another number is asked for. */
export const usualSteps = 60;

/** Seeds are what fast-check takes: 32 bits. Two seeds beyond that may be the same run. */
export const largestSeed = 2 ** 32 - 1;

export interface SimulationOptions {
  /** The first seed; the others follow it. */
  readonly first: number;
  readonly seeds: number;
  readonly steps: number;
  /** The one run to be shown, where one is asked for. */
  readonly shown?: Which;
}

/** Reads the options. Prints help and exits where asked to, or where one is wrong. Without a seed one is drawn. */
export function readOptions(argv: readonly string[], command = new Command()): SimulationOptions {
  command
    .name('npm run simulate --')
    .description('Runs the whole product in virtual time under faults and holds it against its invariants. The same seed makes the same run.')
    .option('--seeds <n>', 'how many runs; 50 where it is not given', wholeNumber(1))
    .option('--seed <s>', 'the first seed; the others follow it. Drawn where it is not given', wholeNumber(0, largestSeed))
    .option('--steps <n>', 'steps of the longest plan', wholeNumber(1), usualSteps)
    .option('--path <p>', 'replays a smaller plan of --seed, as a failure prints it')
    .option('--show', 'prints the timeline of --seed')
    .parse([...argv], { from: 'user' });
  const options = command.opts<{ seeds?: number; seed?: number; steps: number; path?: string; show?: true }>();
  const { seeds = 50, steps, path } = options;
  // Room is left for those that follow.
  const first = options.seed ?? randomInt(2 ** 31 - 1_000_000);
  const replays = path !== undefined || options.show === true;
  if (replays && options.seed === undefined) command.error('error: --path and --show are of one run: say which with --seed');
  if (replays && options.seeds !== undefined) command.error('error: --path and --show are of one run, and --seeds is of many');
  if (path !== undefined && !/^\d+(:\d+)*$/.test(path)) command.error(`error: --path is numbers with colons between them, as a failure prints them, not "${path}"`);
  if (first + seeds - 1 > largestSeed) command.error(`error: the last seed would be ${first + seeds - 1}, and ${largestSeed} is the largest there is`);
  return { first, seeds, steps, ...(replays ? { shown: { seed: first, steps, ...(path === undefined ? {} : { path }) } } : {}) };
}
