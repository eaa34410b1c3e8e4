import { ana, askFor, chidi, devPayments, emeka, fatima, goro, openDoors, prodPayments, wren, zoe, type Doors } from './doors.ts';

/** Who has read something a moment ago: what was found out about them may be used for a minute, by reads alone. */
let doors: Doors;
beforeEach(async () => {
  doors = await openDoors();
});
afterEach(() => doors.close());

const people = (): Doors['world']['system']['people'] => doors.world.system.people;
const idOf = (userName: string): string => doors.world.user(userName).UserId;
const leaves = (userName: string, group: string): void => people().removeMember(doors.groupId(group), idOf(userName));
const readOnly = (): object => askFor(doors, prodPayments, 'ReadOnlyAccess');
/** A minute after which nothing that was found out before is used any more. */
const aMinute = (): Promise<void> => doors.world.pass(61 / 60);

const statusOf = async (userName: string, path: string, body?: object): Promise<number> => (await doors.as(userName, path, body === undefined ? {} : { body })).status;
const idsIn = async (userName: string, list: string): Promise<readonly unknown[]> => {
  const { body, status } = await doors.as(userName, `/v1/requests?list=${list}`);
  return status === 200 && Array.isArray(body['items']) ? body['items'].map((row: { requestId: string }) => row.requestId) : [status];
};

async function running(): Promise<string> {
  const requestId = await doors.asked(wren, readOnly());
  expect(await statusOf(fatima, `/v1/requests/${requestId}/decisions`, { verdict: 'approve' })).toBe(202);
  await doors.world.until('AccessGranted.v1', requestId);
  await doors.settled();
  return requestId;
}

describe('an approver who left the group', () => {
  it('decides on nothing from that moment on, and reads nothing of it a minute later', async () => {
    const requestId = await doors.asked(wren, readOnly());
    expect(await idsIn(emeka, 'to-approve')).toEqual([requestId]);
    expect((await doors.as(emeka, `/v1/requests/${requestId}`)).body).toMatchObject({ may: { decide: true } });
    leaves(emeka, 'Production Leads');
    const before = doors.world.events().length;
    expect(await statusOf(emeka, `/v1/requests/${requestId}/decisions`, { verdict: 'approve' })).toBe(404);
    expect(doors.world.events()).toHaveLength(before);
    await aMinute();
    expect(await idsIn(emeka, 'to-approve')).toEqual([]);
    expect(await statusOf(emeka, `/v1/requests/${requestId}`)).toBe(404);
    expect((await doors.as(emeka, '/v1/overview')).body).toMatchObject({ counted: 0, activeNow: 0 });
    expect((await doors.as(emeka, '/v1/me')).body).toMatchObject({ personas: { approver: false } });
  });

  it('is not believed where what they said was on its way already', async () => {
    const requestId = await doors.asked(wren, readOnly());
    expect(await statusOf(emeka, `/v1/requests/${requestId}/decisions`, { verdict: 'approve' })).toBe(202);
    leaves(emeka, 'Production Leads');
    await doors.world.pass(1);
    expect(doors.world.events(requestId).map(({ detailType }) => detailType)).not.toContain('AccessApproved.v1');
  });

  it('ends nothing that they could end, and sees none of it a minute later', async () => {
    const requestId = await running();
    expect(await idsIn(goro, 'active')).toEqual([requestId]);
    leaves(goro, 'Production Leads');
    expect(await statusOf(goro, `/v1/requests/${requestId}/end`, {})).toBe(404);
    await aMinute();
    expect(await idsIn(goro, 'active')).toEqual([]);
    expect(await statusOf(goro, `/v1/requests/${requestId}`)).toBe(404);
  });

  it('reads nothing of others either on which they decided once', async () => {
    const requestId = await running();
    expect(await idsIn(fatima, 'decided')).toEqual([requestId]);
    leaves(fatima, 'Production Leads');
    expect(await statusOf(fatima, `/v1/requests/${requestId}/end`, {})).toBe(404);
    await aMinute();
    expect(await idsIn(fatima, 'decided')).toEqual([]);
    expect(await statusOf(fatima, `/v1/requests/${requestId}`)).toBe(404);
    expect((await doors.as(fatima, '/v1/overview')).body).toMatchObject({ counted: 0, activeNow: 0, byAccount: [] });
  });
});

