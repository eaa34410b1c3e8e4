/**
 * `npm run bench:burst`: 5,000 people ask at once. Every request must be judged, none lost, and the process of `npm start`,
 * which is the whole cloud, must stay small.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { Command } from 'commander';
import { accessRequestedV1, accessRequestAcceptedV1, accessRequestRejectedV1, type AccessRequestedV1 } from '@team/contracts';
import { createAuditTrail } from '../../services/portal/cli/src/cloud/audit-trail.ts';
import { connect } from '../../services/portal/cli/src/cloud/connection.ts';
import { startServer } from '../crash/server-process.ts';
import { writeBurstOrganization, type BurstOrganization } from './burst-organization.ts';

const requests = 5_000;
/** Of the process of `npm start`, at its most (MB = 10^6 bytes). */
const barMegabytes = 500;
/** One in so many asks for too long, so that a rejection is among what must not be lost. */
const tooLongOneIn = 20;
const connections = 8;
/** Given up when for so long nothing more was judged (ms): a busy machine may take its time. */
const patienceMs = 300_000;
const region = 'eu-central-1';

new Command('npm run bench:burst --')
  .description(`${requests} people ask npm start at once: each request must be judged, none lost, and the process stay small.`)
  .allowExcessArguments(false)
  .parse();

const folder = mkdtempSync(join(tmpdir(), 'team-burst-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

const organization = writeBurstOrganization(folder);
const server = startServer(['--data', join(folder, 'data'), '--port', '0', ...organization.flags]);
const endpoint = await server.ready();
const peakAtStart = server.peakMemory();

const asked = Array.from({ length: requests }, (_, n) => requestOf(n, organization));
const startedAt = performance.now();
await putAll(endpoint, asked);
const putSeconds = since(startedAt);
const { accepted, rejected } = await judged(endpoint, new Set(asked.map(({ requestId }) => requestId)));
const judgedSeconds = since(startedAt);
const peak = server.peakMemory();
await server.end('SIGINT');

const lost = requests - accepted.size - rejected.size;
const twice = [...accepted].filter((requestId) => rejected.has(requestId)).length;
const megabytes = peak === undefined ? undefined : peak / 1e6;
const memory = megabytes === undefined ? 'not measured: this system has no /proc' : `${megabytes.toFixed(0)} MB at its most, ${((peakAtStart ?? 0) / 1e6).toFixed(0)} MB when it was ready`;
const held = lost === 0 && twice === 0 && megabytes !== undefined && megabytes < barMegabytes;

console.log(`${requests} AccessRequested over HTTP into npm start, ${organization.askers.length} people, ${connections} connections, ten a call`);
console.log(`machine: ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${(totalmem() / 1e9).toFixed(0)} GB, Node ${process.versions.node}, load ${(loadavg()[0] ?? 0).toFixed(1)}`);
console.log(`put in ${putSeconds.toFixed(1)} s (${(requests / putSeconds).toFixed(0)} a second), all judged and in the audit trail after ${judgedSeconds.toFixed(1)} s`);
console.log(`accepted ${accepted.size}, rejected ${rejected.size}, judged twice ${twice}, lost ${lost}`);
console.log(`memory of the process: ${memory}`);
console.log(`bar: none lost, under ${barMegabytes} MB: ${held ? 'held' : 'NOT HELD'}`);
process.exitCode = held ? 0 : 1;

function requestOf(n: number, { askers, development, production }: BurstOrganization): AccessRequestedV1 {
  const [accounts, permissionSetName] = n % 2 === 0 ? [development, 'PowerUserAccess'] : [production, 'ReadOnlyAccess'];
  const requester = at(askers, n);
  const targets = [{ accountId: at(accounts, n), permissionSetName }];
  return { requestId: randomUUID(), requester, targets, durationMinutes: n % tooLongOneIn === 0 ? 10_000 : 60, justification: `burst, request ${n}` };
}

async function putAll(endpoint: string, all: readonly AccessRequestedV1[]): Promise<void> {
  const client = new EventBridgeClient({ endpoint, region, credentials: { accessKeyId: 'service-desk', secretAccessKey: 'any' } });
  const calls = Array.from({ length: Math.ceil(all.length / 10) }, (_, n) => all.slice(n * 10, n * 10 + 10));
  const worker = async (): Promise<void> => {
    for (let batch = calls.shift(); batch !== undefined; batch = calls.shift()) {
      const { FailedEntryCount } = await client.send(new PutEventsCommand({ Entries: batch.map(entryOf) }));
      if (FailedEntryCount !== 0) throw new Error(`the bus did not take ${FailedEntryCount} of ${batch.length} events`);
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  client.destroy();
}

function entryOf(data: AccessRequestedV1): PutEventsRequestEntry {
  const metadata = { eventId: randomUUID(), requestId: data.requestId, occurredAt: new Date().toISOString() };
  return { EventBusName: 'team', Source: 'acme.service-desk', DetailType: accessRequestedV1.detailType, Detail: JSON.stringify({ metadata, data }) };
}

/** Follows the audit trail until each of these requests is judged, or patience is at its end. */
async function judged(endpoint: string, expected: ReadonlySet<string>): Promise<{ accepted: Set<string>; rejected: Set<string> }> {
  const trail = createAuditTrail(connect({ endpoint, region }));
  const accepted = new Set<string>();
  const rejected = new Set<string>();
  const into = new Map([[accessRequestAcceptedV1.detailType, accepted], [accessRequestRejectedV1.detailType, rejected]]);
  let giveUpAt = performance.now() + patienceMs;
  for (let after: string | undefined; accepted.size + rejected.size < expected.size && performance.now() < giveUpAt; ) {
    const page = await trail.events({ after });
    const before = accepted.size + rejected.size;
    for (const { source, detailType, chain } of page.events) {
      const requestId = chain.slice('request#'.length);
      if (source === 'team.request' && expected.has(requestId)) into.get(detailType)?.add(requestId);
    }
    after = page.next;
    if (accepted.size + rejected.size > before) giveUpAt = performance.now() + patienceMs;
    if (page.events.length === 0) await delay(250);
  }
  return { accepted, rejected };
}

function at<T>(list: readonly T[], n: number): T {
  const found = list[n % list.length];
  if (found === undefined) throw new Error('the organization has nobody, or nothing, to ask for');
  return found;
}

function since(instant: number): number {
  return (performance.now() - instant) / 1_000;
}
