import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(new URL('../../bin/demo.js', import.meta.url));

/** Runs the demo; with `most` characters read, its reader goes away. */
async function demo(argv: readonly string[], most = Infinity) {
  const child = spawn(process.execPath, [entry, ...argv], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.on('data', (text: Buffer) => {
    out += text.toString();
    if (out.length >= most) child.stdout.destroy();
  });
  child.stderr.on('data', (text: Buffer) => (err += text.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

it('answers --help and plays nothing', async () => {
  await expect(demo(['--help'])).resolves.toMatchObject({ code: 0, out: expect.stringMatching(/^Usage: npm run demo/), err: '' });
});

it.each([['--bogus'], ['fast']])('refuses %s, which it does not know', async (word) => {
  const { code, out, err } = await demo([word]);
  expect([code, out]).toEqual([1, '']);
  expect(err).toMatch(/^error: (unknown option|too many arguments)/);
});

it('ends quietly when its reader has had enough', async () => {
  await expect(demo([], 1)).resolves.toMatchObject({ code: 0, err: '' });
});
