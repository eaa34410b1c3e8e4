import { accessRequestedV1, sessionActivityCollectedV1, type SessionActivityCollectedV1 } from '@team/contracts';
import type { ActivityConfig, AthenaActivity, LakeActivity } from '@team/runtime';
import { AwsError } from '../../infra/local/src/cloud/aws-error.ts';
import { ask, type World } from '../../infra/local/src/play/world.ts';
import { iamFor } from '../least-privilege/deployment.ts';
import { devAccounts, devPayments, monday, organization, policies, wren } from './worlds.ts';

const minute = 60_000;
/** Sooner than usual: hours of quiet take their time here, too. */
const collectActivityAfterMinutes = [15, 40, 60];

/** Twenty minutes of power in an account, from asking to their end. */
async function aWhile(world: World, accountId = devPayments) {
  const requestId = world.newId();
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, wren, accountId, 'PowerUserAccess', { durationMinutes: 20 }));
  const { detail } = await world.until('AccessEnded.v1', requestId, 30);
  return { requestId, grantId: String(detail.data['grantId']), removedAt: Date.parse(String(detail.data['removedAt'])) };
}

async function collected(world: World, requestId: string, withinMinutes: number): Promise<SessionActivityCollectedV1> {
  const { detail } = await world.until('SessionActivityCollected.v1', requestId, withinMinutes);
  return sessionActivityCollectedV1.parse(detail).data;
}

/** A call that CloudTrail delivers now, and that was made at some time; by the person, through the permission set, in the account, unless told. */
function deliver(world: World, EventId: string, EventTime: number, more: { readonly role?: string; readonly accountId?: string } = {}): void {
  const { role = 'AWSReservedSSO_PowerUserAccess_0123456789abcdef', accountId = devPayments } = more;
  const identity = { type: 'AssumedRole', principalId: `AROAEXAMPLE:${wren}`, accountId, sessionContext: { sessionIssuer: { type: 'Role', userName: role } } };
  const record = { eventID: EventId, eventTime: new Date(EventTime).toISOString(), eventSource: 'sqs.amazonaws.com', eventName: 'PurgeQueue', readOnly: false, awsRegion: 'eu-central-1', sourceIPAddress: '203.0.113.9', userIdentity: identity };
  world.system.trail.record({ EventId, EventTime, EventName: 'PurgeQueue', EventSource: 'sqs.amazonaws.com', Username: wren, ReadOnly: 'false', CloudTrailEvent: JSON.stringify(record) });
}

/** Some work of which it is known that it was done, whatever the local cloud makes up: a call a minute until the removal, all delivered now. */
const known = ['own-1', 'own-2', 'own-3', 'own-4', 'own-5', 'own-6'];
function work(world: World, removedAt: number): void {
  for (const [i, eventId] of known.entries()) deliver(world, eventId, removedAt - (known.length - i) * minute);
}

const callsOf = async (world: World, grantId: string, more: object = {}) =>
  (await world.system.invoke('team-audit-query', { op: 'activity', grantId, ...more })) as { calls: { eventId: string; at: string; action: string }[]; next?: string };

