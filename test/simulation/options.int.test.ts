import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

function run(file: string, ...options: string[]) {
  const { status, stderr } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', path(file), ...options], { encoding: 'utf8', timeout: 30_000 });
  return { status, stderr: stderr.trim() };
}

describe('a wrong option runs nothing and says what is allowed', () => {
  test('seeds beyond the last', () => {
    const { status, stderr } = run('main.ts', '--seed', '4294967290', '--seeds', '10');
    expect([status, stderr]).toEqual([1, 'error: the last seed would be 4294967299, and 4294967295 is the largest there is']);
  });

  test('a planted mistake that is none', () => {
    const { status, stderr } = run('bugs/main.ts', '--only', 'nosuch');
    expect([status, stderr]).toEqual([1, expect.stringMatching(/^error: no mistake has "nosuch" in its name; there are: publish before commit, /)]);
  });
});
