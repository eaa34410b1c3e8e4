import { Command } from 'commander';
import { readOptions } from './options.ts';

/** Reads them without ending this process; what goes wrong is thrown. */
const read = (...argv: string[]) => readOptions(argv, new Command().exitOverride().configureOutput({ writeErr: () => {} }));

it('reads rounds and seed', () => {
  expect(read('--rounds', '3', '--seed', '0')).toEqual({ rounds: 3, seed: 0 });
});

it('does twenty rounds unless told, and draws a seed that can be given again', () => {
  const { rounds, seed } = read();
  expect(rounds).toBe(20);
  expect(read('--seed', String(seed)).seed).toBe(seed);
});

it.each([
  [['--rounds', 'abc'], "option '--rounds <n>' argument 'abc' is invalid. It must be a whole number from 1 on."],
  [['--rounds', '0'], 'It must be a whole number from 1 on.'],
  [['--rounds', '1e3'], 'It must be a whole number from 1 on.'],
  [['--seed', '1.5'], 'It must be a whole number from 0 on.'],
  [['--seed', ''], 'It must be a whole number from 0 on.'],
  [['--bogus'], "unknown option '--bogus'"],
  [['3'], 'too many arguments'],
])('refuses %j in words', (argv, words) => {
  expect(() => read(...argv)).toThrow(words);
});