describe('what a person did under a grant', () => {
  it('is collected after the last credentials, and again for what came late; nothing is counted twice', async () => {
    const world = await monday({ more: { collectActivityAfterMinutes } });
    const { requestId, grantId, removedAt } = await aWhile(world);
    work(world, removedAt);
    const first = await collected(world, requestId, 90);
    expect(first).toMatchObject({ grantId, state: 'complete', collection: 1, collections: 3, use: first.afterRemoval > 0 ? 'after_removal' : 'used', principal: { userName: wren }, permissionSetName: 'PowerUserAccess', removedAt: new Date(removedAt).toISOString() });
    expect(Date.parse(first.to) - removedAt).toBe(60 * minute);
    expect(Date.parse(first.collectedAt) - Date.parse(first.to)).toBeGreaterThanOrEqual(15 * minute);
    expect(first.writes).toBeGreaterThanOrEqual(known.length);
    expect(first.services).toContain('sqs.amazonaws.com');
    const kept = await callsOf(world, grantId, { limit: 500 });
    expect(kept.calls).toHaveLength(first.reads + first.writes);
    expect(kept.calls.map(({ at }) => at)).toEqual(kept.calls.map(({ at }) => at).toSorted());
    const { calls: [one], next } = await callsOf(world, grantId, { limit: 1 });
    expect([one, (await callsOf(world, grantId, { limit: 1, after: next })).calls[0]]).toEqual(kept.calls.slice(0, 2));

    // Later CloudTrail delivers what was done before and after the removal, and what is not of this grant.
    deliver(world, 'late', removedAt - 10 * minute);
    deliver(world, 'afterwards', removedAt + 10 * minute);
    deliver(world, 'another-set', removedAt - 5 * minute, { role: 'AWSReservedSSO_PowerUserAccess_Extra_0123456789abcdef' });
    deliver(world, 'another-account', removedAt - 5 * minute, { accountId: '836423630756' });
    deliver(world, 'too-late', removedAt + 61 * minute);
    const second = await collected(world, requestId, 40);
    expect(second).toMatchObject({ collection: 2, state: 'complete', use: 'after_removal', reads: first.reads, writes: first.writes + 2, afterRemoval: first.afterRemoval + 1 });
    expect((await callsOf(world, grantId, { limit: 500 })).calls.filter(({ action }) => action === 'PurgeQueue').map(({ eventId }) => eventId)).toEqual(['late', ...known, 'afterwards']);
    await world.pass(1);
    const told = world.events().filter(({ detailType, detail }) => detailType === 'AuditRecorded.v1' && detail.data['detailType'] === 'SessionActivityCollected.v1');
    expect(told.length).toBeGreaterThanOrEqual(1);
    expect(told.at(-1)?.detail.data['ocsf']).toMatchObject({ class_uid: 3004, severity_id: 4, message: expect.stringContaining(`${second.afterRemoval} after its end`) as unknown });

    const third = await collected(world, requestId, 40);
    expect(third).toMatchObject({ collection: 3, reads: second.reads, writes: second.writes, afterRemoval: second.afterRemoval });
    await world.pass(30);
    expect(world.events(requestId).filter(({ detailType }) => detailType === 'SessionActivityCollected.v1')).toHaveLength(3);
  });

  it('is said to be missing where it cannot be read, never to be nothing, and is found when it can', async () => {
    let down = true;
    const world = await monday({
      more: {
        collectActivityAfterMinutes: [15, 120],
        intercept: async (call, next) => {
          if (call.action === 'LookupEvents' && down) throw new AwsError('InternalServiceError', 'The service is not available', 500);
          return next();
        },
      },
    });
    const { requestId, grantId } = await aWhile(world);
    const first = await collected(world, requestId, 160);
    expect(first).toMatchObject({ state: 'missing', use: 'unknown', reads: 0, writes: 0, collection: 1, reason: { code: 'ERR_ACTIVITY_SOURCE_DOWN' } });
    expect(Date.parse(first.collectedAt) - Date.parse(first.to)).toBeGreaterThan(70 * minute);
    down = false;
    const second = await collected(world, requestId, 120);
    expect(second).toMatchObject({ state: 'complete', collection: 2 });
    expect(second.reason).toBeUndefined();
    expect((await callsOf(world, grantId, { limit: 500 })).calls).toHaveLength(second.reads + second.writes);
    expect(world.system.queues.peek('team-audit-timers-dlq')).toEqual([]);
  });

  const partitions = { account: 'account', region: 'region', day: 'day' };
  const athena: AthenaActivity = { source: 'athena', database: 'trail', table: 'cloudtrail', workgroup: 'team', outputLocation: 's3://acme-athena-results/team/', partitions, regions: ['eu-central-1'] };
  const lake: LakeActivity = { source: 'lake', eventDataStoreArn: `arn:aws:cloudtrail:${organization.Region}:${organization.DelegatedAdministratorAccountId}:eventdatastore/11111111-2222-3333-4444-555555555555` };
  const collectAfterMinutes = [15, 360, 1_440];

  it('is the same whether Athena, CloudTrail Lake or LookupEvents is asked, each with the rights that are deployed for it', async () => {
    const play = async (accountId: string, activity: ActivityConfig, deployed: Parameters<typeof iamFor>[3]) => {
      const denied: string[] = [];
      const iam = iamFor(organization, policies.emitters, (functionName, action, allowed) => void (allowed || denied.push(`${functionName} ${action}`)), deployed);
      const world = await monday({ more: { activity, iam } });
      const { requestId } = await aWhile(world, accountId);
      const found = await collected(world, requestId, 100);
      expect(denied).toEqual([]);
      const { reads, writes, errors, afterRemoval, services, state, from, to } = found;
      return { reads, writes, errors, afterRemoval, services, state, from, to };
    };
    // Now and then the local cloud makes up that nothing was done.
    let [accountId = devPayments, ...others] = devAccounts;
    let looked = await play(accountId, { source: 'lookup' }, undefined);
    for (; looked.reads < 6 && others[0] !== undefined; [, ...others] = others) looked = await play((accountId = others[0]), { source: 'lookup' }, undefined);
    const trail = { bucket: 'acme-trail', prefix: 'AWSLogs/o-acme/' };
    expect(await play(accountId, athena, { ...athena, trail, collectAfterMinutes })).toEqual(looked);
    expect(await play(accountId, lake, { ...lake, collectAfterMinutes })).toEqual(looked);
    expect(looked.reads).toBeGreaterThan(5);
  }, 300_000);

  it('is not looked for where no source is chosen', async () => {
    const world = await monday({ more: { activity: { source: 'none' } } });
    const { requestId } = await aWhile(world);
    await world.pass(90);
    expect(world.events(requestId).filter(({ detailType }) => detailType === 'SessionActivityCollected.v1')).toEqual([]);
  });
});
