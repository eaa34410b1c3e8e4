import { readFileSync } from 'node:fs';
import path from 'node:path';
import { checks } from './checks.ts';
import { plantWorkspace } from './planted-workspace.ts';
import type { PlantedWorkspace } from './planted-workspace.ts';
import type { CommandEnd } from './run-node.ts';


const passing: Record<string, string> = {
  'test/simulation/main.ts': "console.log('50 seeds without violation')",
  'test/simulation/bugs/main.ts': "console.log('33 mistakes, 0 not shown')",
  'contracts/sum.ts': 'export const sum = (a: number, b: number): number => a + b;\n',
  'contracts/sum.unit.test.ts': "import { sum } from './sum.ts';\nit('adds', () => {\n  expect(sum(1, 2)).toBe(3);\n});\n",
  'contracts/sum.journey.test.ts': "it('goes all the way', () => {\n  expect(1).toBe(1);\n});\n",
  'contracts/sum.browser.test.ts': "it('is looked at', () => {\n  expect(1).toBe(1);\n});\n",
};

/** One violation for each check, a failing test, a test that cannot be loaded, a simulation that breaks an invariant. */
const broken: Record<string, string> = {
  ...passing,
  'test/simulation/main.ts': 'process.exitCode = 1',
  'infra/README.md': '# Planted\n',
  'services/README.md': '# Planted\n',
  'tools.md': 'does not belong at the top\n',
  'contracts/tools/generate.ts': 'process.exitCode = 1;\n',
  'contracts/cycle.ts': "import './cycle-back.ts';\n",
  'contracts/cycle-back.ts': "import './cycle.ts';\n",
  'contracts/sum.type.test.ts': "import { sum } from './sum.ts';\n// @ts-expect-error: nothing is wrong here\nsum(1, 2);\n",
  'contracts/unused.ts': 'export function unused(): void {\n  const nobodyReadsMe = 1;\n}\n',
  'contracts/wrong.unit.test.ts': "it('fails', () => {\n  expect(1).toBe(2);\n});\nit('passes', () => {\n  expect(1).toBe(1);\n});\n",
  'contracts/unloadable.int.test.ts': "import './nowhere.ts';\nit('never runs', () => undefined);\n",
};

/** A workspace with checks of its own (name → what its Node.js executes), to see how the run counts them. */
function withChecks(codes: Record<string, string>): Record<string, string> {
  const own = Object.entries(codes).map(([name, code]) => [name, ['--input-type=module', '-e', code]]);
  return { ...passing, 'test/architecture/checks.ts': `export const checks = ${JSON.stringify(Object.fromEntries(own))};\n` };
}

function lastLine({ output }: CommandEnd): string | undefined {
  return output.trimEnd().split('\n').at(-1);
}

describe('npm test', () => {
  let workspace: PlantedWorkspace | undefined;
  afterEach(() => {
    workspace?.remove();
    workspace = undefined;
  });

  async function run(files: Record<string, string>, ...selection: string[]): Promise<CommandEnd> {
    workspace = plantWorkspace(files);
    return workspace.run('test/run.ts', ...selection);
  }

  it('sees what each of the real checks finds, a failing test and a test that cannot be loaded', async () => {
    const end = await run(broken);
    for (const name of [...Object.keys(checks), 'tests', 'simulation']) expect(end.output).toContain(`FAILED  ${name} `);
    expect(end.output).toContain('contracts/sum.type.test.ts(2,1): error TS2578');
    expect(lastLine(end)).toBe('5 passed, 8 failed');
    expect(end.ok).toBe(false);
  }, 120_000);

  it('succeeds when everything passed, each check and each proof counting as one', async () => {
    const end = await run(withChecks({ first: '0', second: '0' }));
    expect(end.output).not.toContain('FAILED');
    expect(lastLine(end)).toBe('7 passed, 0 failed');
    expect(end.ok).toBe(true);
  });

  it('counts a check as failed however it fails', async () => {
    const end = await run(
      withChecks({
        works: '0',
        finds: 'process.exitCode = 1',
        isKilled: "process.kill(process.pid, 'SIGKILL')",
        crashes: 'process.abort()',
        isMissing: "import './no-such-file.js'",
      }),
    );
    for (const name of ['finds', 'isKilled', 'crashes', 'isMissing']) expect(end.output).toContain(`FAILED  ${name} `);
    expect(lastLine(end)).toBe('6 passed, 4 failed');
    expect(end.ok).toBe(false);
  });

  it('runs only the tests that a pattern selects', async () => {
    const end = await run(broken, 'contracts/sum');
    for (const name of Object.keys(checks)) expect(end.output).not.toContain(name);
    expect(lastLine(end)).toBe('3 passed, 0 failed');
    expect(end.ok).toBe(true);
  });

  it('fails when the pattern selects nothing', async () => {
    const end = await run(passing, 'no-such-test');
    expect(lastLine(end)).toBe('0 passed, 1 failed');
    expect(end.ok).toBe(false);
  });

  it('is what package.json runs, and every check is a script of its own', () => {
    const { scripts } = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../package.json'), 'utf8')) as { scripts: object };
    const guarded = 'node --import ./shared/runtime/require-node.js';
    expect(scripts).toMatchObject({ test: `${guarded} test/run.ts` });
    for (const name of Object.keys(checks)) expect(scripts).toMatchObject({ [name]: `${guarded} test/check.ts ${name}` });
  });
});
