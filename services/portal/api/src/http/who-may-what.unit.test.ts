import { delegationRefusedV1, machineSource, type MachineClient } from '@team/contracts';
import { buildEvent } from '@team/testing';
import type { SignedIn } from '../application/ports.ts';
import { startApi } from '../../test/api.ts';
import { ada, alice, approvers, bob, dora, fakePeople, olga, rudi, vera } from '../../test/people.ts';
import { account, active, request, requestIdOf, setArn, theApprovers } from '../../test/requests.ts';
import { changeId, fakeAudit, governedServices, policy, proposal } from '../../test/services.ts';

const pending = requestIdOf(1);
const running = requestIdOf(2);
const reviewed = requestIdOf(3);
const byMachine = requestIdOf(4);
/** It may do whatever a machine may, for everybody. */
const robot: MachineClient = { name: 'robot', clientId: 'robot', subjects: 'everyone', capabilities: ['ask', 'read', 'end'] };
const views = [
  request(1),
  active(2),
  request(3, {
    row: { status: 'ended', breakGlass: true },
    story: { breakGlass: true, review: { status: 'waiting', reviewBy: '2026-12-01T00:00:00.000Z', reviewers: theApprovers } },
  }),
  request(4, { view: { machine: machineSource(robot.name) } }),
];
/** Bob is no administrator any more; Rudi proposed the other. */
const ownChangeId = '018f6b7a-0000-7000-9000-00000000cc02';
const said = { chain: 'source#team.request#2026-11-30', recordedAt: '2026-11-30T09:00:00.000Z', source: 'team.request', account: '999988887777', eventId: 'any', detail: { data: { changeId, reasons: [{ code: 'ERR_VERSION_CONFLICT', message: 'look again' }] } }, detailType: 'PolicyChangeRefused.v1' };
const ownDelegation = '018f6b7a-0000-7000-9000-00000000dd01';
/** A delegation of Olga's. */
const refusedDelegation = { chain: 'source#team.approval#2026-11-30', recordedAt: said.recordedAt, source: 'team.approval', account: said.account, eventId: 'other', detailType: 'DelegationRefused.v1', detail: buildEvent(delegationRefusedV1, { delegationId: ownDelegation, delegator: olga.userName, reasons: [{ code: 'ERR_DELEGATION_TO_SELF', message: 'olga cannot stand in for themselves' }] }).detail };
const services = governedServices([proposal(bob), proposal(rudi, ownChangeId)], { audit: fakeAudit({ recorded: async () => ({ events: [said, refusedDelegation] }) }) });
const change = { kind: 'EligibilityPolicy', id: 'engineers', expectedVersion: 1, policy: policy() };
const asked = { targets: [{ accountId: account.accountId, permissionSetArn: setArn }], durationMinutes: 60 };

const standingIn = fakePeople({ [vera.userId]: [{ userId: bob.userId, userName: bob.userName, groupIds: [approvers] }] });

/** In this order in the table: nobody, who asked, somebody else who asks, an approver, an auditor, an administrator, somebody disabled, a machine, who stands in for the approver. */
const callers: readonly (readonly [string, SignedIn | MachineClient | undefined])[] = [
  ['nobody', undefined],
  ['the requester', alice],
  ['another requester', olga],
  ['an approver', bob],
  ['an auditor', ada],
  ['an administrator', rudi],
  ['somebody disabled', dora],
  ['a machine', robot],
  ['who stands in for the approver', vera],
];

