import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ListAccountAssignmentsCommand } from '@aws-sdk/client-sso-admin';
import { devPayments, organization, wren } from '../journeys/worlds.ts';
import { clientsOf, start, type Running } from './running.ts';

const powerUser = organization.PermissionSets.find(({ Name }) => Name === 'PowerUserAccess')?.PermissionSetArn;
const folder = mkdtempSync(join(tmpdir(), 'team-start-'));
let running: Running | undefined;

afterEach(async () => {
  await running?.end('SIGKILL');
});
afterAll(() => rmSync(folder, { recursive: true }));

async function askFor(endpoint: string, minutes: number, caller = 'deploy-pipeline', source = 'acme.deploy-pipeline') {
  const requestId = randomUUID();
  const metadata = { eventId: randomUUID(), requestId, occurredAt: new Date().toISOString() };
  const targets = [{ accountId: devPayments, permissionSetName: 'PowerUserAccess' }];
  const data = { requestId, requester: wren, targets, durationMinutes: minutes, justification: 'release' };
  const Entries = [{ EventBusName: 'team', Source: source, DetailType: 'AccessRequested.v1', Detail: JSON.stringify({ metadata, data }) }];
  return clientsOf(endpoint, caller).eventBridge.send(new PutEventsCommand({ Entries }));
}

async function assigned(endpoint: string): Promise<number> {
  const { AccountAssignments = [] } = await clientsOf(endpoint, 'operator').ssoAdmin.send(
    new ListAccountAssignmentsCommand({ InstanceArn: organization.InstanceArn, AccountId: devPayments, PermissionSetArn: powerUser }),
  );
  return AccountAssignments.length;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await holds()) return;
    await delay(100);
  }
  throw new Error('it did not come to hold within 20 s');
}

it('goes on after kill -9: what was due meanwhile happens at the next start', async () => {
  const data = join(folder, 'killed');
  const first = await start('--data', data, '--time-scale', '30');
  await askFor(first.endpoint, 5);
  await until(async () => (await assigned(first.endpoint)) === 1);
  await first.end('SIGKILL');
  // Ten seconds are five minutes: the end comes while nothing runs.
  await delay(10_500);
  running = await start('--data', data, '--time-scale', '30');
  await until(async () => (await assigned(running?.endpoint ?? '')) === 0);
}, 60_000);

it('stops cleanly on Ctrl-C and frees its folder', async () => {
  const data = join(folder, 'stopped');
  const first = await start('--data', data);
  const second = await start('--data', data);
  expect(second.output()).toContain('is in use by process');
  expect(await second.end('SIGKILL')).toBe(1);
  expect(await first.end('SIGINT')).toBe(0);
  running = await start('--data', data);
  expect(running.output()).toContain('TEAM is ready');
}, 60_000);

it('serves emitters as themselves and nobody as a service', async () => {
  running = await start('--in-memory');
  const { endpoint } = running;
  await expect(askFor(endpoint, 5, 'nobody')).rejects.toThrow(/security token/);
  await expect(askFor(endpoint, 5, 'service-desk')).rejects.toThrow(/not authorized/);
  await expect(askFor(endpoint, 5, 'team.approval', 'team.approval')).rejects.toThrow(/security token/);
  await expect(clientsOf(endpoint, 'deploy-pipeline').ssoAdmin.send(new ListAccountAssignmentsCommand({ InstanceArn: organization.InstanceArn, AccountId: devPayments, PermissionSetArn: powerUser }))).rejects.toThrow(
    /not authorized/,
  );
  expect((await askFor(endpoint, 5)).FailedEntryCount).toBe(0);
}, 60_000);

