import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openPageHere } from './open-page.ts';

const display = { DISPLAY: ':0' };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'team-opener-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const withPrograms = () => ({ ...display, PATH: `${folder}:${process.env['PATH'] ?? ''}` });

/** Puts a program there that writes down its arguments, and gives them once it was started. */
function opener(name: string): () => Promise<string> {
  const [program, said] = [path.join(folder, name), path.join(folder, 'said')];
  writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$@" > ${said}.part\nmv ${said}.part ${said}\n`);
  chmodSync(program, 0o755);
  return async () => {
    for (let tries = 0; !existsSync(said) && tries < 200; tries += 1) await delay(20);
    return readFileSync(said, 'utf8').trim();
  };
}

test.each([
  ['linux', 'xdg-open', ''],
  ['darwin', 'open', ''],
  ['win32', 'rundll32', 'url.dll,FileProtocolHandler\n'],
])('on %s %s gets the address as it is, and no shell sees it', async (platform, name, before) => {
  const said = opener(name);
  const url = `https://id.acme.example/auth?a=1&b=$(touch ${folder}/touched);touch%20x&c='"|`;
  openPageHere(platform, withPrograms())?.(url);
  expect(await said()).toBe(`${before}${url}`);
  expect(existsSync(path.join(folder, 'touched'))).toBe(false);
});

test('where there is no opener, nothing happens', async () => {
  openPageHere('linux', { ...display, PATH: folder })?.('https://id.acme.example/');
  await delay(50);
});

test.each([
  ['linux', {}, false],
  ['linux', { DISPLAY: '' }, false],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
  ['darwin', {}, true],
  ['win32', {}, true],
  ['darwin', { SSH_TTY: '/dev/pts/0' }, false],
  ['linux', { ...display, SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' }, false],
])('on %s with %j a browser is to be seen: %s', (platform, environment, seen) => {
  expect(openPageHere(platform, environment) !== undefined).toBe(seen);
});
