import { Command, CommanderError } from 'commander';
import { readOptions } from './options.ts';

/** Reads them without ending this process; gives what is said and the exit code where one is wrong. */
function refused(...argv: string[]): { readonly code: number; readonly said: string } {
  let said = '';
  try {
    readOptions(argv, new Command().exitOverride().configureOutput({ writeErr: (text) => (said += text) }));
  } catch (error) {
    if (error instanceof CommanderError) return { code: error.exitCode, said: said.trim() };
    throw error;
  }
  throw new Error(`${argv.join(' ')} was not refused`);
}

it('reads seeds from the first on, and the one run that is to be shown', () => {
  expect(readOptions(['--seed', '3', '--seeds', '2'])).toEqual({ first: 3, seeds: 2, steps: 60 });
  expect(readOptions(['--seed', '3', '--steps', '7', '--path', '0:1'])).toEqual({ first: 3, seeds: 50, steps: 7, shown: { seed: 3, steps: 7, path: '0:1' } });
});

it.each([
  ['no runs', ['--seeds', '0'], 'It must be a whole number from 1 on.'],
  ['an empty seed', ['--seed', ''], 'It must be a whole number from 0 to 4294967295.'],
  ['a seed that would be another one', ['--seed', '5000000000'], 'It must be a whole number from 0 to 4294967295.'],
  ['seeds beyond the last', ['--seed', '4294967290', '--seeds', '10'], 'the last seed would be 4294967299, and 4294967295 is the largest there is'],
  ['a path of no seed', ['--path', '0:1'], 'say which with --seed'],
  ['a path that is none', ['--seed', '3', '--path', 'nope'], 'not "nope"'],
  ['one timeline of many', ['--seed', '3', '--show', '--seeds', '3'], '--seeds is of many'],
])('refuses %s, in one line', (_what, argv, words) => {
  const { code, said } = refused(...argv);
  expect([code, said.split('\n').length]).toEqual([1, 1]);
  expect(said).toContain(words);
});
