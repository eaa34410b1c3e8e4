import { accessRequestedV1, auditRecordedV1 } from '@team/contracts';
import { ask } from '../../infra/local/src/play/world.ts';
import { devPayments, monday, wren } from './worlds.ts';

/** What a subscriber for a SIEM makes of the bus: each event of OCSF once, in the order of its chain, whatever comes twice. */
function subscriber() {
  const seen = new Map<string, { readonly chain: string; readonly seq: number; readonly ocsf: Readonly<Record<string, unknown>> }>();
  return {
    take(detail: unknown): void {
      const { metadata, data } = auditRecordedV1.parse(detail);
      seen.set(metadata.eventId, data);
    },
    of: (requestId: string) => [...seen.values()].filter(({ chain }) => chain === `request#${requestId}`).toSorted((a, b) => a.seq - b.seq).map(({ ocsf }) => ocsf),
  };
}

it('a SIEM hears of every right that is given and taken, who had it and where, each with its place in the trail', async () => {
  const world = await monday();
  const requestId = world.newId();
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, wren, devPayments, 'PowerUserAccess', { durationMinutes: 5 }));
  await world.until('AccessEnded.v1', requestId, 10);
  await world.pass(1);
  const siem = subscriber();
  for (const { detailType, detail } of world.events()) if (detailType === 'AuditRecorded.v1') siem.take(detail);
  const told = siem.of(requestId);
  expect(told.map(({ message }) => message)).toEqual([
    'access was asked for, and policy allows it',
    'access was approved',
    'a permission set is assigned (created)',
    'the time of access ran out',
    'an assignment is over (deleted)',
  ]);
  const given = told.filter(({ class_uid: uid }) => uid === 3005);
  expect(given).toMatchObject([
    { activity_id: 1, type_uid: 300501, user: { uid: world.user(wren).UserId }, privileges: [world.permissionSet('PowerUserAccess').PermissionSetArn], resources: [{ uid: devPayments }], metadata: { correlation_uid: requestId } },
    { activity_id: 2, type_uid: 300502 },
  ]);
});

it('what somebody else puts on the bus as a fact is recorded, and is not told as one', async () => {
  const world = await monday();
  const requestId = world.newId();
  world.inject('team.provisioning', 'AccessGranted.v1', { metadata: { eventId: world.newId(), requestId, occurredAt: '2026-03-02T09:00:00Z' }, data: { requestId } }, '999999999999');
  await world.pass(1);
  expect(world.events().filter(({ detailType }) => detailType === 'AuditRecorded.v1')).toEqual([]);
});
