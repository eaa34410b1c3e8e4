import { accessRequestedV1 } from '@team/contracts';
import { SiemLedger } from '../../docs/snippets/siem-ledger.ts';
import { subscribe, takeWaiting } from '../../docs/snippets/siem-subscriber.ts';
import type { DeliveryFaults } from '../../infra/local/src/cloud/index.ts';
import { ask, type World } from '../../infra/local/src/play/world.ts';
import { devPayments, monday, wren } from './worlds.ts';

type Ocsf = Readonly<Record<string, unknown>> & { readonly metadata: { readonly log_name: string; readonly sequence: number } };

/** A SIEM beside the product: the subscriber of docs/siem.md, with what it indexed. */
async function siemIn(world: World) {
  const { eventBridge, sqs } = world.system.clients('operator');
  const account = world.organization.DelegatedAdministratorAccountId;
  const queueUrl = await subscribe({ eventBridge, sqs, busName: 'team', name: 'siem', account });
  const [ledger, indexed] = [new SiemLedger(), [] as Ocsf[]];
  return {
    ledger,
    indexed,
    async readAll() {
      let messages = 0;
      for (let taken = -1; taken !== 0; messages += taken) taken = await takeWaiting(sqs, queueUrl, ledger, async (ocsf) => void indexed.push(ocsf as Ocsf), world.now);
      return messages;
    },
    of: (requestId: string) => indexed.filter(({ metadata }) => metadata.log_name === `request#${requestId}`).toSorted((a, b) => a.metadata.sequence - b.metadata.sequence),
  };
}

async function life(world: World): Promise<string> {
  const requestId = world.newId();
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, wren, devPayments, 'PowerUserAccess', { durationMinutes: 5 }));
  await world.until('AccessEnded.v1', requestId, 10);
  await world.pass(1);
  return requestId;
}

/** A world in which copies of what is told of a life reach the SIEM otherwise than once and at once; elsewhere nothing is the matter. */
const withCopies = (copies: (seq: number) => readonly number[]): Promise<World> => {
  const faults: DeliveryFaults = {
    copies: ({ 'detail-type': detailType, detail }, targetArn) =>
      targetArn.endsWith(':siem') && detailType === 'AuditRecorded.v1' ? copies(Number((detail as { data: { seq: number } }).data.seq)) : [0],
  };
  return monday({ more: { deliveryFaults: faults } });
};

it('a SIEM hears of every right that is given and taken, who had it and where, each with its place in the trail, and of all that was recorded', async () => {
  const world = await monday();
  const siem = await siemIn(world);
  const requestId = await life(world);
  await siem.readAll();
  const told = siem.of(requestId);
  expect(told.map(({ message }) => message)).toEqual([
    'something was asked for; whether it is allowed is another event',
    'access was asked for, and policy allows it',
    'access was approved',
    'access is to be assigned now',
    'a permission set is assigned (created)',
    'the time of access ran out',
    'an assignment is over (deleted)',
  ]);
  expect(told.map(({ metadata }) => metadata.sequence)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  const given = told.filter(({ class_uid: uid }) => uid === 3005);
  expect(given).toMatchObject([
    { activity_id: 1, type_uid: 300501, user: { uid: world.user(wren).UserId }, privileges: [world.permissionSet('PowerUserAccess').PermissionSetArn], resources: [{ uid: devPayments }], metadata: { correlation_uid: requestId } },
    { activity_id: 2, type_uid: 300502 },
  ]);
  expect(siem.ledger.gaps(world.now(), 0)).toEqual([]);
});

it('what comes twice is indexed once, and what comes late is no gap once it is there', async () => {
  const world = await withCopies((seq) => (seq === 3 ? [240_000] : [0, 30_000]));
  const siem = await siemIn(world);
  const requestId = world.newId();
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, wren, devPayments, 'PowerUserAccess', { durationMinutes: 5 }));
  await world.pass(1);
  await siem.readAll();
  await world.pass(2);
  expect(siem.ledger.gaps(world.now(), 60_000)).toMatchObject([{ chain: `request#${requestId}`, missing: [3] }]);
  expect(siem.ledger.gaps(world.now(), 600_000)).toEqual([]);
  await world.pass(10);
  const messages = await siem.readAll();
  expect(messages).toBeGreaterThan(0);
  expect(siem.of(requestId).map(({ metadata }) => metadata.sequence)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(siem.ledger.gaps(world.now(), 0)).toEqual([]);
});

it('what is lost on its way is missed, by its number', async () => {
  const world = await withCopies((seq) => (seq === 4 || seq === 6 ? [] : [0]));
  const siem = await siemIn(world);
  const requestId = await life(world);
  await siem.readAll();
  expect(siem.ledger.gaps(world.now(), 60_000)).toEqual([]);
  await world.pass(2);
  expect(siem.ledger.gaps(world.now(), 60_000)).toMatchObject([{ chain: `request#${requestId}`, missing: [4, 6] }]);
});

it('another record at a place that is taken is noticed', () => {
  const ledger = new SiemLedger();
  const at = (hash: string) => ({ chain: 'request#r', seq: 1, hash, recordedEventId: 'e', detailType: 'T.v1', mapper: 'm', ocsf: {}, recordedAt: '2026-03-02T09:00:00Z' });
  ledger.take('one', at('a'.repeat(64)), 0);
  expect(() => ledger.take('two', at('b'.repeat(64)), 0)).toThrow(/two records stand at 1 of request#r/);
});

it('what somebody else puts on the bus as a fact is recorded, and told of as what it is', async () => {
  const world = await monday();
  const siem = await siemIn(world);
  const requestId = world.newId();
  world.inject('team.provisioning', 'AccessGranted.v1', { metadata: { eventId: world.newId(), requestId, occurredAt: '2026-03-02T09:00:00Z' }, data: { requestId } }, '999999999999');
  await world.pass(1);
  await siem.readAll();
  expect(siem.of(requestId)).toMatchObject([{ class_uid: 3004, activity_id: 99, severity: 'High', status_code: 'ERR_SOURCE_FOREIGN', actor: { app_name: 'team.provisioning', app_uid: '999999999999' }, metadata: { event_code: 'AccessGranted.v1' } }]);
  expect(siem.indexed.filter(({ class_uid: uid }) => uid === 3005)).toEqual([]);
});
