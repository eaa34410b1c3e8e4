/**
 * `npm run least-privilege`: takes each action of each manifest away from its function's role, and looks whether a story that uses it
 * fails. `npm test` does so for some.
 */
import path from 'node:path';
import { spawn } from 'node:child_process';

const root = path.resolve(import.meta.dirname, '../..');
const child = spawn(process.execPath, ['--import', './shared/runtime/require-node.js', 'test/run.ts', 'test/least-privilege/stories'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, TEAM_LEAST_PRIVILEGE: 'all' },
});
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
