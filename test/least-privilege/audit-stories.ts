import { accessRequestedV1 } from '@team/contracts';
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

/** What the audit service has to be allowed for the SIEM, and to collect what people did. */
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
];
