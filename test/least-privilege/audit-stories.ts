import { accessRequestedV1 } from '@team/contracts';
import * as z from 'zod';
import { ask, type World } from '../../infra/local/src/play/world.ts';
import { approvedLife, throttled } from '../hostile/hostile-world.ts';
import { devPayments, wren } from '../journeys/worlds.ts';
import { expectThat } from './expectations.ts';
import type { Story } from './story.ts';

/** Detail-types of which the SIEM is told, of a request. */
const toldOf = (world: World, requestId: string): unknown[] =>
  world.events().flatMap(({ detailType, detail }) => (detailType === 'AuditRecorded.v1' && detail.data['chain'] === `request#${requestId}` ? [detail.data['detailType']] : []));

async function told(world: World, patience: number): Promise<void> {
  const requestId = await approvedLife(world, { durationMinutes: 60 });
  await world.until('AccessGranted.v1', requestId, 1);
  await world.pass(patience);
  expectThat(toldOf(world, requestId).includes('AccessGranted.v1'), 'the SIEM was not told that access is there');
}

/** What was done in two minutes of access, collected when the session that outlives them is over. */
async function activity(world: World): Promise<void> {
  const requestId = world.newId();
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, wren, devPayments, 'PowerUserAccess', { durationMinutes: 2 }));
  const { detail } = await world.until('AccessEnded.v1', requestId, 5);
  world.system.trail.record(aCall(world, world.now()));
  const collected = await world.until('SessionActivityCollected.v1', requestId, 80);
  expectThat(collected.detail.data['state'] === 'complete', 'what was done could not be read');
  expectThat(Date.parse(collected.time) - Date.parse(String(collected.detail.data['collectedAt'])) < 5_000, 'it was not told at once');
  const { calls } = (await world.system.invoke('team-audit-query', { op: 'activity', grantId: detail.data['grantId'] })) as { readonly calls: readonly unknown[] };
  expectThat(calls.length > 0, 'no call is kept');
}

/** A call of the person, through the permission set and in the account that they were given. */
function aCall(world: World, EventTime: number) {
  const userIdentity = { accountId: devPayments, principalId: `AROAEXAMPLE:${wren}`, sessionContext: { sessionIssuer: { userName: 'AWSReservedSSO_PowerUserAccess_0123456789abcdef' } } };
  const event = { EventId: world.newId(), EventName: 'PurgeQueue', EventSource: 'sqs.amazonaws.com', EventTime, Username: wren, ReadOnly: 'false' } as const;
  const record = { eventID: event.EventId, eventTime: new Date(EventTime).toISOString(), eventSource: event.EventSource, eventName: event.EventName, readOnly: false, userIdentity };
  return { ...event, CloudTrailEvent: JSON.stringify(record) };
}

/** Checkpoints are made and can be verified, and the archive is handed out, whatever stopped one of them half-way. */
async function proven(world: World): Promise<void> {
  const requestId = await approvedLife(world, { durationMinutes: 60 });
  await world.until('AccessGranted.v1', requestId, 1);
  await world.pass(125);
  const found = verified.parse(await world.system.invoke('team-audit-query', { op: 'verify', from: new Date(world.now() - 7_200_000).toISOString() }));
  expectThat(found.checkpoints >= 2 && found.records > 0 && found.problems.length === 0, `the checkpoints do not verify: ${JSON.stringify(found)}`);
  const { objects } = archived.parse(await world.system.invoke('team-audit-query', { op: 'archive' }));
  expectThat(objects.some(({ key }) => key.endsWith('checkpoint.jws')), 'the archive has no checkpoint');
}

const verified = z.object({ checkpoints: z.int(), records: z.int(), problems: z.array(z.unknown()) });
const archived = z.object({ objects: z.array(z.object({ key: z.string() })) });

const checkpointActions = ['dynamodb:PutItem', 'dynamodb:Query', 'kms:GetPublicKey', 'kms:Sign', 's3:PutObject'];
const queryActions = ['kms:GetPublicKey', 's3:GetObject', 's3:ListBucket'];

/** What the audit service has to be allowed for the SIEM, for checkpoints, and to collect what people did. */
export const auditStories: readonly Story[] = [
  {
    name: 'what a person did is collected and can be asked for',
    shows: ['team-audit-timers cloudtrail:LookupEvents', 'team-audit-timers events:PutEvents', 'team-audit-sweep sqs:SendMessage', 'team-audit-grants dynamodb:PutItem', 'team-audit-timers dynamodb:PutItem', 'team-audit-timers dynamodb:Query'],
    options: { more: { collectActivityAfterMinutes: [6] } },
    play: activity,
  },
  { name: 'the SIEM is told of what happens at once', shows: ['team-audit-inbox events:PutEvents'], play: (world) => told(world, 0.1) },
  {
    name: 'the SIEM is told by the sweep of what the bus did not take at first',
    mishaps: [{ functionName: 'audit-inbox', action: 'PutEvents', nth: 'each', fate: throttled() }],
    play: (world) => told(world, 4),
  },
  { name: 'each hour is signed and archived, and can be verified', shows: checkpointActions.map((action) => `team-audit-checkpoint ${action}`).concat(queryActions.map((action) => `team-audit-query ${action}`)), play: proven },
  {
    name: 'an hour is signed by whoever comes after one that was stopped between its objects',
    mishaps: [{ functionName: 'audit-checkpoint', action: 'Sign', nth: 2, fate: 'die-before' }],
    shows: ['team-audit-checkpoint s3:GetObject'],
    play: proven,
  },
];
