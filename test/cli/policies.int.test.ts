import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startLocalRun, type LocalRun } from './local-run.ts';

const ana = 'ana.alvarez@acme.example';
const bo = 'bo.haddad@acme.example';
const wren = 'wren.kowalski@acme.example';
const prodPayments = '836423630756';
const devPayments = '248972909258';
/** Many commands, on a machine that may be busy. */
const unhurried = 180_000;

let local: LocalRun;
let folder: string;
beforeAll(async () => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), 'team-policies-')), 'policies');
  local = await startLocalRun();
}, unhurried);
afterAll(async () => {
  await local.stop();
  rmSync(path.dirname(folder), { recursive: true });
}, unhurried);

const team = (...argv: string[]) => local.team('policies', ...argv);
/** In a process of its own: in Jest's, what Node.js throws is no `Error` to the command. */
const validateAlone = (where: string) => local.startTeam('policies', 'validate', where).ended;
const file = (name: string): string => path.join(folder, name);
const rewrite = (name: string, from: string, to: string): void => {
  const text = readFileSync(file(name), 'utf8');
  expect(text).toContain(from);
  writeFileSync(file(name), text.replace(from, to));
};

test('policies go out to files and back: planned, applied, agreed on by a second administrator, and then they hold', async () => {
  await expect(team('export', folder)).resolves.toMatchObject({ code: 0, out: expect.stringContaining('eligibility.yaml') });
  await expect(team('export', folder)).resolves.toMatchObject({ code: 2, err: expect.stringContaining('--force') });
  await expect(team('plan', folder)).resolves.toMatchObject({ code: 0, out: 'Nothing would change.\n' });

  rewrite('eligibility.yaml', 'maximumDurationMinutes: 120', 'maximumDurationMinutes: 240');
  rewrite('eligibility.yaml', 'maximumDurationMinutes: 540', 'maximumDurationMinutes: 60');
  const plan = await team('plan', folder);
  expect(plan.out).toContain('~ group Developers: ReadOnlyAccess: up to 120 min, with approval becomes up to 240 min, with approval, in 6 accounts');
  expect(plan.out).toContain('~ EligibilityPolicy developers-read-production\n    maximumDurationMinutes 120 → 240\n');
  expect(plan.out).toContain('2 changes. Nothing was applied.');

  await expect(team('apply', folder, '--as', wren)).resolves.toMatchObject({ code: 1, out: expect.stringContaining('ERR_NOT_AN_ADMINISTRATOR') });
  const applied = await team('apply', folder, '--as', ana);
  expect(applied).toMatchObject({ code: 0, out: expect.stringContaining('1 change in force, 1 waiting for a second administrator, 0 refused.') });
  const changeId = /policies agree (\S+)/.exec(applied.out)?.[1] ?? '';
  await expect(team('pending')).resolves.toMatchObject({ out: expect.stringContaining(`${changeId}  EligibilityPolicy developers-read-production, by ${ana}`) });
  // Applied once more, nothing is submitted twice.
  await expect(team('apply', folder, '--as', ana)).resolves.toMatchObject({ code: 0, out: expect.stringContaining('0 changes in force, 1 waiting') });

  await expect(team('agree', changeId, '--as', ana)).resolves.toMatchObject({ code: 1, out: expect.stringContaining('ERR_SELF_AGREEMENT') });
  await expect(team('agree', changeId, '--as', bo)).resolves.toMatchObject({ code: 0, out: expect.stringContaining('In force') });
  await expect(team('plan', folder)).resolves.toMatchObject({ out: 'Nothing would change.\n' });
  await expect(team('explain', '--user', wren, '--account', 'Prod Payments 003', '--permission-set', 'ReadOnlyAccess', '--minutes', '200')).resolves.toMatchObject({
    code: 0,
    out: expect.stringMatching(/may have ReadOnlyAccess in Prod Payments 003 for 200 minutes under policy "developers-read-production", with approval\.\n[^]*Could approve, stage 1 of 1 .*emeka\.eriksen@acme\.example/),
  });
}, unhurried);

