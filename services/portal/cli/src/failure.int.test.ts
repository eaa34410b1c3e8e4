import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { scriptedPortal } from '../test/scripted-portal.ts';
import { writeInto } from './archive/folder.ts';
import { forPeople } from './failure.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'team-files-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const policies = { policies: [{ kind: 'Limits', id: 'limits', version: 1, text: 'kind: Limits\n', policy: { policyId: 'limits' }, unknownIds: [] }], names: [], proposals: [], emitters: [], mayChange: true, now: '2026-11-30T10:00:00.000Z' };
const team = (...argv: string[]) => scriptedPortal({ 'GET /v1/policies': () => policies }).team(...argv);

describe('what the operating system says of a file', () => {
  it.each(['EACCES', 'EPERM', 'EROFS', 'EISDIR', 'ENOTDIR', 'ELOOP', 'ENOSPC'])('is told in a sentence that names it: %s', (code) => {
    const error = Object.assign(new Error(code), { code, syscall: 'open', path: '/data/x\u001b[2J' });
    expect(forPeople(new Error('around it', { cause: error }), '')).toMatchObject({ exitCode: 2, message: expect.stringMatching(/^\/data\/x�\[2J: (it|its|a) /) });
  });

  it('is our own mistake where it names none, or is another', () => {
    expect(forPeople(Object.assign(new Error('no'), { code: 'EACCES', syscall: 'connect' }), '')).toBeUndefined();
    expect(forPeople(Object.assign(new Error('no'), { code: 'EBADF', syscall: 'read', path: '/data' }), '')).toBeUndefined();
  });

  it('is told of a folder that nothing can be written into', async () => {
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    const words = 'a folder was expected and this is a file';
    expect(await team('policies', 'export', file)).toEqual({ code: 2, said: [], remarks: [`${file}: ${words}`] });
    expect(await team('policies', 'export', path.join(file, 'below'))).toEqual({ code: 2, said: [], remarks: [`${path.join(file, 'below')}: ${words}`] });
    const limits = path.join(folder, 'limits.yaml');
    mkdirSync(limits);
    expect(await team('policies', 'export', folder, '--force')).toEqual({ code: 2, said: [], remarks: [`${limits}: a file was expected and this is a folder`] });
  });

  it('is told of a folder that an archive cannot be written into', async () => {
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    const key = 'keys/0123456789abcdef.pem';
    const nothing = async function* (): AsyncGenerator<Uint8Array> {};
    const error: unknown = await writeInto(file)(key, nothing()).catch((thrown: unknown) => thrown);
    expect(forPeople(error, '')).toMatchObject({ exitCode: 2, message: `${file}/keys: a folder was expected and this is a file` });
    mkdirSync(path.join(folder, `${key}.part`), { recursive: true });
    await expect(writeInto(folder)(key, nothing())).rejects.toMatchObject({ exitCode: 2, message: `${path.join(folder, key)}: a file was expected and this is a folder` });
  });

  it('is told of an archive, and of a key, that cannot be read', async () => {
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    expect(await team('audit', 'verify', '--archive', file)).toMatchObject({ code: 2, remarks: [expect.stringContaining(file)] });
    expect(await team('audit', 'verify', '--archive', folder, '--key', folder)).toEqual({ code: 2, said: [], remarks: [`${folder}: a file was expected and this is a folder`] });
  });
});