const table: readonly { readonly path: string; readonly body?: object; readonly expected: readonly number[] }[] = [
  { path: '/healthz', expected: [200, 200, 200, 200, 200, 200, 200, 200, 200] },
  { path: '/v1/openapi.json', expected: [200, 200, 200, 200, 200, 200, 200, 200, 200] },
  { path: '/v1/configuration', expected: [200, 200, 200, 200, 200, 200, 200, 200, 200] },
  { path: '/v1/me', expected: [401, 200, 200, 200, 200, 200, 403, 403, 200] },
  { path: '/v1/askable', expected: [401, 200, 200, 200, 200, 200, 403, 403, 200] },
  { path: '/v1/bundles', expected: [401, 200, 200, 200, 200, 200, 403, 403, 200] },
  { path: `/v1/askable?for=${alice.userName}`, expected: [401, 200, 403, 403, 403, 403, 403, 403, 403] },
  { path: `/v1/bundles?for=${alice.userName}`, expected: [401, 200, 403, 403, 403, 403, 403, 403, 403] },
  { path: '/v1/overview', expected: [401, 200, 200, 200, 200, 200, 403, 403, 200] },
  { path: '/v1/requests', expected: [401, 200, 200, 200, 200, 200, 403, 200, 200] },
  { path: '/v1/requests?list=to-approve', expected: [401, 200, 200, 200, 200, 200, 403, 403, 200] },
  { path: '/v1/requests?list=decided', expected: [401, 200, 200, 200, 200, 200, 403, 403, 200] },
  { path: '/v1/requests?list=active', expected: [401, 200, 200, 200, 200, 200, 403, 403, 200] },
  { path: '/v1/requests?list=all', expected: [401, 403, 403, 403, 200, 200, 403, 403, 403] },
  { path: '/v1/preview', body: asked, expected: [401, 200, 200, 200, 200, 200, 403, 403, 200] },
  { path: '/v1/preview', body: { ...asked, targets: [{ bundle: 'any' }] }, expected: [401, 200, 200, 200, 200, 200, 403, 403, 200] },
  { path: '/v1/requests', body: { ...asked, targets: [{ bundle: 'any' }] }, expected: [401, 202, 202, 202, 202, 202, 403, 400, 202] },
  { path: '/v1/requests', body: asked, expected: [401, 202, 202, 202, 202, 202, 403, 400, 202] },
  { path: `/v1/requests/${pending}`, expected: [401, 200, 404, 200, 200, 200, 403, 404, 200] },
  { path: `/v1/requests/${running}`, expected: [401, 200, 404, 200, 200, 200, 403, 404, 404] },
  { path: `/v1/requests/${requestIdOf(99)}`, expected: [401, 404, 404, 404, 404, 404, 403, 404, 404] },
  { path: `/v1/requests/${pending}/end`, body: {}, expected: [401, 202, 404, 403, 403, 202, 403, 404, 403] },
  { path: `/v1/requests/${running}/end`, body: {}, expected: [401, 202, 404, 202, 403, 202, 403, 404, 404] },
  { path: '/v1/requests', body: { ...asked, for: alice.userName, requestId: requestIdOf(9) }, expected: [401, 202, 403, 403, 403, 403, 403, 202, 403] },
  { path: '/v1/requests', body: { ...asked, targets: [{ bundle: 'any' }], for: alice.userName, requestId: requestIdOf(8) }, expected: [401, 202, 403, 403, 403, 403, 403, 202, 403] },
  { path: `/v1/requests/${byMachine}`, expected: [401, 200, 404, 200, 200, 200, 403, 200, 200] },
  { path: `/v1/requests/${byMachine}/end`, body: {}, expected: [401, 202, 404, 403, 403, 202, 403, 202, 403] },
  { path: `/v1/requests/${byMachine}/decisions`, body: { verdict: 'approve' }, expected: [401, 403, 404, 202, 403, 403, 403, 403, 202] },
  { path: `/v1/requests/${pending}/decisions`, body: { verdict: 'approve' }, expected: [401, 403, 404, 202, 403, 403, 403, 403, 202] },
  { path: `/v1/requests/${running}/decisions`, body: { verdict: 'deny' }, expected: [401, 403, 404, 409, 409, 409, 403, 403, 404] },
  { path: `/v1/requests/${running}/activity`, expected: [401, 200, 404, 200, 200, 200, 403, 403, 404] },
  { path: `/v1/requests/${running}/verify`, body: {}, expected: [401, 403, 403, 403, 200, 200, 403, 403, 403] },
  { path: `/v1/requests/${requestIdOf(99)}/verify`, body: {}, expected: [401, 403, 403, 403, 404, 404, 403, 403, 403] },
  { path: '/v1/audit/questions', body: { op: 'stalled' }, expected: [401, 403, 403, 403, 200, 200, 403, 403, 403] },
  { path: '/v1/audit/questions', body: { op: 'requests', by: { person: alice.userName } }, expected: [401, 403, 403, 403, 200, 200, 403, 403, 403] },
  { path: '/v1/audit/questions', body: { op: 'held', person: alice.userName, from: '2026-11-01T00:00:00Z', to: '2026-12-01T00:00:00Z' }, expected: [401, 403, 403, 403, 200, 200, 403, 403, 403] },
  { path: '/v1/policies', expected: [401, 403, 403, 403, 200, 200, 403, 403, 403] },
  { path: '/v1/policies/plan', body: { kind: 'EligibilityPolicy', policy: policy() }, expected: [401, 403, 403, 403, 200, 200, 403, 403, 403] },
  { path: '/v1/policies/explain', body: { person: alice.userName, account: account.accountId, permissionSet: 'ReadOnlyAccess' }, expected: [401, 403, 403, 403, 200, 200, 403, 403, 403] },
  { path: '/v1/policies/changes', body: change, expected: [401, 403, 403, 403, 403, 202, 403, 403, 403] },
  { path: '/v1/policies/changes', body: { kind: 'Limits', id: 'limits', expectedVersion: 1 }, expected: [401, 403, 403, 403, 403, 400, 403, 403, 403] },
  { path: `/v1/policies/changes/${changeId}`, expected: [401, 403, 403, 403, 200, 200, 403, 403, 403] },
  { path: `/v1/policies/changes/${requestIdOf(99)}`, expected: [401, 403, 403, 403, 404, 404, 403, 403, 403] },
  { path: `/v1/policies/changes/${changeId}/decisions`, body: { verdict: 'agree' }, expected: [401, 403, 403, 403, 403, 202, 403, 403, 403] },
  { path: `/v1/policies/changes/${ownChangeId}/decisions`, body: { verdict: 'agree' }, expected: [401, 403, 403, 403, 403, 403, 403, 403, 403] },
  { path: `/v1/policies/changes/${requestIdOf(99)}/decisions`, body: { verdict: 'disagree' }, expected: [401, 403, 403, 403, 403, 404, 403, 403, 403] },
  { path: '/v1/delegations', expected: [401, 200, 200, 200, 200, 200, 403, 403, 200] },
  { path: `/v1/delegations/${ownDelegation}?since=2026-11-30T08:59:00Z`, expected: [401, 404, 200, 404, 404, 404, 403, 403, 404] },
  { path: `/v1/delegations/${requestIdOf(99)}?since=2026-11-30T08:59:00Z`, expected: [401, 404, 404, 404, 404, 404, 403, 403, 404] },
  { path: '/v1/delegation', body: { delegate: 'olga@acme.example', from: '2026-12-01T00:00:00Z', until: '2026-12-08T00:00:00Z' }, expected: [401, 202, 202, 202, 202, 202, 403, 403, 202] },
  { path: `/v1/requests/${reviewed}/review`, body: { verdict: 'justified' }, expected: [401, 403, 404, 202, 403, 403, 403, 403, 404] },
  { path: `/v1/requests/${pending}/review`, body: { verdict: 'justified' }, expected: [401, 403, 404, 409, 409, 409, 403, 403, 409] },
];

