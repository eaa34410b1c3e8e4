import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { accessRequestedV1 } from '@team/contracts';
import { toTimestamp } from '@team/runtime';
import { ask, type World } from '../../infra/local/src/play/world.ts';
import { busName } from '../../infra/local/src/system/who.ts';
import { codesOf, devPayments, monday, prodPayments, typesOf, wren } from './worlds.ts';

let world: World;
beforeAll(async () => {
  world = await monday();
});

/** Whatever went wrong before, the next request is served. */
afterEach(async () => {
  const requestId = world.newId();
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, wren, devPayments, 'PowerUserAccess', { durationMinutes: 5 }));
  await world.until('AccessEnded.v1', requestId);
});

const put = (detail: string, detailType = 'AccessRequested.v1', emitter = 'deploy-pipeline', source = 'acme.deploy-pipeline') =>
  world.system.clients(emitter).eventBridge.send(
    new PutEventsCommand({ Entries: [{ EventBusName: busName, Source: source, DetailType: detailType, Detail: detail }] }),
  );

/** An `AccessRequested` with whatever data, well or ill formed. */
function asked(data: object, requestId = world.newId(), eventId = world.newId()): string {
  return JSON.stringify({ metadata: { eventId, requestId, occurredAt: toTimestamp(world.now()) }, data: { requestId, ...data } });
}

const good = () => {
  const { requestId: _chosenLater, ...data } = ask('', wren, prodPayments, 'ReadOnlyAccess');
  return data;
};

describe('at the bus', () => {
  it.each([
    ['malformed JSON', () => put('{"metadata": '), /MalformedDetail/],
    ['300 KB of detail', () => put(asked({ ...good(), justification: 'x'.repeat(300_000) })), /ValidationException|exceeded/],
    ['an unregistered detail-type', () => put(asked(good()), 'Nonsense.v1'), /AccessDenied|not authorized/],
    ["another system's source", () => put(asked(good()), 'AccessRequested.v1', 'deploy-pipeline', 'acme.service-desk'), /not authorized/],
    ['an unknown caller', () => put(asked(good()), 'AccessRequested.v1', 'nobody'), /security token/],
  ])('refuses %s', async (_what, send, words) => {
    const before = world.events().length;
    const outcome = await send().then(
      ({ Entries }) => Entries?.map(({ ErrorCode }) => ErrorCode).join() ?? '',
      (error: unknown) => `${(error as Error).name} ${(error as Error).message}`,
    );
    expect(outcome).toMatch(words);
    expect(world.events()).toHaveLength(before);
  });
});

it.each<[string, string, string, () => object]>([
  ['wrong types', 'ERR_FIELD_INVALID', 'data.durationMinutes', () => ({ ...good(), durationMinutes: 'an hour' })],
  ['a negative duration', 'ERR_FIELD_INVALID', 'data.durationMinutes', () => ({ ...good(), durationMinutes: -5 })],
  [
    '51 targets',
    'ERR_FIELD_INVALID',
    'data.targets',
    () => ({ ...good(), targets: Array.from({ length: 51 }, () => ({ accountId: prodPayments, permissionSetName: 'ReadOnlyAccess' })) }),
  ],
  ['no requester', 'ERR_FIELD_INVALID', 'data.requester', () => ({ ...good(), requester: undefined })],
  ['an unknown requester', 'ERR_USER_UNKNOWN', 'data.requester', () => ({ ...good(), requester: 'nobody@acme.example' })],
  ['a disabled requester', 'ERR_USER_DISABLED', 'data.requester', () => ({ ...good(), requester: 'Sven.Garcia@acme.example' })],
  ['a start that has passed', 'ERR_START_IN_PAST', 'data.startAt', () => ({ ...good(), startAt: '2026-03-01T09:00:00.000Z' })],
  ['no justification', 'ERR_JUSTIFICATION_MISSING', 'data.justification', () => ({ ...good(), justification: '' })],
])('answers %s with %s', async (_what, code, field, data) => {
  const requestId = world.newId();
  await put(asked(data(), requestId));
  const rejected = await world.until('AccessRequestRejected.v1', requestId);
  expect(rejected.detail.data['reasons']).toContainEqual(expect.objectContaining({ code, field }));
});