describe('a requester who left the group', () => {
  it('gets nothing that they ask for from that moment on, and is offered nothing a minute later', async () => {
    const devOf = async (): Promise<unknown[]> => (await doors.as(wren, '/v1/askable')).body['items'] as unknown[];
    // Found out a moment before they leave, and used as late as it may be for something else that is remembered.
    await doors.as(wren, '/v1/me');
    leaves(wren, 'Developers');
    await doors.world.pass(59 / 60);
    await devOf();
    const asked = askFor(doors, devPayments, 'PowerUserAccess');
    const { body } = await doors.as(wren, '/v1/requests', { body: asked });
    const rejected = await doors.world.until('AccessRequestRejected.v1', String(body['requestId']), 1);
    expect(rejected.detail.data).toMatchObject({ reasons: [{ code: 'ERR_NOT_ELIGIBLE' }] });
    expect((await doors.as(wren, '/v1/preview', { body: asked })).body).toMatchObject({ allowed: false });
    await doors.world.pass(2 / 60);
    expect(await devOf()).toEqual([]);
  });
});

describe('who was let into the group just now', () => {
  it('decides at once', async () => {
    const requestId = await doors.asked(wren, readOnly());
    expect(await statusOf(zoe, `/v1/requests/${requestId}/decisions`, { verdict: 'approve' })).toBe(404);
    people().addMember(doors.groupId('Production Leads'), idOf(zoe));
    expect(await statusOf(zoe, `/v1/requests/${requestId}/decisions`, { verdict: 'approve' })).toBe(202);
  });
});

describe.each([
  ['an auditor', chidi, 'TEAM Auditors'],
  ['an administrator', ana, 'TEAM Admins'],
])('%s who is none any more', (_who, userName, group) => {
  it('ends nothing from that moment on, and reads nothing of others a minute later', async () => {
    const requestId = await running();
    expect(await idsIn(userName, 'all')).toEqual([requestId]);
    expect((await doors.as(userName, '/v1/overview')).body).toMatchObject({ counted: 1 });
    leaves(userName, group);
    expect(await statusOf(userName, `/v1/requests/${requestId}/end`, {})).toBe(404);
    await aMinute();
    expect(await idsIn(userName, 'all')).toEqual([403]);
    expect(await idsIn(userName, 'active')).toEqual([]);
    expect(await statusOf(userName, `/v1/requests/${requestId}`)).toBe(404);
    expect((await doors.as(userName, '/v1/overview')).body).toMatchObject({ counted: 0, activeNow: 0 });
  });

  // What runs may be ended by whom the limits named when it was approved: that is frozen in its proof.
  it('takes nothing back from the moment on when the limits name others, and reads nothing of others a minute later', async () => {
    const requestId = await doors.asked(wren, readOnly());
    expect(await idsIn(userName, 'all')).toEqual([requestId]);
    const { policies } = doors.world.system.options;
    const nobody = { groupIds: [], userIds: [] };
    await doors.world.system.seed({ ...policies, limits: { ...policies.limits, auditors: nobody, administrators: { groupIds: [], userIds: [idOf('bo.haddad@acme.example')] } } });
    expect(await statusOf(userName, `/v1/requests/${requestId}/end`, {})).toBe(404);
    await aMinute();
    expect(await idsIn(userName, 'all')).toEqual([403]);
    expect(await statusOf(userName, `/v1/requests/${requestId}`)).toBe(404);
  });
});

describe('somebody who is disabled', () => {
  it('commands nothing from that moment on, and reads nothing a minute later', async () => {
    const requestId = await doors.asked(wren, readOnly());
    for (const userName of [wren, emeka, ana]) await doors.as(userName, '/v1/me');
    for (const userName of [wren, emeka, ana]) people().disableUser(idOf(userName));
    const before = doors.world.events().length;
    expect(await statusOf(wren, '/v1/requests', readOnly())).toBe(401);
    expect(await statusOf(wren, `/v1/requests/${requestId}/end`, {})).toBe(401);
    expect(await statusOf(emeka, `/v1/requests/${requestId}/decisions`, { verdict: 'approve' })).toBe(401);
    expect(await statusOf(ana, `/v1/requests/${requestId}/end`, {})).toBe(401);
    expect(doors.world.events()).toHaveLength(before);
    await aMinute();
    for (const userName of [wren, emeka, ana]) {
      for (const path of ['/v1/me', '/v1/requests', '/v1/overview', '/v1/askable', `/v1/requests/${requestId}`]) expect([userName, path, await statusOf(userName, path)]).toEqual([userName, path, 401]);
    }
  });

  it('is nobody where they were deleted, also for who is given their name', async () => {
    const requestId = await doors.asked(wren, readOnly());
    people().deleteUser(idOf(wren));
    people().createUser(wren);
    await aMinute();
    expect(await idsIn(wren, 'mine')).toEqual([]);
    expect(await statusOf(wren, `/v1/requests/${requestId}`)).toBe(404);
    expect(await statusOf(wren, `/v1/requests/${requestId}/end`, {})).toBe(404);
  });
});
