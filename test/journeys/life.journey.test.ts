import { accessRequestedV1, requestStatus } from '@team/contracts';
import { ask } from '../../infra/local/src/play/world.ts';
import { codesOf, devPayments, emeka, hana, monday, prodPayments, typesOf, wren } from './worlds.ts';

/** Hours pass, minute by minute: a busy machine must not reach it. */
const patienceMs = 60_000;

it('gives several targets under one request, each its own grant, approved together', async () => {
  const world = await monday();
  const requestId = world.newId();
  const targets = [prodPayments, '752297035059', '624177419051'].map((accountId) => ({ accountId, permissionSetName: 'ReadOnlyAccess' }));
  await world.emit('deploy-pipeline', accessRequestedV1, { ...ask(requestId, wren, prodPayments, 'ReadOnlyAccess'), targets });
  await world.until('ApprovalRequested.v1', requestId);
  await world.decide(requestId, 'approve', emeka);
  await world.pass(5);
  const granted = world.events(requestId).filter(({ detailType }) => detailType === 'AccessGranted.v1');
  expect(new Set(granted.map(({ detail }) => detail.data['grantId'])).size).toBe(3);
  await world.pass(65);
  const ended = world.events(requestId).filter(({ detailType }) => detailType === 'AccessEnded.v1');
  expect(new Set(ended.map(({ detail }) => detail.data['grantId'])).size).toBe(3);
  expect(requestStatus(['ended', 'ended', 'ended'])).toBe('ended');
}, patienceMs);

it('needs every stage of the policy that names the permission set, by different people', async () => {
  const world = await monday();
  const requestId = world.newId();
  const request = ask(requestId, 'keiko.kowalski@acme.example', prodPayments, 'AdministratorAccess', { ticket: { id: 'OPS-1' } });
  await world.emit('deploy-pipeline', accessRequestedV1, request);
  await world.until('ApprovalRequested.v1', requestId);
  await world.decide(requestId, 'approve', emeka);
  await world.until('ApprovalRequested.v1', requestId);
  await world.decide(requestId, 'approve', emeka);
  await world.until('ApprovalDecisionRefused.v1', requestId);
  expect(typesOf(world.events(requestId))).not.toContain('AccessApproved');
  await world.decide(requestId, 'approve', 'ines.lindqvist34@acme.example');
  await world.until('AccessGranted.v1', requestId);
}, patienceMs);

it('opens scheduled access at its start, to two seconds, if the person is still eligible', async () => {
  const world = await monday();
  const requestId = world.newId();
  const startAt = '2026-03-02T11:30:00.000Z';
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, wren, devPayments, 'PowerUserAccess', { startAt, durationMinutes: 30 }));
  await world.until('AccessScheduled.v1', requestId);
  const opened = await world.until('AccessWindowOpened.v1', requestId, 180);
  expect(typesOf(world.events(requestId))).toContain('EligibilityConfirmed');
  const lateMs = Date.parse(String(opened.detail.data['openedAt'])) - Date.parse(startAt);
  expect(lateMs).toBeGreaterThanOrEqual(0);
  expect(lateMs).toBeLessThanOrEqual(2_000);
}, patienceMs);

it('never opens scheduled access of somebody who left the group', async () => {
  const world = await monday();
  const requestId = world.newId();
  const startAt = '2026-03-02T11:30:00.000Z';
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, wren, devPayments, 'PowerUserAccess', { startAt, durationMinutes: 30 }));
  await world.until('AccessScheduled.v1', requestId);
  const developers = world.organization.Groups.find(({ DisplayName }) => DisplayName === 'Developers');
  world.system.people.removeMember(String(developers?.GroupId), world.user(wren).UserId);
  const lapsed = await world.until('EligibilityLapsed.v1', requestId, 180);
  expect(codesOf(lapsed)).toEqual(['ERR_NOT_ELIGIBLE']);
  await world.until('AccessEnded.v1', requestId, 60);
  expect(typesOf(world.events(requestId))).not.toContain('AccessWindowOpened');
}, patienceMs);

