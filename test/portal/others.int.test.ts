import { accessRequestedV1 } from '@team/contracts';
import { ask } from '../../infra/local/src/play/world.ts';
import { organization } from '../journeys/fixture.ts';
import { ana, askFor, chidi, devPayments, emeka, fatima, ines, keiko, nightly, openDoors, prodPayments, wren, zoe, type Answered, type Doors } from './doors.ts';

const jonas = 'jonas.dubois@acme.example'; // SRE
const dev = '671620953885';
const lists = ['mine', 'to-approve', 'to-review', 'decided', 'active'];

let doors: Doors;
let pending: string;
let running: string;
beforeAll(async () => {
  doors = await openDoors({ mayAskForOthers: [keiko, emeka] });
  running = await doors.asked(wren, askFor(doors, prodPayments, 'ReadOnlyAccess', { justification: 'the secret plan', ticket: 'SECRET-1' }));
  await doors.as(emeka, `/v1/requests/${running}/decisions`, { body: { verdict: 'approve', comment: 'a secret comment' } });
  await doors.world.until('AccessGranted.v1', running);
  pending = await doors.asked(wren, askFor(doors, '624177419051', 'ReadOnlyAccess', { justification: 'the secret plan' }));
});
afterAll(() => doors.close());

const idsOf = ({ body }: Answered): readonly string[] => (Array.isArray(body['items']) ? body['items'].map((row: { requestId: string }) => row.requestId) : []);
const read = (userName: string, path: string): Promise<Answered> => doors.as(userName, path);
const asked = async (userName: string, body: object): Promise<string> => String((await doors.as(userName, '/v1/requests', { body })).body['requestId']);

describe('what others have asked for', () => {
  it.each([zoe, keiko, jonas])('is in no list of %s, whatever is filtered by, and wherever a list is gone on with', async (stranger) => {
    const { body } = await read(chidi, '/v1/requests?list=all&limit=1');
    const cursor = encodeURIComponent(String(body['next']));
    expect(body['next']).toBeDefined();
    for (const list of lists) {
      for (const filter of ['', `&person=${wren}`, `&person=${wren.toUpperCase()}`, `&accountId=${prodPayments}`, '&status=pending', '&status=active', `&after=${cursor}`, '&after=9999-12-31T00:00:00.000Z%2300000000-0000-4000-8000-000000000000', '&limit=200']) {
        const answer = await read(stranger, `/v1/requests?list=${list}${filter}`);
        expect([list, filter, answer.status, idsOf(answer), answer.body['next']]).toEqual([list, filter, 200, [], undefined]);
      }
    }
  });

  it.each([zoe, keiko, jonas])('is in no count of %s, and not told under its own id', async (stranger) => {
    const overview = await read(stranger, '/v1/overview');
    expect(overview.body).toMatchObject({ counted: 0, activeNow: 0, byStatus: [], byAccount: [], byPermissionSet: [] });
    expect(overview.body).not.toHaveProperty('approvalSeconds');
    for (const id of [pending, running]) {
      for (const answer of [await read(stranger, `/v1/requests/${id}`), await doors.as(stranger, `/v1/requests/${id}/end`, { body: {} }), await doors.as(stranger, `/v1/requests/${id}/decisions`, { body: { verdict: 'approve' } })]) {
        expect(answer.body).toMatchObject({ status: 404, code: 'ERR_REQUEST_UNKNOWN' });
        expect(answer.text).not.toMatch(/secret|wren|active|pending/i);
      }
    }
  });

  it('is told an approver as far as it is theirs to decide, and nothing else', async () => {
    expect(idsOf(await read(fatima, '/v1/requests?list=to-approve'))).toEqual([pending]);
    expect(idsOf(await read(fatima, '/v1/requests?list=active'))).toEqual([running]);
    expect(idsOf(await read(fatima, '/v1/requests?list=mine'))).toEqual([]);
    const theirs = await doors.asked(zoe, askFor(doors, devPayments, 'PowerUserAccess'), 'AccessGranted.v1');
    for (const list of lists) expect(idsOf(await read(jonas, `/v1/requests?list=${list}`))).not.toContain(theirs);
    expect((await read(jonas, `/v1/requests/${theirs}`)).status).toBe(404);
    expect((await read(ana, `/v1/requests/${theirs}`)).status).toBe(200);
  });
});

