import { machineSource, type MachineClient } from '@team/contracts';
import { startApi } from '../../test/api.ts';
import { alice, dora, engineers, olga } from '../../test/people.ts';
import { account, active, grantId, request, requestIdOf, setArn } from '../../test/requests.ts';

const nightly: MachineClient = { name: 'nightly', clientId: 'client-1', subjects: { groupIds: [engineers], userIds: [] }, capabilities: ['ask', 'read', 'end'] };
const other: MachineClient = { ...nightly, name: 'nightly-2', clientId: 'client-2', subjects: 'everyone' };
/** Registered, and nothing is said of what it may. */
const idle: MachineClient = { name: 'idle', clientId: 'client-3' };
const machines = [nightly, other, idle];
const own = { view: { machine: machineSource(nightly.name) } };
const views = [request(1, own), active(2, own), request(3, { row: { status: 'rejected' }, ...own }), active(4, { view: { machine: machineSource(other.name) } }), request(5)];
const asked = { requestId: requestIdOf(6), targets: [{ accountId: account.accountId, permissionSetArn: setArn }], durationMinutes: 60, for: alice.userName };

function start(machine = nightly) {
  const { call, intents, sources } = startApi(views, [alice, olga, dora], { machines });
  return {
    intents,
    sources,
    async say(path: string, body?: object) {
      const answer = await call(path, { as: machine, ...(body === undefined ? {} : { body }) });
      const answered = (await answer.json()) as { readonly code?: string; readonly [name: string]: unknown };
      return { status: answer.status, code: answered.code, answered };
    },
  };
}

describe('a machine asks', () => {
  it('for whom it is registered for, under a source of its own, and names nobody as who asked', async () => {
    const { say, intents, sources } = start();
    expect(await say('/v1/requests', asked)).toMatchObject({ status: 202 });
    expect(intents.sent).toEqual([{ detailType: 'AccessRequested.v1', data: expect.objectContaining({ requester: alice.userName }) }]);
    expect(intents.sent[0]?.data).not.toHaveProperty('askedBy');
    expect(sources).toEqual(['team.portal.machine.nightly']);
  });

  it('at the wish of a person, who is named', async () => {
    const { say, intents } = start();
    await say('/v1/requests', { ...asked, askedBy: olga.userName });
    expect(intents.sent).toMatchObject([{ data: { requester: alice.userName, askedBy: olga.userName } }]);
  });

  it.each<[string, MachineClient, object, number, string]>([
    ['nobody', nightly, { for: undefined }, 400, 'ERR_MACHINE_FOR_WHOM'],
    ['it under no id, by which it could ask once only', nightly, { requestId: undefined }, 400, 'ERR_MACHINE_REQUEST_ID'],
    ['somebody outside its groups', { ...nightly, subjects: { groupIds: [], userIds: [olga.userId] } }, {}, 403, 'ERR_MACHINE_NOT_FOR_SUBJECT'],
    ['somebody disabled', nightly, { for: dora.userName }, 403, 'ERR_MACHINE_NOT_FOR_SUBJECT'],
    ['somebody whom nobody knows', nightly, { for: 'ghost' }, 403, 'ERR_MACHINE_NOT_FOR_SUBJECT'],
    ['anybody, where it is registered for nobody', { ...idle, capabilities: ['ask'] }, {}, 403, 'ERR_MACHINE_NOT_FOR_SUBJECT'],
    ['break glass', other, { breakGlass: true }, 403, 'ERR_MACHINE_MAY_NOT'],
    ['more of what another machine asked for', nightly, { extends: requestIdOf(4) }, 404, 'ERR_REQUEST_UNKNOWN'],
    ['more of what a person asked for', nightly, { extends: requestIdOf(5) }, 404, 'ERR_REQUEST_UNKNOWN'],
    ['it under the id of another machine', nightly, { requestId: requestIdOf(4) }, 409, 'ERR_REQUEST_ID_TAKEN'],
    ['it under the id of a person', nightly, { requestId: requestIdOf(5) }, 409, 'ERR_REQUEST_ID_TAKEN'],
    ['anything, where it is registered for nothing', idle, {}, 403, 'ERR_MACHINE_MAY_NOT'],
    ['anything, where it may only read', { ...nightly, capabilities: ['read', 'end'] }, {}, 403, 'ERR_MACHINE_MAY_NOT'],
  ])('not for %s', async (_, machine, words, status, code) => {
    const { call, intents } = startApi(views, [alice, olga, dora], { machines: [machine] });
    const answer = await call('/v1/requests', { as: machine, body: { ...asked, ...words } });
    expect([answer.status, await answer.json()]).toEqual([status, expect.objectContaining({ code })]);
    expect(intents.sent).toEqual([]);
  });
});