it('ends access of a user who was deleted meanwhile', async () => {
  const world = await monday();
  const requestId = world.newId();
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, wren, devPayments, 'PowerUserAccess', { durationMinutes: 30 }));
  await world.until('AccessGranted.v1', requestId);
  world.system.people.deleteUser(world.user(wren).UserId);
  await world.until('AccessEnded.v1', requestId, 60);
  expect(await world.assigned(devPayments, world.permissionSet('PowerUserAccess').PermissionSetArn)).toEqual([]);
}, patienceMs);

it('never deletes an assignment that was there before', async () => {
  const world = await monday();
  const set = world.permissionSet('PowerUserAccess').PermissionSetArn;
  const byHand = { AccountId: devPayments, PermissionSetArn: set, PrincipalType: 'USER' as const, PrincipalId: world.user(wren).UserId };
  world.system.ssoAdmin.assignByHand(byHand);
  const requestId = world.newId();
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, wren, devPayments, 'PowerUserAccess', { durationMinutes: 30 }));
  expect((await world.until('AccessGranted.v1', requestId)).detail.data['how']).toBe('existed_before');
  expect((await world.until('AccessEnded.v1', requestId, 60)).detail.data['how']).toBe('existed_before');
  expect(world.system.ssoAdmin.holds(byHand)).toBe(true);
}, patienceMs);

it('says why when Identity Center fails a creation', async () => {
  const world = await monday();
  world.system.ssoAdmin.failNext('creation', 'the role could not be provisioned');
  const requestId = world.newId();
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, wren, devPayments, 'PowerUserAccess', { durationMinutes: 30 }));
  const failed = await world.until('AccessGrantFailed.v1', requestId);
  expect(JSON.stringify(failed.detail.data['reason'])).toContain('the role could not be provisioned');
  expect(failed.detail.data['final']).toBe(true);
}, patienceMs);

it('deletes again until AWS says it is done', async () => {
  const world = await monday();
  const requestId = world.newId();
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, wren, devPayments, 'PowerUserAccess', { durationMinutes: 30 }));
  await world.until('AccessGranted.v1', requestId);
  for (let n = 0; n < 4; n += 1) world.system.ssoAdmin.failNext('deletion', 'try again later');
  const delayed = await world.until('AccessRemovalDelayed.v1', requestId, 60);
  expect(delayed.detail.data['attempts']).toBe(3);
  expect((await world.until('AccessEnded.v1', requestId, 60)).detail.data['how']).toBe('deleted');
}, patienceMs);

it('expires a request that nobody decides, after a reminder', async () => {
  const world = await monday();
  const requestId = world.newId();
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, wren, prodPayments, 'ReadOnlyAccess'));
  await world.until('ApprovalReminded.v1', requestId, 200);
  await world.until('ApprovalExpired.v1', requestId, 200);
  await world.decide(requestId, 'approve', emeka);
  expect(codesOf(await world.until('ApprovalDecisionRefused.v1', requestId))).toContain('ERR_REQUEST_OVER');
}, patienceMs);

it('cancels a waiting request for its requester and not for a stranger', async () => {
  const world = await monday();
  const requestId = world.newId();
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, wren, prodPayments, 'ReadOnlyAccess'));
  await world.until('ApprovalRequested.v1', requestId);
  await world.revoke(requestId, 'quinn.eriksen@acme.example');
  await world.until('CancellationRefused.v1', requestId);
  await world.revoke(requestId, wren, 'no longer needed');
  await world.until('AccessCancelled.v1', requestId);
}, patienceMs);

it('lets an approver revoke what they may approve, and refuses a stranger', async () => {
  const world = await monday();
  const requestId = world.newId();
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, wren, prodPayments, 'ReadOnlyAccess'));
  await world.until('ApprovalRequested.v1', requestId);
  await world.decide(requestId, 'approve', emeka);
  await world.until('AccessGranted.v1', requestId);
  await world.revoke(requestId, 'quinn.eriksen@acme.example');
  await world.until('AccessRevocationRefused.v1', requestId);
  await world.revoke(requestId, hana, 'incident');
  expect((await world.until('AccessEnded.v1', requestId)).detail.data['how']).toBe('deleted');
}, patienceMs);
