import path from 'node:path';
import { runNode } from './run-node.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Starts an entry while Node.js says that it is of the given version. */
function start(entry: string, version: string): ReturnType<typeof runNode> {
  const disguise = `data:text/javascript,Object.defineProperty(process.versions, 'node', { value: '${version}' })`;
  return runNode(['--import', disguise, entry, '--help'], { cwd: root, output: 'capture', limitSeconds: 20 });
}

describe('an entry started by hand', () => {
  it.each([
    'infra/local/bin/start.js',
    'infra/local/bin/demo.js',
    'services/portal/cli/team.js',
  ])('%s says what to do on an old Node.js, and nothing else', async (entry) => {
    const { ok, output } = await start(entry, '20.20.2');
    expect(ok).toBe(false);
    expect(output).toMatch(/^TEAM needs Node\.js 24 or later; this is 20\.20\.2 \(.+\)\.\n.*npm ci.*\n.*npm start.*\n$/);
  });

  it.each(['24.0.0', '25.1.0', '100.0.0'])('goes on with Node.js %s', async (version) => {
    expect(await start('shared/runtime/require-node.js', version)).toMatchObject({ ok: true, output: '' });
  });
});