it.each([
  ['an organization that is no JSON', () => ['--organization', written('bad.json', '{\n "Region": \n')], /bad\.json:\d+/],
  ['policies with an unknown name', () => ['--policies', badPolicies()], /eligibility\.yaml:\d+.*No Such Group/s],
  ['a folder that does not exist', () => ['--policies', join(folder, 'nowhere')], /nowhere/],
  ['an organization that is a folder', () => ['--organization', folder], /team-start-\w+: a file was expected and this is a folder/],
  ['a port that is none', () => ['--port', 'x'], /whole number/],
  ['the last port, which none for the portal comes after', () => ['--port', '65535'], /no port comes after 65535 .* --portal-port/],
  ['the same port twice', () => ['--port', '18042', '--portal-port', '18042'], /--port and --portal-port are both 18042/],
  ['a data folder without a name', () => ['--data', ''], /--data.*It must be a name/],
  ['an unknown option', () => ['--colour', 'red'], /unknown option/],
])('refuses %s in words and does not start', async (_what, flags, words) => {
  const refused = await start('--in-memory', ...flags());
  expect(refused.output()).toMatch(words);
  expect(refused.output()).not.toMatch(/\n\s+at /);
  expect(await refused.end('SIGKILL')).toBe(1);
}, 30_000);

it('refuses a data folder that is a file, in words', async () => {
  const refused = await start('--data', written('file', 'no folder'));
  expect(refused.output()).toMatch(/file: a folder was expected and this is a file/);
  expect(refused.output()).not.toMatch(/\n\s+at /);
  expect(await refused.end('SIGKILL')).toBe(1);
}, 30_000);

it.each([
  ['false', /^ +data +\//m],
  ['1', /^ +data +in memory/m],
])('takes TEAM_IN_MEMORY=%s as what it says', async (value, words) => {
  process.env['TEAM_IN_MEMORY'] = value;
  try {
    running = await start('--data', join(folder, `in-memory-${value}`));
  } finally {
    delete process.env['TEAM_IN_MEMORY'];
  }
  expect(running.output()).toMatch(words);
}, 30_000);

it.each<[string, (data: string) => void]>([
  ['was removed', (data) => rmSync(data, { recursive: true })],
  ['was removed, with a new one of its name', (data) => { rmSync(data, { recursive: true }); mkdirSync(data); }],
  ['was moved', (data) => renameSync(data, `${data}-away`)],
])('stops by itself, with 1 and in words, when its data folder %s', async (_what, change) => {
  const data = mkdtempSync(join(folder, 'lost-'));
  running = await start('--data', data);
  const ended = once(running.process, 'close');
  change(data);
  expect((await ended)[0]).toBe(1);
  expect(running.output()).toContain(`${data} was removed or replaced`);
  expect(running.output()).not.toMatch(/goes on at the next start|\n\s+at /);
}, 30_000);

it('answers nothing that would not be kept, and promises nothing on Ctrl-C, once its data folder was removed', async () => {
  const data = mkdtempSync(join(folder, 'lost-'));
  const first = await start('--data', data);
  rmSync(data, { recursive: true });
  await expect(askFor(first.endpoint, 5)).rejects.toThrow();
  const second = await start('--data', data);
  rmSync(data, { recursive: true });
  expect(await second.end('SIGINT')).toBe(1);
  expect(second.output()).not.toContain('goes on at the next start');
}, 60_000);

it('leaves nothing behind when it kept nothing', async () => {
  const temporary = mkdtempSync(join(folder, 'tmp-'));
  process.env['TMPDIR'] = temporary;
  try {
    running = await start('--in-memory');
  } finally {
    delete process.env['TMPDIR'];
  }
  expect(readdirSync(temporary)).toHaveLength(1);
  expect(await running.end('SIGINT')).toBe(0);
  expect(readdirSync(temporary)).toEqual([]);
}, 30_000);

it.each(['--port', '--portal-port'])('lets go of its data folder when the port of %s is taken, and says which', async (option) => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const data = join(folder, `no${option}`);
  const refused = await start('--data', data, option, String((taken.address() as AddressInfo).port));
  taken.close();
  expect(refused.output()).toMatch(new RegExp(`another program has this port, .*: choose another with ${option}\n`));
  expect(await refused.end('SIGKILL')).toBe(1);
  expect(existsSync(join(data, 'lock'))).toBe(false);
}, 30_000);

function written(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

function badPolicies(): string {
  const policies = mkdtempSync(join(folder, 'policies-'));
  writeFileSync(
    join(policies, 'eligibility.yaml'),
    'kind: EligibilityPolicy\nname: broken\nprincipals: { groups: [No Such Group] }\ntargets: { organizationalUnits: [/] }\npermissionSets: [ReadOnlyAccess]\nmaximumDurationMinutes: 60\napproval: required\n',
  );
  return policies;
}