test('what is wrong with files is said with file and line, and nothing is applied', async () => {
  writeFileSync(file('more.yaml'), 'kind: EligibilityPolicy\nname: broken\nprincipals: { groups: [Nobody At All] }\ntargets: { accounts: [Nowhere] }\npermissionSets: [ReadOnlyAccess]\nmaximumDurationMinutes: 60\napproval: required\n');
  const answer = await team('validate', folder);
  expect(answer).toMatchObject({ code: 1, err: expect.stringContaining('more.yaml:3 principals.groups[0]: there is no group Nobody At All') });
  expect(answer.err).toContain('more.yaml:4 targets.accounts[0]: there is no account Nowhere');
  await expect(team('apply', folder, '--as', ana)).resolves.toMatchObject({ code: 1, out: '' });
  rmSync(file('more.yaml'));
  await expect(validateAlone(path.join(folder, 'not-there'))).resolves.toMatchObject({ code: 2 });
  const odd = mkdtempSync(path.join(path.dirname(folder), 'odd-'));
  mkdirSync(path.join(odd, 'folder.yaml'));
  writeFileSync(path.join(odd, 'comments.yaml'), '# nothing yet\n');
  // Applied, it would remove every policy.
  await expect(team('plan', odd)).resolves.toMatchObject({ code: 2, err: expect.stringContaining('say no policy') });
  symlinkSync('nowhere', path.join(odd, 'gone.yaml'));
  await expect(validateAlone(odd)).resolves.toMatchObject({ code: 2, err: expect.stringMatching(/cannot be read: .*gone\.yaml/) });
}, unhurried);

test('it is explained why something is not allowed, and what would be needed', async () => {
  const hana = await team('explain', '--user', 'hana.bianchi@acme.example', '--account', prodPayments, '--permission-set', 'AdministratorAccess', '--minutes', '60');
  expect(hana).toMatchObject({ code: 1, out: expect.stringContaining('ERR_TICKET_MISSING') });
  const json = await team('explain', '--user', wren, '--account', prodPayments, '--permission-set', 'AdministratorAccess', '--json');
  expect(JSON.parse(json.out)).toMatchObject({ allowed: false, reasons: [{ code: 'ERR_NOT_ELIGIBLE' }], approvers: { stages: [{ quorum: 1 }, { quorum: 1 }] } });
}, unhurried);

test('expectations in a file hold or are named by their line', async () => {
  const expectations = path.join(path.dirname(folder), 'expectations.yaml');
  const lines = [
    `- { user: ${wren}, account: Prod Payments 003, permissionSet: ReadOnlyAccess, expect: allowed, approval: required }`,
    `- { user: ${wren}, account: "${prodPayments}", permissionSet: AdministratorAccess, expect: refused, code: ERR_NOT_ELIGIBLE }`,
  ];
  writeFileSync(expectations, lines.join('\n'));
  await expect(team('test', expectations)).resolves.toMatchObject({ code: 0, out: '2 of 2 expectations hold.\n' });
  writeFileSync(expectations, [...lines, `- { user: ${wren}, account: Prod Payments 003, permissionSet: ReadOnlyAccess, minutes: 241, expect: allowed }`].join('\n'));
  await expect(team('test', expectations)).resolves.toMatchObject({ code: 1, out: expect.stringMatching(/expectations\.yaml:3 .*expected allowed, is refused \(ERR_DURATION_TOO_LONG\)\n2 of 3 expectations hold/) });
  await expect(team('test', expectations, '--policies', folder)).resolves.toMatchObject({ code: 1 });
  writeFileSync(expectations, '- { user: 7, expect: maybe }\n- 3\n');
  const wrong = await team('test', expectations);
  expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('expectations.yaml:1 expect:') });
  expect(wrong.err).toMatch(/expectations\.yaml:2 Invalid input: expected object, received number/);
}, unhurried);

test('requests of the past are judged by other policies, and reports say who may ask for what', async () => {
  const since = new Date(Date.now() - 3_600_000).toISOString();
  await local.team('ask', '--as', wren, '--account', devPayments, '--permission-set', 'PowerUserAccess', '--minutes', '45', '--why', 'look at the queue');
  await expect(team('replay', folder, '--since', since)).resolves.toMatchObject({ code: 0, out: expect.stringContaining('nothing would have been otherwise') });
  rewrite('eligibility.yaml', 'maximumDurationMinutes: 60\n---', 'maximumDurationMinutes: 30\n---');
  await expect(team('replay', folder, '--since', since)).resolves.toMatchObject({ out: expect.stringMatching(/wren\.kowalski@acme\.example, PowerUserAccess in Dev Payments 009: was without approval, would be refused \(ERR_DURATION_TOO_LONG\)/) });

  const who = await team('report', 'who');
  expect(who.out).toMatch(/^policy,effect,principal,accountId,account,permissionSet,maximumDurationMinutes,approval,breakGlass\n/);
  expect(who.out).toContain('developers-read-production,allow,group Developers,836423630756,Prod Payments 003,ReadOnlyAccess,240,required,forbidden');
  // The management account, which nobody may ever have, though a policy for the root names it.
  expect(who.out).not.toContain('Acme Management');
  expect(JSON.parse((await team('report', 'unused', '--days', '1', '--json')).out)).not.toContainEqual(expect.objectContaining({ policy: 'developers-in-dev' }));
  await expect(team('report', 'findings')).resolves.toMatchObject({ out: expect.stringContaining('sre-everywhere,over-broad,it reaches 18 of 21 accounts with AdministratorAccess') });
}, unhurried);