const people = callers.flatMap(([, caller]) => (caller === undefined || 'clientId' in caller ? [] : caller));

const cases = table.flatMap(({ path, body, expected }) =>
  callers.map(([who, as], place) => ({ verb: body === undefined ? 'GET' : 'POST', path, body, who, as, expected: expected[place] ?? 0 })),
);

it.each(cases)('$verb $path by $who: $expected', async ({ path, body, as, expected }) => {
  const { call, intents, signer } = startApi(views, people, { services, machines: [robot], people: standingIn });
  const answer = await call(path, { ...(as === undefined ? {} : { as }), ...(body === undefined ? {} : { body }) });
  const text = await answer.text();
  expect([answer.status, text]).toEqual([expected, expect.any(String)]);
  expect(answer.headers.get('content-type')).toMatch(expected >= 400 ? /^application\/problem\+json/ : /^application\/json/);
  if (expected < 400) return;
  expect(JSON.parse(text)).toMatchObject({ status: expected, code: expect.stringMatching(/^ERR_[A-Z_]+$/), instance: expect.stringMatching(/^urn:uuid:/) });
  expect(intents.sent).toEqual([]);
  expect(signer.signed).toEqual([]);
});

it('says the same of a request that one may not see as of one that is not there', async () => {
  const { call } = startApi(views, [olga]);
  const answers = [pending, requestIdOf(99)].map(async (id) => {
    const problem: unknown = await (await call(`/v1/requests/${id}`, { as: olga })).json();
    return JSON.stringify(problem).replaceAll(id, 'ID').replace(/urn:uuid:[0-9a-f-]+/, 'INSTANCE');
  });
  const [hidden, missing] = await Promise.all(answers);
  expect(hidden).toBe(missing);
});

it('tells who stands in for an approver what waits for that one, and as soon as they stand in no more, nothing', async () => {
  const listed = async (port: ReturnType<typeof fakePeople>): Promise<unknown> => {
    const { call } = startApi(views, [vera], { people: port });
    return { ...((await (await call('/v1/requests?list=to-approve', { as: vera })).json()) as object), status: (await call(`/v1/requests/${pending}`, { as: vera })).status };
  };
  expect(await listed(standingIn)).toMatchObject({ items: [{ requestId: pending, inPlaceOf: bob.userName }, { requestId: byMachine, inPlaceOf: bob.userName }], status: 200 });
  expect(await listed(fakePeople())).toMatchObject({ items: [], status: 404 });
});

it('tells another requester nothing of any request, in any list', async () => {
  const { call } = startApi(views, [olga]);
  for (const list of ['mine', 'to-approve', 'decided', 'active']) {
    for (const filter of ['', `&person=${alice.userName}`, `&accountId=${account.accountId}`, '&status=pending']) {
      const answer = await call(`/v1/requests?list=${list}${filter}`, { as: olga });
      expect(await answer.json()).toMatchObject({ items: [] });
    }
  }
  expect(await (await call('/v1/overview', { as: olga })).json()).toMatchObject({ counted: 0, activeNow: 0, byStatus: [], byAccount: [] });
});
