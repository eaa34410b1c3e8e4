import { accessRequestedV1, type AccessRequestedV1, type AccessRequestRejectedV1 } from '@team/contracts';
import { ask } from '../../infra/local/src/play/world.ts';
import { ana, askFor, chidi, emeka, fatima, keiko, openDoors, prodPayments, wren, zoe, type Doors } from './doors.ts';

const dev = '671620953885';

let doors: Doors;
/** What Wren asked for and has. */
let running: string;
/** What Keiko asked for Zoe, who has it. */
let forZoe: string;
beforeAll(async () => {
  doors = await openDoors({ mayAskForOthers: [keiko, emeka] });
  running = await doors.asked(wren, askFor(doors, prodPayments, 'ReadOnlyAccess', { justification: 'the secret plan' }));
  await doors.as(emeka, `/v1/requests/${running}/decisions`, { body: { verdict: 'approve' } });
  await doors.world.until('AccessGranted.v1', running);
  forZoe = await doors.asked(keiko, askFor(doors, dev, 'PowerUserAccess', { for: zoe, durationMinutes: 30 }), 'AccessGranted.v1');
});
afterAll(() => doors.close());

const extending = (more: object = {}): object => askFor(doors, dev, 'PowerUserAccess', { extends: forZoe, durationMinutes: 20, ...more });
const previewed = async (userName: string, body: object): Promise<unknown> => (await doors.as(userName, '/v1/preview', { body })).body;
const refusedFor = (code: string, message = ''): object => ({ allowed: false, targets: [{ allowed: false, reasons: [{ code, message: expect.stringContaining(message) }] }] });
const shown = async (userName: string, requestId: string): Promise<unknown> => (await doors.as(userName, `/v1/requests/${requestId}`)).body;
const dataOf = (requestId: string, type: string): Readonly<Record<string, unknown>> => doors.world.events(requestId).find(({ detailType }) => detailType === type)?.detail.data ?? {};
const rejectedFor = async (requestId: string): Promise<readonly string[]> => {
  const { reasons } = (await doors.world.until('AccessRequestRejected.v1', requestId, 1)).detail.data as AccessRequestRejectedV1;
  await doors.settled();
  return reasons.map(({ code }) => code);
};

// Keiko and Emeka may ask for others, Fatima may end it, Chidi and Ana see everything: none of them has it, or asked for it.
it.each([zoe, keiko, emeka, fatima, chidi, ana])("nobody else's access goes on by %s, whatever they say, and nothing of it is told", async (stranger) => {
  expect(await shown(stranger, running)).not.toMatchObject({ may: { extend: true } });
  const before = doors.world.events().length;
  for (const more of [{}, { for: wren }, { for: stranger }, { requestId: doors.world.newId() }]) {
    for (const path of ['/v1/requests', '/v1/preview']) {
      const answer = await doors.as(stranger, path, { body: askFor(doors, prodPayments, 'ReadOnlyAccess', { extends: running, ...more }) });
      expect([answer.status, answer.body['code']]).toEqual([404, 'ERR_REQUEST_UNKNOWN']);
      expect(answer.text).not.toMatch(/secret|wren|active/i);
    }
  }
  expect(doors.world.events()).toHaveLength(before);
});

it.each<[string, Partial<AccessRequestedV1>, string, RegExp]>([
  ['for whoever asks', { requester: zoe }, zoe, /secret|wren/i],
  ['for somebody else than whose it is', { requester: zoe, askedBy: keiko }, keiko, /secret|wren/i],
  ['by somebody who may ask for others, and did not ask for it', { askedBy: keiko }, keiko, /secret/i],
])('who judges refuses it too, where the portal let it through, and tells nothing of it: %s', async (_, words, stranger, told) => {
  const requestId = doors.world.newId();
  await doors.world.emit('portal', accessRequestedV1, { ...ask(requestId, wren, prodPayments, 'ReadOnlyAccess'), extends: running, ...words });
  expect(await rejectedFor(requestId)).toEqual(['ERR_EXTENDS_OTHERS']);
  const { status, text } = await doors.as(stranger, `/v1/requests/${requestId}`);
  expect([status, text]).toEqual([200, expect.not.stringMatching(told)]);
  // Whose it is hears nothing of it there, and may have it go on as before.
  const theirs = await doors.as(wren, `/v1/requests/${running}`);
  expect(theirs.text).not.toContain(requestId);
  expect(theirs.body).toMatchObject({ may: { extend: true } });
});

it.each([
  [wren, ['ERR_EXTENDS_OTHERS']],
  // Whom no policy allows it either.
  [keiko, ['ERR_EXTENDS_OTHERS', 'ERR_NOT_ELIGIBLE']],
  [emeka, ['ERR_EXTENDS_OTHERS', 'ERR_NOT_ELIGIBLE']],
])('who asked for it can have it go on for nobody else: %s', async (other, codes) => {
  const { body } = await doors.as(keiko, '/v1/requests', { body: extending({ for: other }) });
  expect(await rejectedFor(String(body['requestId']))).toEqual(codes);
});

