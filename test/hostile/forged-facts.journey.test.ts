import { toTimestamp } from '@team/runtime';
import type { SeenEvent, World } from '../../infra/local/src/play/world.ts';
import { devPayments, emeka, hana, monday, prodPayments, wren } from '../journeys/worlds.ts';
import { approvedLife, askForProduction, audited, deadLetters, endsOf, inProduction, ofType, outcomesOf } from './hostile-world.ts';

const farFuture = '2027-03-02T09:00:00.000Z';

/** A fact put past the bus policy, under the request of `model` and an event id of its own. */
function forge(world: World, model: SeenEvent, data: object, detailType = model.detailType, source = model.source): void {
  world.inject(source, detailType, { metadata: { ...model.detail.metadata, eventId: world.newId(), occurredAt: toTimestamp(world.now()) }, data });
}

/** A fact's data with members of its members changed. */
function changed(data: object, changes: Readonly<Record<string, unknown>>): object {
  const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);
  const members: [string, unknown][] = Object.entries(data).map(([name, value]: [string, unknown]): [string, unknown] => {
    const change = changes[name];
    return [name, isObject(value) && isObject(change) ? { ...value, ...change } : (change ?? value)];
  });
  return Object.fromEntries(members);
}

/** What provisioning could be made to say about the grant of a window. */
function lies(world: World, window: SeenEvent): Record<string, object> {
  const { principal, grant } = window.detail.data as { principal: { userId: string }; grant: { grantId: string; accountId: string; permissionSetArn: string } };
  const { grantId, accountId, permissionSetArn } = grant;
  const about = { requestId: window.detail.data['requestId'], grantId, assignment: { principalId: principal.userId, accountId, permissionSetArn } };
  const now = toTimestamp(world.now());
  return {
    'AccessEnded.v1': { ...about, how: 'never_created', endedAt: now },
    'AccessGranted.v1': { ...about, how: 'created', grantedAt: farFuture, endsAt: farFuture },
    'AccessGrantFailed.v1': { ...about, windowEventId: world.newId(), reason: { code: 'ERR_NOT_TRUE', message: 'forged' }, final: true, failedAt: now },
  };
}

it.each(['AccessEnded.v1', 'AccessGranted.v1', 'AccessGrantFailed.v1'])('access ends in time whatever a forged %s says before or after it is given', async (detailType) => {
  for (const moment of ['AccessWindowOpened.v1', 'AccessGranted.v1']) {
    const world = await monday();
    const requestId = await approvedLife(world, { durationMinutes: 2 });
    const window = await world.until('AccessWindowOpened.v1', requestId);
    if (moment !== window.detailType) await world.until(moment, requestId);
    forge(world, window, lies(world, window)[detailType] ?? {}, detailType, 'team.provisioning');
    await world.pass(4);
    expect([moment, await inProduction(world)]).toEqual([moment, []]);
    expect(await audited(world)).toEqual({ problems: [], missing: 0 });
  }
});

it('a window opens nothing but what was approved, for whom, and as it was approved, and a forged one ends no real grant', async () => {
  const world = await monday();
  const other = await approvedLife(world, { durationMinutes: 1 });
  const { data: otherData } = (await world.until('AccessWindowOpened.v1', other)).detail;
  await world.until('AccessEnded.v1', other);
  const requestId = await approvedLife(world, { durationMinutes: 60 });
  const window = await world.until('AccessWindowOpened.v1', requestId);
  await world.until('AccessGranted.v1', requestId);
  const administrator = world.permissionSet('AdministratorAccess').PermissionSetArn;
  const [decision] = window.detail.data['decisions'] as string[];
  const forgeries: [code: string, changes: Record<string, unknown>][] = [
    ['ERR_PROOF_PRINCIPAL', { principal: { userId: world.user(hana).UserId } }],
    ['ERR_PROOF_PRINCIPAL', { principal: { userId: world.user(wren).UserId.toUpperCase() } }],
    ['ERR_PROOF_TARGET', { grant: { accountId: devPayments } }],
    ['ERR_PROOF_TARGET', { grant: { permissionSetArn: administrator } }],
    ['ERR_PROOF_WINDOW', { window: { durationMinutes: 500 } }],
    ['ERR_PROOF_WINDOW', { window: { latestEnd: farFuture } }],
    ['ERR_PROOF_REQUEST', { proof: otherData['proof'] }],
    ['ERR_PROOF_ACCEPTANCE', { acceptance: otherData['acceptance'] }],
    ['ERR_PROOF_DECISIONS', { decisions: otherData['decisions'] }],
    ['ERR_PROOF_DECISIONS', { decisions: [] }],
    ['ERR_PROOF_DECISIONS', { decisions: [decision, decision] }],
    ['ERR_ACCEPTANCE_BREAK_GLASS', { breakGlass: true }],
    ['ERR_EVIDENCE_KEY', { proof: decision }],
    ['ERR_GRANT_USED', {}],
  ];
  for (const [code, changes] of forgeries) {
    forge(world, window, changed(window.detail.data, changes));
    const failed = await world.until('AccessGrantFailed.v1', requestId);
    expect([changes, failed.detail.data['reason']]).toEqual([changes, expect.objectContaining({ code })]);
  }
  await world.pass(1);
  expect(await inProduction(world)).toEqual([world.user(wren).UserId]);
  for (const [account, set] of [[devPayments, 'ReadOnlyAccess'], [devPayments, 'AdministratorAccess'], [prodPayments, 'AdministratorAccess']] as const) {
    expect(await world.assigned(account, world.permissionSet(set).PermissionSetArn)).toEqual([]);
  }
  expect(ofType(world, 'AccessRevoked.v1', requestId)).toEqual([]);
  // What was said of the grant on assignments that are not its own lies with the dead letters, for somebody to look at.
  expect(deadLetters(world)).toEqual(['expiry-inbox']);
  await world.revoke(requestId, wren);
  await world.until('AccessEnded.v1', requestId);
  expect(await inProduction(world)).toEqual([]);
});

