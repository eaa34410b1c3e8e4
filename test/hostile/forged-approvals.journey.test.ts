import { toTimestamp } from '@team/runtime';
import { deadLettersOf } from '../../infra/local/src/demo/dead-letters.ts';
import type { SeenEvent, World } from '../../infra/local/src/play/world.ts';
import { devPayments, emeka, hana, typesOf, wren } from '../journeys/worlds.ts';
import { approvedLife, audited, broken, deadLetters, endsOf, hostileWorld, inProduction, ofType, throttled } from './hostile-world.ts';

const startAt = '2026-03-02T09:30:00.000Z';

/** What an intruder with approval's rights on the bus, and no key, makes of an approval. */
const forgeries: readonly (readonly [what: string, code: string, forged: (genuine: Record<string, unknown>, world: World) => object])[] = [
  ['for another person', 'ERR_ACCEPTANCE_REQUESTER', ({ requester }, world) => ({ requester: { ...(requester as object), userId: world.user(hana).UserId } })],
  ['of other targets', 'ERR_PROOF_TARGET', ({ grants }) => ({ grants: (grants as object[]).map((grant) => ({ ...grant, accountId: devPayments })) })],
  ['with proofs of nobody’s', 'ERR_EVIDENCE_KEY', ({ grants, acceptance }) => ({ grants: (grants as object[]).map((grant) => ({ ...grant, proof: acceptance })) })],
  ['given at another time', 'ERR_PROOF_APPROVAL', () => ({ approvedAt: startAt })],
  ['accepted at its start, which nobody may revoke', 'ERR_ACCEPTANCE_TIME', () => ({ acceptedAt: startAt, revocableBy: { groupIds: [], userIds: [] } })],
  ['which nobody may revoke', 'ERR_PROOF_APPROVAL', () => ({ revocableBy: { groupIds: [], userIds: [] } })],
];

/** A world in which expiry cannot store anything from the genuine approval on, until `recover`: whatever is put in then comes first. */
async function approvedWhileExpiryWaits(): Promise<{ world: World; approved: SeenEvent; recover: () => void }> {
  const state = { down: false };
  const world = await hostileWorld(({ caller, target }) => (state.down && caller.name === 'team.expiry' && target === 'DynamoDB_20120810' ? throttled() : 'pass'));
  const requestId = await approvedLife(world, { startAt, durationMinutes: 10 }, () => {
    state.down = true;
  });
  const approved = await world.until('AccessApproved.v1', requestId);
  await world.pass(0.1);
  return { world, approved, recover: () => void (state.down = false) };
}

it.each(forgeries)('a forged approval %s, which comes before the genuine one, spoils nothing: %s', async (_what, code, forged) => {
  const { world, approved, recover } = await approvedWhileExpiryWaits();
  const { data, metadata } = approved.detail;
  const requestId = String(data['requestId']);
  recover();
  world.inject(approved.source, approved.detailType, { metadata: { ...metadata, eventId: world.newId() }, data: { ...data, ...forged(data, world) } });
  await world.pass(0.2);
  expect(await deadLettersOf(world, 'team-expiry-inbox-dlq')).toEqual([code]);
  expect(ofType(world, 'AccessScheduled.v1', requestId)).toEqual([]);
  await world.until('AccessScheduled.v1', requestId);
  await world.until('AccessOpeningDue.v1', requestId, 40);
  await world.until('EligibilityConfirmed.v1', requestId);
  await world.until('AccessGranted.v1', requestId);
  expect(await inProduction(world)).toEqual([world.user(wren).UserId]);
  await world.revoke(requestId, emeka);
  await world.until('AccessEnded.v1', requestId);
  await world.pass(2);
  expect(typesOf(world.events(requestId)).filter((type) => type === 'AccessRevocationRefused' || type === 'AccessGrantFailed')).toEqual([]);
  expect([await inProduction(world), Object.values(endsOf(world, requestId))]).toEqual([[], [['deleted']]]);
  expect(await deadLettersOf(world, 'team-expiry-inbox-dlq')).toEqual([code]);
  expect(await audited(world)).toEqual({ problems: [], missing: 0 });
});

it('a forged approval of a request that is running changes nothing of it', async () => {
  const world = await hostileWorld(() => 'pass');
  const requestId = await approvedLife(world, { durationMinutes: 2 });
  const approved = await world.until('AccessApproved.v1', requestId);
  await world.until('AccessGranted.v1', requestId);
  const window = { ...(approved.detail.data['window'] as object), latestEnd: '2027-03-02T09:00:00.000Z', durationMinutes: 500 };
  const metadata = { ...approved.detail.metadata, eventId: world.newId(), occurredAt: toTimestamp(world.now()) };
  world.inject(approved.source, approved.detailType, { metadata, data: { ...approved.detail.data, window } });
  await world.until('AccessEnded.v1', requestId);
  await world.pass(1);
  expect([await inProduction(world), await deadLettersOf(world, 'team-expiry-inbox-dlq')]).toEqual([[], ['ERR_ACCEPTANCE_DURATION']]);
});

it('an approval that comes while expiry cannot read the keys counts when it can, twenty minutes later', async () => {
  let until = 0;
  const world = await hostileWorld(({ caller, target }, { now }) => (caller.name === 'team.expiry' && target === 'TrentService' && now() < until ? broken() : 'pass'));
  until = world.now() + 20 * 60_000;
  const requestId = await approvedLife(world, { durationMinutes: 2 });
  await world.until('AccessApproved.v1', requestId);
  await world.pass(10);
  expect(ofType(world, 'AccessWindowOpened.v1', requestId)).toEqual([]);
  await world.until('AccessGranted.v1', requestId, 20);
  await world.until('AccessEnded.v1', requestId);
  expect(deadLetters(world)).toEqual([]);
});
