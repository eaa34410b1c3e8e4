import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('./outage.fixture.ts', import.meta.url));
let folder: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'team-outage-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the local cloud in a process of its own, kills it once it has said that many lines, and returns what it said. */
async function run(mode: string, killAfterLines = Number.POSITIVE_INFINITY): Promise<string> {
  const child = spawn(process.execPath, [script, folder, mode], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (said.split('\n').length > killAfterLines) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return said;
}

test('every event that was accepted reaches its function, although the process is killed again and again', async () => {
  const accepted: number[] = [];
  for (const killAfterLines of [40, 1, 15]) {
    const said = await run('put', killAfterLines);
    accepted.push(...said.slice(0, said.lastIndexOf('\n')).split('\n').map(Number));
  }
  const seen = new Set(JSON.parse(await run('drain')) as number[]);
  expect(accepted.length).toBeGreaterThanOrEqual(56);
  expect(accepted.filter((n) => !seen.has(n))).toEqual([]);
}, 60_000);