describe('a machine reads', () => {
  it('what it asked for, whatever became of it, and nothing else', async () => {
    const { say } = start();
    const { answered } = await say('/v1/requests');
    expect(answered['items']).toMatchObject([{ requestId: requestIdOf(1) }, { requestId: requestIdOf(2) }, { requestId: requestIdOf(3) }]);
    for (const n of [1, 2, 3]) expect(await say(`/v1/requests/${requestIdOf(n)}`)).toMatchObject({ status: 200 });
    for (const n of [4, 5, 99]) expect(await say(`/v1/requests/${requestIdOf(n)}`)).toMatchObject({ status: 404, code: 'ERR_REQUEST_UNKNOWN' });
  });

  it('nothing of what the requester did or had', async () => {
    const activity = { reads: 9, writes: 0, errors: 0, afterRemoval: 0, services: [], state: 'complete' as const, collectedAt: '2026-11-30T09:00:00.000Z' };
    const { row, story, ...rest } = active(2, own);
    const view = { ...rest, row, story: { ...story, grants: story.grants.map((grant) => ({ ...grant, activity })) } };
    const { call } = startApi([view], [alice], { machines });
    const detail = await (await call(`/v1/requests/${requestIdOf(2)}`, { as: nightly })).json();
    expect(detail).toMatchObject({ requesterBefore: [], may: { decide: false, cancel: false, end: true, extend: true, review: false } });
    expect(JSON.stringify(detail)).not.toContain('"reads"');
  });

  it('that it may extend what it asked for, once at a time', async () => {
    const extension = request(6, { story: { extends: { requestId: requestIdOf(2) } } });
    const { call } = startApi([active(2, own), extension], [alice], { machines });
    expect(await (await call(`/v1/requests/${requestIdOf(2)}`, { as: nightly })).json()).toMatchObject({ may: { extend: false } });
  });

  it.each(['to-approve', 'to-review', 'decided', 'active', 'all'])('no list %s', async (list) => {
    expect(await start().say(`/v1/requests?list=${list}`)).toMatchObject({ status: 403, code: 'ERR_MACHINE_MAY_NOT' });
  });

  it('nothing where it is not registered for it', async () => {
    const { say } = start(idle);
    for (const path of ['/v1/requests', `/v1/requests/${requestIdOf(1)}`]) expect(await say(path)).toMatchObject({ status: 403, code: 'ERR_MACHINE_MAY_NOT' });
  });
});

describe('a machine ends', () => {
  it('what it asked for, on its own account', async () => {
    const { say, intents, sources } = start();
    expect(await say(`/v1/requests/${requestIdOf(2)}/end`, { grantIds: [grantId], reason: 'done' })).toMatchObject({ status: 202 });
    expect(intents.sent).toEqual([{ detailType: 'AccessRevocationRequested.v1', data: { requestId: requestIdOf(2), grantIds: [grantId], reason: 'done' } }]);
    expect(sources).toEqual(['team.portal.machine.nightly']);
  });

  it.each([
    [nightly, 4, 404, 'ERR_REQUEST_UNKNOWN'],
    [nightly, 5, 404, 'ERR_REQUEST_UNKNOWN'],
    [nightly, 3, 409, 'ERR_REQUEST_OVER'],
    [idle, 1, 403, 'ERR_MACHINE_MAY_NOT'],
  ])('as $name not request %i', async (machine, n, status, code) => {
    const { say, intents } = start(machine);
    expect(await say(`/v1/requests/${requestIdOf(n)}/end`, {})).toMatchObject({ status, code });
    expect(intents.sent).toEqual([]);
  });
});

it('each machine has a rate of its own, and none of it is a person’s', async () => {
  const namesake: MachineClient = { ...nightly, name: alice.userId };
  const { call } = startApi(views, [alice], { machines: [...machines, namesake] });
  const asks = (as: MachineClient | typeof alice) => call('/v1/requests', { as, body: asked });
  for (let n = 0; n < 60; n += 1) await asks(namesake);
  expect((await asks(namesake)).status).toBe(429);
  expect((await asks(other)).status).toBe(202);
  expect((await call('/v1/requests', { as: alice, body: { ...asked, for: undefined } })).status).toBe(202);
});