it('goes on by whoever asked for it, and is judged for whoever has it', async () => {
  for (const userName of [zoe, keiko]) expect(await shown(userName, forZoe)).toMatchObject({ may: { extend: true } });
  // She may not have it herself.
  expect((await doors.as(keiko, '/v1/preview', { body: askFor(doors, dev, 'PowerUserAccess') })).body).toMatchObject({ allowed: false });
  expect(await previewed(keiko, extending())).toMatchObject({ allowed: true });
  const requestId = await doors.asked(keiko, extending(), 'AccessGranted.v1');
  expect(dataOf(requestId, 'AccessRequestAccepted.v1')).toMatchObject({ requester: { userName: zoe }, askedBy: { userName: keiko }, extends: forZoe, stretch: { requestId: forZoe, durationMinutes: 50 } });
  const oldEnd = Date.parse(String(dataOf(forZoe, 'AccessGranted.v1')['endsAt']));
  expect(dataOf(requestId, 'AccessGranted.v1')).toMatchObject({ endsAt: new Date(oldEnd + 20 * 60_000).toISOString() });
  const assigned = await doors.world.assigned(dev, doors.world.permissionSet('PowerUserAccess').PermissionSetArn);
  expect(assigned).toContain(doors.world.user(zoe).UserId);
  expect(assigned).not.toContain(doors.world.user(keiko).UserId);
  for (const userName of [zoe, keiko]) expect(await shown(userName, requestId)).toMatchObject({ row: { requester: { userName: zoe }, askedBy: keiko, extends: forZoe }, extends: forZoe, may: { extend: true } });
  // What goes on already goes on no further by itself.
  for (const userName of [zoe, keiko]) expect(await shown(userName, forZoe)).toMatchObject({ row: { status: 'active' }, may: { extend: false } });
  expect(await previewed(keiko, extending())).toMatchObject(refusedFor('ERR_EXTENDS_TWICE', requestId));

  // Whose it is goes on with that by themselves; that is theirs alone then.
  const own = await doors.asked(zoe, extending({ extends: requestId, durationMinutes: 10 }), 'AccessGranted.v1');
  expect(dataOf(own, 'AccessRequestAccepted.v1')).toMatchObject({ requester: { userName: zoe }, stretch: { requestId: forZoe, durationMinutes: 60 } });
  expect(dataOf(own, 'AccessRequestAccepted.v1')).not.toHaveProperty('askedBy');
  expect((await doors.as(keiko, '/v1/requests', { body: extending({ extends: own, for: zoe }) })).status).toBe(404);
  // Nor is who did not ask for it told which it is, where it stands in the way of theirs, neither beforehand nor afterwards; who has it is.
  const again = extending({ extends: requestId });
  const beforehand = await previewed(keiko, again);
  expect(beforehand).toMatchObject(refusedFor('ERR_EXTENDS_TWICE', 'by somebody else'));
  expect(JSON.stringify(beforehand)).not.toContain(own);
  const { body } = await doors.as(keiko, '/v1/requests', { body: again });
  expect(await rejectedFor(String(body['requestId']))).toEqual(['ERR_EXTENDS_TWICE']);
  expect((await doors.as(keiko, `/v1/requests/${String(body['requestId'])}`)).text).not.toContain(own);
  expect(await previewed(zoe, again)).toMatchObject(refusedFor('ERR_EXTENDS_TWICE', own));
});

it('is refused before it is sent where it is too long with what it extends, in the words of who judges it', async () => {
  const body = askFor(doors, prodPayments, 'ReadOnlyAccess', { extends: running, durationMinutes: 100 });
  const preview = await previewed(wren, body);
  expect(preview).toMatchObject(refusedFor('ERR_DURATION_TOO_LONG'));
  // By itself it is not.
  expect(await previewed(wren, askFor(doors, prodPayments, 'ReadOnlyAccess', { durationMinutes: 100 }))).toMatchObject({ allowed: true });
  const { body: taken } = await doors.as(wren, '/v1/requests', { body });
  const { reasons } = (await doors.world.until('AccessRequestRejected.v1', String(taken['requestId']), 1)).detail.data as AccessRequestRejectedV1;
  expect(preview).toMatchObject({ targets: [{ reasons: reasons.map(({ code, message }) => ({ code, message })) }] });
});

it('is asked for once at a time: as long as one waits, nobody is offered another', async () => {
  expect(await shown(wren, running)).toMatchObject({ may: { extend: true } });
  const body = askFor(doors, prodPayments, 'ReadOnlyAccess', { extends: running, durationMinutes: 20 });
  const requestId = await doors.asked(wren, body);
  expect(await shown(wren, running)).toMatchObject({ may: { extend: false } });
  expect(await previewed(wren, body)).toMatchObject(refusedFor('ERR_EXTENDS_TWICE'));
  await doors.as(wren, `/v1/requests/${requestId}/end`, { body: {} });
  await doors.world.until('AccessCancelled.v1', requestId);
  await doors.settled();
  expect(await shown(wren, running)).toMatchObject({ may: { extend: true } });
  expect(await previewed(wren, body)).toMatchObject({ allowed: true });
});

it('is approved by neither of the two', async () => {
  const first = await doors.asked(emeka, askFor(doors, prodPayments, 'ReadOnlyAccess', { for: zoe }));
  await doors.as(fatima, `/v1/requests/${first}/decisions`, { body: { verdict: 'approve' } });
  await doors.world.until('AccessGranted.v1', first);
  await doors.settled();
  const requestId = await doors.asked(emeka, askFor(doors, prodPayments, 'ReadOnlyAccess', { extends: first, durationMinutes: 20 }));
  for (const person of [emeka, zoe]) {
    expect(await shown(person, requestId)).toMatchObject({ may: { decide: false } });
    expect((await doors.as(person, `/v1/requests/${requestId}/decisions`, { body: { verdict: 'approve' } })).body).toMatchObject({ status: 403 });
  }
  await doors.as(fatima, `/v1/requests/${requestId}/decisions`, { body: { verdict: 'approve' } });
  await doors.world.until('AccessGranted.v1', requestId);
});