describe('asking for somebody else', () => {
  it('gives them access, and nobody else, and says who asked', async () => {
    const requestId = await doors.asked(keiko, askFor(doors, dev, 'PowerUserAccess', { for: zoe }), 'AccessGranted.v1');
    const assigned = await doors.world.assigned(dev, doors.world.permissionSet('PowerUserAccess').PermissionSetArn);
    expect(assigned).toContain(doors.world.user(zoe).UserId);
    expect(assigned).not.toContain(doors.world.user(keiko).UserId);
    expect((await read(keiko, `/v1/requests/${requestId}/activity`)).body).toMatchObject({ status: 403, code: 'ERR_ACTIVITY_OF_ANOTHER' });
    for (const userName of [zoe, chidi, ana]) expect((await read(userName, `/v1/requests/${requestId}/activity`)).status).toBe(200);
    for (const userName of [zoe, keiko]) expect((await read(userName, `/v1/requests/${requestId}`)).body).toMatchObject({ row: { requester: { userName: zoe }, askedBy: keiko } });
    expect((await read(wren, `/v1/requests/${requestId}`)).status).toBe(404);
  });

  it('tells nothing of what they had before', async () => {
    const requestId = await doors.asked(keiko, askFor(doors, prodPayments, 'ReadOnlyAccess', { for: wren, startAt: '2026-03-03T09:00:00.000Z' }));
    const target = [{ permissionSetName: 'ReadOnlyAccess', times: 1 }];
    for (const [userName, requesterBefore] of [[keiko, []], [wren, target], [fatima, target], [chidi, target]] as const) {
      expect([userName, (await read(userName, `/v1/requests/${requestId}`)).body]).toMatchObject([userName, { requesterBefore }]);
    }
    // Theirs is still nobody else's: neither the list of who asked, nor its counts, hold more than what they asked for.
    expect(idsOf(await read(keiko, '/v1/requests'))).not.toContain(running);
  });

  it('is no way to decide on it oneself', async () => {
    const body = (more: object) => ({ body: askFor(doors, '752297035059', 'ReadOnlyAccess', more) });
    const [theirs, own] = [await doors.as(emeka, '/v1/preview', body({ for: zoe })), await doors.as(zoe, '/v1/preview', body({}))];
    expect([theirs.text, own.text]).toEqual([expect.not.stringContaining(emeka), expect.stringContaining(emeka)]);
    expect(theirs.text).toContain(fatima);
    const requestId = await doors.asked(emeka, body({ for: zoe }).body);
    expect((await doors.as(emeka, `/v1/requests/${requestId}/decisions`, { body: { verdict: 'approve' } })).body).toMatchObject({ status: 403, code: 'ERR_SELF_APPROVAL' });
    expect(idsOf(await read(emeka, '/v1/requests?list=to-approve'))).not.toContain(requestId);
    expect((await read(emeka, `/v1/requests/${requestId}`)).body).toMatchObject({ may: { decide: false } });
  });

  it('breaks no glass', async () => {
    const body = askFor(doors, prodPayments, 'BreakGlass', { breakGlass: true, durationMinutes: 5, for: ines });
    expect((await doors.as(keiko, '/v1/requests', { body })).body).toMatchObject({ status: 403, code: 'ERR_BREAK_GLASS_FOR_ANOTHER' });
  });

  it.each([
    ['neither name nor id of anybody', 'nobody@acme.example'],
    ['a name with a wildcard', '*'],
    ['a NUL after the name', `${wren}\u0000`],
    ['a name with a look-alike', wren.replace('e', 'е')],
  ])('is refused by who judges: %s', async (_what, other) => {
    const requestId = await asked(keiko, askFor(doors, devPayments, 'PowerUserAccess', { for: other }));
    expect((await doors.world.until('AccessRequestRejected.v1', requestId, 1)).detail.data).toMatchObject({ reasons: expect.arrayContaining([expect.objectContaining({ code: 'ERR_USER_UNKNOWN' })]) });
    await doors.settled();
    for (const userName of [wren, zoe]) expect(idsOf(await read(userName, '/v1/requests'))).not.toContain(requestId);
  });
});

describe('what somebody else may ask for', () => {
  const listed = ['/v1/askable', '/v1/bundles'];
  const of = (path: string, name: string): string => `${path}?for=${encodeURIComponent(name)}`;

  it.each(listed)('%s tells who may ask for others what they are told themselves', async (path) => {
    for (const other of [zoe, jonas, fatima]) {
      const own = await read(other, path);
      expect(own.body['items']).toEqual(expect.any(Array));
      for (const name of [other, other.toUpperCase(), doors.world.user(other).UserId]) expect(await read(keiko, of(path, name))).toMatchObject({ status: 200, body: own.body });
    }
    // Of a page, where it goes on.
    const [page, theirs] = [await read(keiko, `${of('/v1/askable', zoe)}&limit=2`), await read(zoe, '/v1/askable?limit=2')];
    expect([page.body, page.body['next']]).toEqual([theirs.body, expect.any(String)]);
  });

  it.each(listed)('%s tells nothing of it to anybody else, not even who there is', async (path) => {
    const said = new Set<string>();
    for (const caller of [wren, jonas, fatima, chidi, ana]) {
      for (const name of [zoe, keiko, 'nobody@acme.example', `${caller}\u0000`, ` ${caller}`, '*', doors.world.user(zoe).UserId]) {
        const { status, body } = await read(caller, of(path, name));
        expect([caller, name, status, body['code']]).toEqual([caller, name, 403, 'ERR_MAY_NOT_ASK_FOR_OTHERS']);
        said.add(String(body['detail']));
      }
      for (const question of [`for=${caller}&for=${zoe}`, 'for=', `for=${'a'.repeat(5_000)}`]) expect((await read(caller, `${path}?${question}`)).status).toBe(400);
      // What is misspelled is one's own list.
      for (const question of [`For=${zoe}`, `for[]=${zoe}`, `user=${zoe}`]) expect(await read(caller, `${path}?${question}`)).toMatchObject({ status: 200, body: (await read(caller, path)).body });
    }
    expect(said.size).toBe(1);
    expect((await doors.asMachine(nightly, of(path, wren))).body).toMatchObject({ status: 403, code: 'ERR_MACHINE_MAY_NOT' });
  });

  it.each(listed)('%s says who is not there, or disabled, to who may ask', async (path) => {
    const disabled = organization.Users.find(({ UserStatus }) => UserStatus !== 'ENABLED');
    for (const name of ['nobody@acme.example', '*', `${zoe}\u0000`]) expect((await read(keiko, of(path, name))).body).toMatchObject({ status: 400, code: 'ERR_USER_UNKNOWN' });
    expect((await read(keiko, of(path, String(disabled?.UserName)))).body).toMatchObject({ status: 400, code: 'ERR_USER_DISABLED' });
  });
});

