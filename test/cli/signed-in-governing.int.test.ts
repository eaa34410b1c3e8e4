import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openPortal, type OpenPortal } from '../browser/open-portal.ts';
import { peopleAt, type AtTheirMachine } from './signed-in-people.ts';

/** Each sign-in takes five seconds: that is how often the device flow asks. */
const unhurried = 120_000;

let portal: OpenPortal;
let people: ReturnType<typeof peopleAt>;
let dev: AtTheirMachine;
let auditor: AtTheirMachine;
let administrator: AtTheirMachine;
let another: AtTheirMachine;

beforeAll(async () => {
  portal = await openPortal();
  people = peopleAt(portal.origin, (name) => portal.organization.Users.find(({ UserName }) => UserName === name)?.UserId ?? 'nobody');
  dev = people.at(portal.someoneIn(['Developers'], ['Production Leads', 'SRE']));
  auditor = people.at(portal.someoneIn(['TEAM Auditors'], ['TEAM Admins']));
  administrator = people.at('ana.alvarez@acme.example');
  another = people.at('bo.haddad@acme.example');
  for (const { code } of await Promise.all([dev, auditor, administrator, another].map((person) => person.login()))) expect(code).toBe(0);
}, unhurried);
afterAll(async () => {
  people.leave();
  await portal.close();
}, unhurried);

test('an administrator changes policies at the portal by files, another agrees, and others may not look', async () => {
  const folder = path.join(people.root, 'policies');
  const eligibility = path.join(folder, 'eligibility.yaml');
  const rewrite = (from: string, to: string): void => {
    const text = readFileSync(eligibility, 'utf8');
    expect(text).toContain(from);
    writeFileSync(eligibility, text.replace(from, to));
  };
  expect(await dev.team('policies', 'export', folder)).toMatchObject({ code: 1, said: '', remarks: expect.stringContaining('ERR_AUDITORS_ONLY') });
  expect(await administrator.team('policies', 'export', folder)).toMatchObject({ code: 0, said: expect.stringContaining(eligibility) });
  expect(await auditor.team('policies', 'plan', folder)).toEqual({ code: 0, said: 'Nothing would change.', remarks: '' });

  rewrite('maximumDurationMinutes: 120', 'maximumDurationMinutes: 240');
  rewrite('maximumDurationMinutes: 540', 'maximumDurationMinutes: 60');
  const plan = await auditor.team('policies', 'plan', folder);
  expect(plan.said).toContain('~ EligibilityPolicy developers-read-production\n    maximumDurationMinutes 120 → 240\n');
  expect(plan.said).toContain('~ group Developers: ReadOnlyAccess: up to 120 min, with approval becomes up to 240 min, with approval, in 6 accounts');
  expect(plan.said).toContain('2 changes. Nothing was applied.');
  expect(await auditor.team('policies', 'apply', folder, '--yes')).toMatchObject({ code: 1, said: '', remarks: expect.stringContaining('ERR_ADMINISTRATORS_ONLY') });

  const applied = await administrator.team('policies', 'apply', folder, '--yes');
  expect(applied).toMatchObject({ code: 0, said: expect.stringContaining('1 change in force, 1 waiting for a second administrator, 0 refused.') });
  const changeId = /policies agree (\S+)/.exec(applied.said)?.[1] ?? '';
  expect((await another.team('policies', 'pending')).said).toContain(`${changeId}  EligibilityPolicy developers-read-production, by ${administrator.userName}`);
  // Applied once more, nothing is submitted twice.
  expect(await administrator.team('policies', 'apply', folder, '--yes')).toMatchObject({ code: 0, said: expect.stringContaining('0 changes in force, 1 waiting') });
  expect(await administrator.team('policies', 'agree', changeId)).toMatchObject({ code: 1, remarks: expect.stringContaining('ERR_SELF_AGREEMENT') });
  expect(await another.team('policies', 'agree', changeId, '--comment', 'as we said')).toMatchObject({ code: 0, said: expect.stringContaining('In force') });
  expect(await administrator.team('policies', 'plan', folder)).toMatchObject({ code: 0, said: 'Nothing would change.' });

  const explain = ['policies', 'explain', '--user', dev.userName, '--account', 'Prod 002', '--permission-set', 'ReadOnlyAccess'];
  expect(await auditor.team(...explain, '--minutes', '200')).toMatchObject({ code: 0, said: expect.stringMatching(/for 200 minutes under policy "developers-read-production", with approval\.\n[^]*Could approve, stage 1 of /) });
  expect(await auditor.team(...explain, '--minutes', '300')).toMatchObject({ code: 1, said: expect.stringContaining('What each policy that covers it would need:') });

  writeFileSync(path.join(folder, 'more.yaml'), 'kind: EligibilityPolicy\nname: broken\nprincipals: { groups: [Nobody At All] }\ntargets: { accounts: [Prod 002] }\npermissionSets: [ReadOnlyAccess]\nmaximumDurationMinutes: 60\napproval: required\n');
  expect(await auditor.team('policies', 'validate', folder)).toMatchObject({ code: 1, remarks: expect.stringContaining('more.yaml:3 principals.groups[0]: there is no group Nobody At All') });
}, unhurried);

test('an auditor asks at the portal who asked for what, and verifies it', async () => {
  const asked = await dev.team('request', '--account', 'Prod 002', '--permission-set', 'ReadOnlyAccess', '--minutes', '30', '--why', 'a slow query', '--json');
  const { row } = JSON.parse(asked.said) as { readonly row: { readonly requestId: string } };
  const { requestId } = row;
  expect(await dev.team('audit', 'requests')).toMatchObject({ code: 1, remarks: expect.stringContaining('ERR_AUDITORS_ONLY') });
  const found = await auditor.team('audit', 'requests', '--person', dev.userName, '--status', 'pending', '--jsonl');
  expect(found.said.split('\n').map((line) => JSON.parse(line) as object)).toMatchObject([{ requestId, justification: 'a slow query', status: 'pending' }]);
  expect(await auditor.team('audit', 'verify', requestId.slice(0, 8))).toMatchObject({ code: 0, said: expect.stringMatching(/^The audit trail is whole: \d+ records in 1 chain, /) });
  expect(await auditor.team('audit', 'activity', requestId)).toMatchObject({ code: 0, remarks: 'the request has no grants' });
  expect(await auditor.team('audit', 'held', dev.userName, '--from', '1h')).toMatchObject({ code: 0, remarks: 'Nothing of this is recorded.' });
  expect(await auditor.team('audit', 'stalled', '--csv')).toMatchObject({ code: 0, said: '' });
}, unhurried);
