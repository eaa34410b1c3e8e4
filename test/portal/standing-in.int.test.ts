import { ana, askFor, chidi, emeka, fatima, openDoors, prodPayments, wren, zoe, type Answered, type Doors } from './doors.ts';

const quinn = 'quinn.eriksen@acme.example'; // neither leads nor security
const prodSearch = '752297035059';
const prodLedger = '624177419051';

let doors: Doors;
let delegationId: string;
let pending: string;

const idsOf = ({ body }: Answered): readonly string[] => (Array.isArray(body['items']) ? body['items'].map((row: { requestId: string }) => row.requestId) : []);
const waiting = async (userName: string): Promise<readonly string[]> => idsOf(await doors.as(userName, '/v1/requests?list=to-approve'));
const read = (userName: string, requestId: string): Promise<Answered> => doors.as(userName, `/v1/requests/${requestId}`);
const say = (userName: string, requestId: string, verdict = 'approve'): Promise<Answered> => doors.as(userName, `/v1/requests/${requestId}/decisions`, { body: { verdict } });
const hoursAway = (hours: number) => ({ from: new Date(doors.world.now()).toISOString(), until: new Date(doors.world.now() + hours * 3_600_000).toISOString() });
/** What became of it, by the address that was given for it. */
async function delegated(body: object): Promise<Answered> {
  const { status, body: taken, headers } = await doors.as(emeka, '/v1/delegation', { body });
  expect([status, headers.get('location')]).toEqual([202, taken['href']]);
  delegationId = String(taken['delegationId']);
  await doors.settled();
  return doors.as(emeka, String(taken['href']));
}

beforeAll(async () => {
  doors = await openDoors({ mayAskForOthers: [emeka, quinn] });
  pending = await doors.asked(wren, askFor(doors, prodPayments, 'ReadOnlyAccess', { justification: 'the secret plan' }));
});
afterAll(() => doors.close());

it('nobody sees what waits for another before that one is away', async () => {
  expect([await waiting(quinn), (await read(quinn, pending)).status, (await say(quinn, pending)).status]).toEqual([[], 404, 404]);
});

it('why a delegation was refused is told to whose it is, and to nobody else', async () => {
  const refused = await delegated({ delegate: emeka, ...hoursAway(4) });
  expect(refused.body).toMatchObject({ outcome: 'refused', reasons: [{ code: 'ERR_DELEGATION_TO_SELF', message: expect.any(String) }] });
  for (const other of [quinn, ana, chidi]) expect((await doors.as(other, `/v1/delegations/${delegationId}?since=2026-03-02T09:00:00Z`)).body).toMatchObject({ status: 404, code: 'ERR_DELEGATION_UNKNOWN' });
});

it('who stands in sees what waits for that one, decides on it, and the approval service counts it in their place', async () => {
  expect((await delegated({ delegate: quinn, ...hoursAway(4) })).body).toMatchObject({ delegationId, outcome: 'stands', reasons: [] });
  // What was asked for the reads above is a minute old at most.
  await doors.world.pass(61 / 60);
  expect((await doors.as(quinn, '/v1/requests?list=to-approve')).body).toMatchObject({ items: [{ requestId: pending, inPlaceOf: emeka, justification: 'the secret plan' }] });
  expect((await read(quinn, pending)).body).toMatchObject({ may: { decide: true, end: false, cancel: false }, row: { inPlaceOf: emeka }, waitsFor: [{ missing: 1 }] });
  expect((await doors.as(quinn, '/v1/overview')).body).toMatchObject({ counted: 1 });

  expect((await say(quinn, pending)).status).toBe(202);
  const approved = await doors.world.until('AccessApproved.v1', pending);
  expect(approved.detail.data['approvals']).toMatchObject([{ decider: { userId: doors.world.user(quinn).UserId }, onBehalfOf: { userId: doors.world.user(emeka).UserId } }]);
  await doors.settled();
  expect(await waiting(quinn)).toEqual([]);
  expect((await read(quinn, pending)).body).toMatchObject({ decisions: [{ decider: quinn, onBehalfOf: emeka, verdict: 'approve' }], may: { decide: false } });
  expect(idsOf(await doors.as(quinn, '/v1/requests?list=decided'))).toEqual([pending]);
});

it('nobody decides through a delegation on what they or the one who is away asked for', async () => {
  const ask = (userName: string, accountId: string): Promise<string> => doors.asked(userName, askFor(doors, accountId, 'ReadOnlyAccess', { for: zoe }));
  const [theirs, emekas] = [await ask(quinn, prodLedger), await ask(emeka, prodPayments)];
  expect(await waiting(quinn)).toEqual([]);
  expect((await read(quinn, theirs)).body).toMatchObject({ may: { decide: false } });
  expect((await read(quinn, emekas)).status).toBe(404);
  const before = doors.world.events().length;
  expect((await say(quinn, theirs)).body).toMatchObject({ status: 403, code: 'ERR_SELF_APPROVAL' });
  expect((await say(quinn, emekas)).body).toMatchObject({ status: 404, code: 'ERR_REQUEST_UNKNOWN' });
  expect(doors.world.events()).toHaveLength(before);
});

it('a no counts in their place, too', async () => {
  const requestId = await doors.asked(zoe, askFor(doors, prodSearch, 'ReadOnlyAccess'));
  expect(await waiting(quinn)).toEqual([requestId]);
  expect(await waiting(fatima)).toContain(requestId);
  expect((await say(quinn, requestId, 'deny')).status).toBe(202);
  const denied = await doors.world.until('AccessDenied.v1', requestId);
  expect(denied.detail.data['reason']).toMatchObject({ message: expect.stringContaining(`in the place of ${emeka}`) });
});

it('it ends with the delegation: at once for what is done, within a minute for what is read', async () => {
  const requestId = await doors.asked(wren, askFor(doors, prodLedger, 'ReadOnlyAccess'));
  expect(await waiting(quinn)).toEqual([requestId]);
  expect((await delegated({ delegationId, ...hoursAway(4) })).body).toMatchObject({ outcome: 'withdrawn' });
  const before = doors.world.events().length;
  expect((await say(quinn, requestId)).body).toMatchObject({ status: 404, code: 'ERR_REQUEST_UNKNOWN' });
  expect(doors.world.events()).toHaveLength(before);
  await doors.world.pass(61 / 60);
  expect(await waiting(quinn)).toEqual([]);
  expect(idsOf(await doors.as(quinn, '/v1/requests?list=decided'))).toEqual([]);
  for (const id of [pending, requestId]) expect((await read(quinn, id)).status).toBe(404);
});

it('a delegation that runs out gives nothing from its last moment on, though nobody asked anew', async () => {
  const requestId = await doors.asked(wren, askFor(doors, prodPayments, 'ReadOnlyAccess', { startAt: '2026-03-03T09:00:00.000Z' }));
  await delegated({ delegate: quinn, from: new Date(doors.world.now()).toISOString(), until: new Date(doors.world.now() + 90_000).toISOString() });
  await doors.world.pass(61 / 60);
  expect(await waiting(quinn)).toContain(requestId);
  await doors.world.pass(0.5);
  expect([await waiting(quinn), (await read(quinn, requestId)).status, (await say(quinn, requestId)).status]).toEqual([[], 404, 404]);
});
