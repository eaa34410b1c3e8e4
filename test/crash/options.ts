import { randomInt } from 'node:crypto';
import { Command } from 'commander';
import { wholeNumber } from '../whole-number.ts';

export interface CrashOptions {
  readonly rounds: number;
  readonly seed: number;
}

/** Reads the options. Prints help and exits where asked to, or where one is wrong. Without a seed one is drawn, and said, so that a run can be repeated. */
export function readOptions(argv: readonly string[], command = new Command()): CrashOptions {
  const { rounds, seed = randomInt(2 ** 31) } = command
    .name('npm run crash --')
    .description('Kills npm start while others work with it, again and again on the same folder, and says what was lost, left behind or done twice.')
    .option('--rounds <n>', 'how often', wholeNumber(1), 20)
    .option('--seed <s>', 'what is drawn follows from it. Drawn itself where it is not given', wholeNumber(0))
    .allowExcessArguments(false)
    .parse([...argv], { from: 'user' })
    .opts<{ rounds: number; seed?: number }>();
  return { rounds, seed };
}