it.each([
  ['an unknown account', '999999999990', 'ERR_ACCOUNT_UNKNOWN'],
  ['a suspended account', '107516918324', 'ERR_ACCOUNT_NOT_ACTIVE'],
  ['an unknown permission set', prodPayments, 'ERR_PERMISSION_SET_UNKNOWN', 'NoSuchSet'],
])('answers %s with its code and its target', async (_what, accountId, code, set = 'ReadOnlyAccess') => {
  const requestId = world.newId();
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, wren, accountId, set));
  const rejected = await world.until('AccessRequestRejected.v1', requestId);
  expect(rejected.detail.data['reasons']).toContainEqual(expect.objectContaining({ code, target: { accountId, permissionSet: set } }));
});

it('lets the first request stand when its id comes again with other content', async () => {
  const requestId = world.newId();
  const first = ask(requestId, wren, prodPayments, 'ReadOnlyAccess', { durationMinutes: 45 });
  await world.emit('deploy-pipeline', accessRequestedV1, first);
  await world.until('ApprovalRequested.v1', requestId);
  await world.emit('deploy-pipeline', accessRequestedV1, { ...first, durationMinutes: 90 });
  const ignored = await world.until('DuplicateRequestIgnored.v1', requestId);
  expect(codesOf(ignored)).toEqual(['ERR_REQUEST_ID_REUSED']);
  await world.revoke(requestId, wren);
  await world.until('AccessCancelled.v1', requestId);
});

it('answers an event id that comes again with other content under the same request id', async () => {
  const [requestId, eventId] = [world.newId(), world.newId()];
  await put(asked({ ...good(), durationMinutes: 20 }, requestId, eventId));
  await world.until('ApprovalRequested.v1', requestId);
  await put(asked({ ...good(), durationMinutes: 21 }, requestId, eventId));
  expect(codesOf(await world.until('DuplicateRequestIgnored.v1', requestId))).toEqual(['ERR_REQUEST_ID_REUSED']);
  await world.revoke(requestId, wren);
  await world.until('AccessCancelled.v1', requestId);
});

it('refuses a window whose event id was used before with other content, and the grant goes on', async () => {
  const requestId = world.newId();
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, wren, devPayments, 'PowerUserAccess', { durationMinutes: 30 }));
  await world.until('AccessGranted.v1', requestId);
  const window = world.events(requestId).find(({ detailType }) => detailType === 'AccessWindowOpened.v1');
  if (window === undefined) throw new Error('no window was opened');
  world.inject(window.source, window.detailType, { ...window.detail, data: { ...window.detail.data, breakGlass: true } });
  const failed = await world.until('AccessGrantFailed.v1', requestId);
  expect(codesOf(failed)).toEqual(['ERR_EVENT_ID_REUSED']);
  expect(failed.detail.data['final']).toBe(false);
  const ended = await world.until('AccessEnded.v1', requestId, 60);
  expect(ended.detail.data['how']).toBe('deleted');
});

it.each([
  ['an unregistered source', 'acme.unknown', undefined],
  ['an unregistered account', 'acme.deploy-pipeline', '999999999990'],
])('rejects a request from %s that got past the bus policy', async (_what, source, account) => {
  const requestId = world.newId();
  world.inject(source, 'AccessRequested.v1', JSON.parse(asked(good(), requestId)) as object, account);
  expect(codesOf(await world.until('AccessRequestRejected.v1', requestId))).toContain('ERR_EMITTER_UNKNOWN');
});

it('lays down an intent that nobody can be answered about', async () => {
  await put(JSON.stringify({ metadata: {}, data: { requestId: 'not-a-uuid' } }));
  await world.pass(1);
  expect(world.system.queues.peek('team-request-inbox-dlq')).toHaveLength(1);
});

it.each([
  ['somebody who is no approver', 'quinn.eriksen@acme.example', 'ERR_NOT_AN_APPROVER'],
  ['the requester', wren, 'ERR_SELF_APPROVAL'],
  ['the requester in other letters', wren.toUpperCase(), 'ERR_SELF_APPROVAL'],
])('refuses a decision by %s', async (_what, decider, code) => {
  const requestId = world.newId();
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, wren, prodPayments, 'ReadOnlyAccess', { durationMinutes: 33 }));
  await world.until('ApprovalRequested.v1', requestId);
  await world.decide(requestId, 'approve', decider);
  expect(codesOf(await world.until('ApprovalDecisionRefused.v1', requestId))).toContain(code);
  await world.revoke(requestId, wren);
  await world.until('AccessCancelled.v1', requestId);
  expect(typesOf(world.events(requestId))).not.toContain('AccessApproved');
});
