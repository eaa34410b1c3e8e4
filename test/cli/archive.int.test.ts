import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { scriptedCloud } from '../../services/portal/cli/test/scripted-cloud.ts';
import { archivedWorld, type Archived } from '../audit/archived-world.ts';

const unhurried = 120_000;
let real: Archived;
let folder = '';
beforeAll(async () => {
  real = await archivedWorld({ requests: 8, hours: 3 });
  folder = mkdtempSync(path.join(tmpdir(), 'team-archive-'));
}, unhurried);
afterAll(() => rmSync(folder, { recursive: true }));

/** `team` over the audit service that the archive was made by. */
const { team } = scriptedCloud({ audit: (question: object) => real.world.system.invoke('team-audit-query', question).then((answer) => answer ?? null) }, '2026-03-02T13:00:00Z');
const filesIn = (where: string): string[] => readdirSync(where, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => path.relative(where, path.join(entry.parentPath, entry.name)).split(path.sep).join('/')).sort();

test('the archive is exported as it is, and verified with nothing but the folder and a key', async () => {
  const to = path.join(folder, 'all');
  const exported = await team('audit', 'export', to);
  expect(exported).toMatchObject({ code: 0, said: [expect.stringMatching(/^\d+ files in .*, up to 2026\/03\/02\/\d\d\/checkpoint\.jws\.$/), expect.stringContaining(`npx team audit verify --archive ${to}`)] });
  expect(filesIn(to)).toEqual([...real.copy.keys()].sort());
  for (const [key, bytes] of real.copy) expect(readFileSync(path.join(to, key)).equals(bytes)).toBe(true);

  const own = await team('audit', 'verify', '--archive', to);
  expect(own).toMatchObject({ code: 0, remarks: [expect.stringContaining('the folder’s own')], said: [expect.stringMatching(/^The archive is whole: \d+ records in \d+ chains, \d+ checkpoints\.$/), expect.stringContaining(`ends with ${real.part.to}`)] });
  const pem = path.join(folder, 'key.pem');
  writeFileSync(pem, real.pem);
  expect(await team('audit', 'verify', '--archive', to, '--key', pem)).toMatchObject({ code: 0, remarks: [] });

  const file = path.join(to, filesIn(to).find((name) => name.includes('records')) ?? '');
  writeFileSync(file, readFileSync(file, 'utf8').replace('look at query', 'look at Query'));
  expect(await team('audit', 'verify', '--archive', to, '--key', pem)).toMatchObject({ code: 1, said: [expect.stringMatching(/^The archive has 1 problem/), expect.any(String), expect.stringMatching(/^ {2}changed {2}request#[0-9a-f-]{36} at \d+: the text of .* is not the one recorded$/)] });
}, unhurried);

test('some hours are exported, and verified as a part', async () => {
  const to = path.join(folder, 'part');
  const hours = ['--from', '2026-03-02T10:00:00Z', '--to', '2026-03-02T11:00:00Z'];
  expect(await team('audit', 'export', to, ...hours)).toMatchObject({ code: 0 });
  expect(new Set(filesIn(to).map((name) => name.slice(0, 13)))).toEqual(new Set(['2026/03/02/10', '2026/03/02/11', filesIn(to).at(-1)?.slice(0, 13)]));
  expect(await team('audit', 'verify', '--archive', to, ...hours)).toMatchObject({ code: 0 });
  // Whoever does not say that it is a part is told what lacks.
  expect(await team('audit', 'verify', '--archive', to)).toMatchObject({ code: 1, said: expect.arrayContaining([expect.stringContaining('forged-checkpoint')]) });
  unlinkSync(path.join(to, '2026/03/02/11/checkpoint.jws'));
  expect(await team('audit', 'verify', '--archive', to, ...hours)).toMatchObject({ code: 1, said: expect.arrayContaining([expect.stringMatching(/missing-checkpoint .*2026-03-02T11/)]) });
}, unhurried);

test('the trail is verified where it is: everything, some hours, one request', async () => {
  const whole = await team('audit', 'verify');
  expect(whole).toMatchObject({ code: 0, said: [expect.stringMatching(/^The audit trail is whole: \d+ records in 8 chains, \d+ checkpoints\.$/)] });
  expect(await team('audit', 'verify', '--from', '2026-03-02T10:00:00Z')).toMatchObject({ code: 0 });
  const requestId = String(real.world.events()[0]?.detail.metadata['requestId']);
  expect(await team('audit', 'verify', requestId)).toMatchObject({ code: 0, said: [expect.stringMatching(/in 1 chain, 1 checkpoint\.$/)] });
}, unhurried);

test.each([
  [['verify', 'x', '--archive', '.'], 'name a request, or hours, or an archive'],
  [['verify', '--key', 'k.pem'], '--key is for --archive'],
  [['verify', '--archive', '/nowhere/at/all'], 'there is no folder'],
])('%j is not understood, and it is said why', async (argv, why) => {
  expect(await team('audit', ...argv)).toMatchObject({ code: 2, remarks: [expect.stringContaining(why)] });
  expect(existsSync('/nowhere')).toBe(false);
});
