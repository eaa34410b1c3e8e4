import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { isFinal, type RequestStatus } from '@team/contracts';
import { devPayments, wren } from '../journeys/worlds.ts';
import { clientsOf, start, type Running } from './running.ts';

/** The past is played beside a running system, on machines that have other things to do. */
const patienceMs = 400_000;
const team = 'services/portal/cli/team.js';
const folder = mkdtempSync(join(tmpdir(), 'team-past-'));
let running: Running | undefined;

afterEach(async () => {
  await running?.end('SIGKILL');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A request of today, of which it is known when it was asked. One of the same length as another that is open would be refused as its twin. */
async function askNow(endpoint: string, durationMinutes: number): Promise<string> {
  const requestId = randomUUID();
  const metadata = { eventId: randomUUID(), requestId, occurredAt: new Date().toISOString() };
  const data = { requestId, requester: wren, targets: [{ accountId: devPayments, permissionSetName: 'PowerUserAccess' }], durationMinutes, justification: 'the first thing I try' };
  const Entries = [{ EventBusName: 'team', Source: 'acme.deploy-pipeline', DetailType: 'AccessRequested.v1', Detail: JSON.stringify({ metadata, data }) }];
  expect(await clientsOf(endpoint, 'deploy-pipeline').eventBridge.send(new PutEventsCommand({ Entries }))).toMatchObject({ FailedEntryCount: 0 });
  return requestId;
}

async function answered(endpoint: string, ...argv: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [team, ...argv], { env: { ...process.env, TEAM_ENDPOINT: endpoint }, maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

const requestsOf = async (endpoint: string) => JSON.parse(await answered(endpoint, 'audit', 'requests', '--json', '--from', '2000-01-01T00:00:00Z')) as { readonly requestId: string; readonly askedAt: string; readonly status: RequestStatus }[];

/** All requests, as soon as these are active. */
async function onceActive(endpoint: string, requestIds: readonly string[]): ReturnType<typeof requestsOf> {
  for (;;) {
    const all = await requestsOf(endpoint);
    if (requestIds.every((one) => all.some(({ requestId, status }) => requestId === one && status === 'active'))) return all;
    await delay(500);
  }
}

async function until(running: Running, words: string): Promise<void> {
  while (!running.output().includes(words)) {
    if (running.process.exitCode !== null) throw new Error(running.output());
    await delay(200);
  }
}

it('plays the past beside what people do, after a kill again, and both are one trail from then on', async () => {
  const data = join(folder, 'data');
  const first = await start('--data', data, '--history', '4');
  await until(first, 'past requests of 4 days: 0 %');
  const mine = await askNow(first.endpoint, 60);
  await delay(2_000);
  await first.end('SIGKILL');
  expect(readdirSync(join(data, 'history'))).toEqual(['archive', 'base.jsonl']);

  running = await start('--data', data, '--history', '4');
  const also = await askNow(running.endpoint, 45);
  await until(running, '100 %');
  // What a kill left half-way is gone on with as soon as its message comes back.
  const all = await onceActive(running.endpoint, [mine, also]);
  for (const one of [mine, also]) expect(all.filter(({ requestId }) => requestId === one)).toMatchObject([{ status: 'active' }]);
  const today = all.filter(({ requestId, askedAt }) => ![mine, also].includes(requestId) && Date.parse(askedAt) > Date.now() - 3 * 3_600_000);
  const past = all.filter((one) => ![mine, also].includes(one.requestId) && !today.includes(one));
  expect(past.length).toBeGreaterThan(8);
  // Asked once, when the folder was new.
  expect(today.map(({ status }) => status)).toEqual(['pending', 'pending', 'pending']);
  expect(past.filter(({ status }) => !isFinal(status))).toEqual([]);
  expect(await answered(running.endpoint, 'audit', 'verify')).toMatch(/^The audit trail is whole: \d+ records in \d+ chains, (?:9|1[0-2])\d checkpoints/);
  const [, remembered = ''] = /^([\d,]+) events of requests read/.exec(await answered(running.endpoint, 'portal', 'rebuild')) ?? [];
  expect(Number(remembered.replaceAll(',', ''))).toBeGreaterThan(past.length * 3);
  await running.end('SIGINT');

  running = await start('--data', data, '--history', '4');
  expect(readdirSync(data)).not.toContain('history');
  expect(await requestsOf(running.endpoint)).toEqual(all);
  expect(await answered(running.endpoint, 'audit', 'verify')).toMatch(/^The audit trail is whole: \d+ records in \d+ chains, (?:9|1[0-2])\d checkpoints/);
}, patienceMs);
