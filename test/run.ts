/**
 * `npm test`: the checks of the workspace, the longest beside the others and the first tests; every test, journeys last; then the proofs. The last line says
 * `N passed, N failed`, each check and each proof counting as one. `npm test -- PATTERN` hands its arguments to Jest and runs nothing but tests.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checks } from './architecture/checks.ts';
import { proofs } from './architecture/proofs.ts';
import { tallyJest } from './architecture/jest-tally.ts';
import type { Tally } from './architecture/jest-tally.ts';
import { runNode } from './architecture/run-node.ts';

const CHECK_LIMIT_SECONDS = 300;
const TESTS_LIMIT_SECONDS = 900;
const PROOF_LIMIT_SECONDS = 600;

const root = path.resolve(import.meta.dirname, '..');

async function check(name: string, args: readonly string[]): Promise<Tally> {
  const end = await runNode(args, { cwd: root, output: 'capture', limitSeconds: CHECK_LIMIT_SECONDS });
  report(name, end.ok, end.seconds);
  if (end.ok) return { passed: 1, failed: 0, remarks: [] };
  console.log(end.output.trimEnd());
  return { passed: 0, failed: 1, remarks: [`${name}: ${end.reason}`] };
}

/** Which tests of a whole run go together: each group has the limit for itself. */
const groups: Readonly<Record<string, readonly string[]>> = {
  tests: ['--testPathPatterns', '\\.(unit|int)\\.test\\.ts$'],
  // Those in a browser are few and long: the processor that they leave free takes the others.
  journeys: ['--testPathPatterns', '\\.(journey|browser)\\.test\\.ts$'],
};

/** Jest with these arguments; `whole` where none of its tests may be left out. */
async function tests(name: string, selection: readonly string[], whole: boolean): Promise<Tally> {
  const folder = mkdtempSync(path.join(tmpdir(), 'team-test-'));
  const file = path.join(folder, 'jest.json');
  const jest = ['node_modules/jest/bin/jest.js', '-c', 'test/jest.config.js', '--ci', '--json', `--outputFile=${file}`, ...selection];
  const end = await runNode(['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', ...jest], {
    cwd: root,
    output: 'show',
    limitSeconds: TESTS_LIMIT_SECONDS,
    env: { TEAM_TEST_FOLDER: folder },
  });
  const tally = tallyJest(existsSync(file) ? readFileSync(file, 'utf8') : undefined, end, !whole);
  rmSync(folder, { recursive: true });
  report(name, tally.failed === 0, end.seconds);
  return tally;
}

/** A proof that takes a command of its own and prints what it did. */
async function proof(name: string, args: readonly string[]): Promise<Tally> {
  const end = await runNode(args, { cwd: root, output: 'show', limitSeconds: PROOF_LIMIT_SECONDS });
  report(name, end.ok, end.seconds);
  return end.ok ? { passed: 1, failed: 0, remarks: [] } : { passed: 0, failed: 1, remarks: [`${name}: ${end.reason}`] };
}

/** The last of the checks, which takes the longest, beside the others and the first tests: it takes one processor. */
async function slowest(): Promise<void> {
  const [name, args] = Object.entries(checks).at(-1) ?? [];
  if (name !== undefined && args !== undefined) tallies.push(await check(name, args));
}

async function others(): Promise<void> {
  for (const [name, args] of Object.entries(checks).slice(0, -1)) tallies.push(await check(name, args));
}

async function everyTest(): Promise<void> {
  for (const [name, patterns] of Object.entries(groups)) tallies.push(await tests(name, patterns, true));
}

function report(name: string, ok: boolean, seconds: number): void {
  console.log(`${ok ? 'passed' : 'FAILED'}  ${name.padEnd(12)} ${seconds.toFixed(1).padStart(6)} s`);
}

const selection = process.argv.slice(2);
const tallies: Tally[] = [];
if (selection.length > 0) tallies.push(await tests('tests', selection, false));
else {
  await Promise.all([slowest(), others().then(everyTest)]);
  for (const [name, args] of Object.entries(proofs)) tallies.push(await proof(name, args));
}

const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0);
for (const remark of tallies.flatMap(({ remarks }) => remarks)) console.log(`FAILED  ${remark}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