describe('the id of a request', () => {
  it('that is taken adds nothing to what is told of theirs', async () => {
    const answer = await doors.as(zoe, '/v1/requests', { body: askFor(doors, prodPayments, 'ReadOnlyAccess', { requestId: pending, justification: 'planted' }) });
    expect(answer.body).toMatchObject({ status: 409, code: 'ERR_REQUEST_ID_TAKEN' });
    expect((await read(wren, `/v1/requests/${pending}`)).text).not.toContain('planted');
  });

  it('that two people choose in the same moment is one of the two, and the other one learns nothing', async () => {
    const requestId = doors.world.newId();
    const body = (justification: string) => askFor(doors, '752297035059', 'ReadOnlyAccess', { requestId, justification });
    const taken = [await doors.as(wren, '/v1/requests', { body: body('the first secret') }), await doors.as(zoe, '/v1/requests', { body: body('the second') })];
    expect(taken.map(({ status }) => status)).toEqual([202, 202]);
    await doors.world.until('ApprovalRequested.v1', requestId, 1);
    await doors.settled();
    const [theirs, others] = [await read(wren, `/v1/requests/${requestId}`), await read(zoe, `/v1/requests/${requestId}`)];
    expect([theirs.status, others.status]).toEqual([200, 404]);
    expect(theirs.body).toMatchObject({ row: { requester: { userName: wren }, justification: 'the first secret', status: 'pending' } });
    expect((await doors.as(zoe, `/v1/requests/${requestId}/end`, { body: {} })).status).toBe(404);
  });
});

describe('standing in', () => {
  it('is arranged by who is away, and taken back by nobody else', async () => {
    const time = { from: new Date(doors.world.now()).toISOString(), until: new Date(doors.world.now() + 86_400_000).toISOString() };
    const { body } = await doors.as(emeka, '/v1/delegation', { body: { delegate: jonas, ...time } });
    await doors.world.until('DelegationChanged.v1', undefined, 1);
    const { delegationId } = body;
    for (const change of [{ delegationId, ...time }, { delegationId, delegate: zoe, ...time }]) {
      expect((await doors.as(fatima, '/v1/delegation', { body: change })).status).toBe(202);
      await doors.world.until('DelegationRefused.v1', undefined, 1);
    }
    for (const more of [{ delegator: emeka }, { submittedBy: emeka }]) expect((await doors.as(fatima, '/v1/delegation', { body: { delegate: zoe, ...time, ...more } })).status).toBe(400);
  });
});

describe('a name that an emitter wrote', () => {
  it('puts nothing before approvers, and in the lists of who is named only what is said to be theirs and came to nothing', async () => {
    const requestId = doors.world.newId();
    await doors.world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, emeka, prodPayments, 'ReadOnlyAccess', { justification: 'please approve', askedBy: zoe }));
    await doors.world.until('AccessRequestRejected.v1', requestId, 1);
    await doors.settled();
    for (const list of lists.slice(1)) expect(idsOf(await read(emeka, `/v1/requests?list=${list}`))).not.toContain(requestId);
    const row = await read(emeka, `/v1/requests/${requestId}`);
    expect(row.body).toMatchObject({ row: { status: 'rejected', askedBy: zoe }, history: expect.arrayContaining([expect.objectContaining({ source: 'acme.deploy-pipeline' })]) });
    // What is counted is what is listed: in the lists of who is named, and of nobody else who may not read everything.
    expect((await read(emeka, '/v1/overview')).body).toMatchObject({ byStatus: expect.arrayContaining([{ name: 'rejected', count: 1 }]) });
    expect((await read(wren, '/v1/overview')).text).not.toContain('rejected');
    expect((await read(wren, `/v1/requests/${requestId}`)).status).toBe(404);
  });
});
