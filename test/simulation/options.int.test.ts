import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

function run(file: string, ...options: string[]) {
  const { status, stderr } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', path(file), ...options], { encoding: 'utf8', timeout: 30_000 });
  return { status, stderr: stderr.trim() };
}

describe('a wrong option runs nothing and says what is allowed', () => {
  test.each([
    ['no runs', ['--seeds', '0'], 'It must be a whole number from 1 on.'],
    ['an empty seed', ['--seed', ''], 'It must be a whole number from 0 to 4294967295.'],
    ['a seed that would be another one', ['--seed', '5000000000'], 'It must be a whole number from 0 to 4294967295.'],
    ['seeds beyond the last', ['--seed', '4294967290', '--seeds', '10'], 'the last seed would be 4294967299, and 4294967295 is the largest there is'],
    ['a path of no seed', ['--path', '0:1'], 'say which with --seed'],
    ['a path that is none', ['--seed', '3', '--path', 'nope'], 'not "nope"'],
    ['one timeline of many', ['--seed', '3', '--show', '--seeds', '3'], '--seeds is of many'],
  ])('%s', (_what, options, said) => {
    const { status, stderr } = run('main.ts', ...options);
    expect([status, stderr.split('\n').length]).toEqual([1, 1]);
    expect(stderr).toContain(said);
  });

  test('a planted mistake that is none', () => {
    const { status, stderr } = run('bugs/main.ts', '--only', 'nosuch');
    expect([status, stderr]).toEqual([1, expect.stringMatching(/^error: no mistake has "nosuch" in its name; there are: publish before commit, /)]);
  });
});