it('an end forged for another assignment does not make the real one forgotten', async () => {
  const world = await monday();
  const requestId = await approvedLife(world, { durationMinutes: 60 });
  const granted = await world.until('AccessGranted.v1', requestId);
  const { grantId } = granted.detail.data;
  const assignment = { ...(granted.detail.data['assignment'] as object), principalId: world.user(hana).UserId };
  forge(world, granted, { requestId, grantId, assignment, endedAt: toTimestamp(world.now()), repetition: 0 }, 'AccessExpired.v1', 'team.expiry');
  await world.until('AccessEnded.v1', requestId);
  await world.pass(1);
  await world.revoke(requestId, wren);
  await world.until('AccessRevoked.v1', requestId);
  await world.pass(1);
  expect(await inProduction(world)).toEqual([]);
});

it('an end forged in other letters, before the assignment is heard of, keeps no genuine word of it from counting', async () => {
  const world = await monday();
  const requestId = await approvedLife(world, { durationMinutes: 2, startAt: '2026-03-02T09:10:00.000Z' });
  const approved = await world.until('AccessApproved.v1', requestId);
  const [{ accountId, permissionSetArn } = { accountId: '', permissionSetArn: '' }] = approved.detail.data['grants'] as { accountId: string; permissionSetArn: string }[];
  const assignment = { principalId: world.user(wren).UserId.toUpperCase(), accountId, permissionSetArn };
  const end = { requestId: world.newId(), grantId: world.newId(), assignment, endedAt: toTimestamp(world.now()), repetition: 0 };
  world.inject('team.expiry', 'AccessExpired.v1', { metadata: { eventId: world.newId(), requestId: end.requestId, occurredAt: end.endedAt }, data: end });
  await world.until('AccessEnded.v1', requestId, 20);
  await world.pass(3);
  expect(deadLetters(world)).toEqual([]);
  expect(ofType(world, 'AccessExpired.v1', requestId)).toHaveLength(1);
  expect([await inProduction(world), Object.values(endsOf(world, requestId))]).toEqual([[], [['deleted']]]);
});

it('a window made from a real approval, put in before its start, opens nothing before the start', async () => {
  const world = await monday();
  const startAt = '2026-03-02T09:30:00.000Z';
  const requestId = await askForProduction(world, { startAt, durationMinutes: 2 });
  await world.until('ApprovalRequested.v1', requestId);
  await world.decide(requestId, 'approve', emeka);
  const approved = await world.until('AccessApproved.v1', requestId);
  const { requester, grants, window, breakGlass, acceptance, decisions } = approved.detail.data;
  const [{ proof, ...grant } = { proof: '' }] = grants as { proof: string }[];
  const data = { requestId, principal: requester, grant, window, breakGlass, proof, acceptance, decisions, openedAt: toTimestamp(world.now()) };
  forge(world, approved, data, 'AccessWindowOpened.v1', 'team.expiry');
  await world.pass((Date.parse(startAt) - world.now()) / 60_000 - 0.1);
  expect(ofType(world, 'AccessGranted.v1', requestId)).toEqual([]);
  expect(await inProduction(world)).toEqual([]);
  await world.pass(6);
  expect([await inProduction(world), Object.values(endsOf(world, requestId))]).toEqual([[], [['deleted']]]);
});

it('an acceptance is worth nothing when anything of it was changed', async () => {
  const world = await monday();
  const model = await askForProduction(world);
  const accepted = await world.until('AccessRequestAccepted.v1', model);
  await world.revoke(model, wren);
  await world.until('AccessCancelled.v1', model);
  const [grant] = accepted.detail.data['grants'] as object[];
  const forgeries: Record<string, unknown>[] = [
    { approvalRequired: false },
    { requester: { userId: world.user(hana).UserId } },
    { durationMinutes: 500 },
    { grants: [{ ...grant, accountId: devPayments }] },
    { justification: 'another' },
  ];
  for (const changes of forgeries) {
    forge(world, accepted, changed(accepted.detail.data, changes));
    const requestId = world.newId();
    const data = changed(accepted.detail.data, { ...changes, requestId });
    world.inject('team.request', accepted.detailType, { metadata: { ...accepted.detail.metadata, requestId, eventId: world.newId() }, data });
    await world.pass(0.2);
    expect(outcomesOf(world, requestId)).toEqual([]);
  }
  expect(outcomesOf(world, model)).toEqual(['AccessCancelled.v1']);
  expect(world.system.queues.peek('team-approval-inbox-dlq')).toHaveLength(2 * forgeries.length);
});
