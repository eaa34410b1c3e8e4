import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { run } from '../program.ts';
import { signIn } from '../../test/scripted-portal.ts';
import { thisMachine } from './this-machine.ts';
import { configurationFolder, signInStore } from './sign-in-store.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'team-sign-in-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const file = (): string => path.join(root, 'team/sign-in.json');
const store = () => signInStore(path.join(root, 'team'), () => 'new');

it('keeps a sign-in where its owner alone reads it, and leaves nothing beside it', async () => {
  expect(await store().read()).toBeUndefined();
  await store().write({ ...signIn, refreshToken: 'r' });
  await store().write(signIn);
  expect(await store().read()).toEqual(signIn);
  expect([statSync(file()).mode & 0o777, statSync(path.dirname(file())).mode & 0o777]).toEqual([0o600, 0o700]);
  expect(readdirSync(path.dirname(file()))).toEqual(['sign-in.json']);
});

it('closes a file that others could read', async () => {
  await store().write(signIn);
  chmodSync(file(), 0o644);
  await store().write(signIn);
  expect(statSync(file()).mode & 0o777).toBe(0o600);
});

it('forgets it, also twice', async () => {
  await store().write(signIn);
  await store().forget();
  await store().forget();
  expect(await store().read()).toBeUndefined();
});

const changed = (change: object): string => JSON.stringify({ ...signIn, ...change });
it.each([
  ['', 'null', '{"portal":'],
  ['not a url', 'http://team.acme.example', 'http://127.0.0.1.acme.example', 'ftp://localhost'].map((portal) => changed({ portal })),
  ['', 'secret\ntoken', 'sécret'].flatMap((token) => [changed({ accessToken: token }), changed({ refreshToken: token })]),
  changed({ accessToken: 'secret token' }),
].flat())('says to sign in again where %j is kept, and nothing of what it holds', async (text) => {
  mkdirSync(path.dirname(file()));
  writeFileSync(file(), text);
  await expect(store().read()).rejects.toMatchObject({ exitCode: 4, message: `${file()} is no sign-in that this version understands: sign in again with \`npx team login\`` });
});

it('reads a portal of this machine without https', async () => {
  for (const portal of ['http://localhost:8043', 'http://127.0.0.1:8043', 'http://[::1]:8043']) {
    await store().write({ ...signIn, portal });
    expect(await store().read()).toEqual({ ...signIn, portal });
  }
});

it('is where the environment says, if it says so in full', () => {
  expect(configurationFolder({ XDG_CONFIG_HOME: '/etc/me' }, '/people/me')).toBe('/etc/me/team');
  for (const told of [undefined, '', 'relative']) expect(configurationFolder({ XDG_CONFIG_HOME: told }, '/people/me')).toBe('/people/me/.config/team');
});

describe('what the operating system says of its place', () => {
  const inTheWay = { folder: () => mkdirSync(file(), { recursive: true }), circle: () => (mkdirSync(path.dirname(file())), symlinkSync(file(), file())), file: () => writeFileSync(path.dirname(file()), '') };
  const team = async (...argv: readonly string[]) => {
    const remarks: string[] = [];
    const { signal } = new AbortController();
    const code = await run(argv, { output: { say: () => undefined, remark: (text) => remarks.push(text) }, signal, machine: { ...thisMachine(signal), signIns: store() } });
    return [code, ...remarks];
  };

  it.each([
    ['folder', 'a file was expected and this is a folder'],
    ['circle', 'its links lead in a circle'],
    ['file', 'a folder was expected and this is a file'],
  ] as const)('is told in a sentence that names it, by every command: a %s', async (what, words) => {
    inTheWay[what]();
    for (const argv of [['whoami'], ['list'], ['show', 'abcd'], ['login']]) expect([argv, ...(await team(...argv))]).toEqual([argv, 2, `${file()}: ${words}`]);
    // A link is taken away, wherever it leads.
    expect(await team('logout')).toEqual(what === 'circle' ? [0] : [2, `${file()}: ${words}`]);
  });

  it('is told where a sign-in cannot be written', async () => {
    inTheWay.folder();
    await expect(store().write(signIn)).rejects.toMatchObject({ exitCode: 2, message: `${file()}: a file was expected and this is a folder` });
    expect(readdirSync(path.dirname(file()))).toEqual(['sign-in.json']);
    rmSync(path.dirname(file()), { recursive: true });
    inTheWay.file();
    await expect(store().write(signIn)).rejects.toMatchObject({ exitCode: 2, message: `${path.dirname(file())}: a folder was expected and this is a file` });
  });
});
