import type { RequestDetail } from '../../../api/src/contract/index.ts';
import { activeFor, detailOf, me, readProduction, requestId } from '../../test/portal-answers.ts';
import { problem, scriptedPortal, type Answers } from '../../test/scripted-portal.ts';

const { accountId, permissionSetArn } = readProduction;
const drawn = '018f6b7a-0000-7000-9000-000000000001';
const wanted = ['ensure', '--account', accountId, '--permission-set', permissionSetArn, '--minutes', '60'];
const allowed = { accountId, permissionSetArn, allowed: true, approvalRequired: false, reasons: [], warnings: [], stages: [] };

/** A portal at which dana has these. */
function portal(details: readonly RequestDetail[], more: Answers = {}) {
  const found = Object.fromEntries(details.map((detail) => [`GET /v1/requests/${detail.row.requestId}`, () => detail]));
  return scriptedPortal({
    'GET /v1/me': () => me,
    'GET /v1/askable': () => ({ items: [readProduction] }),
    'GET /v1/requests': (_, { searchParams }) => ({ items: details.flatMap(({ row }) => (row.status === searchParams.get('status') ? [row] : [])), now: me.now }),
    'POST /v1/preview': () => ({ allowed: true, targets: [allowed] }),
    'POST /v1/requests': () => Response.json({ requestId: drawn, href: '/' }, { status: 202 }),
    [`GET /v1/requests/${drawn}`]: () => activeFor(60, { requestId: drawn }),
    ...found,
    ...more,
  });
}
const askedIn = ({ sent }: ReturnType<typeof portal>) => sent.find(({ call }) => call === 'POST /v1/requests')?.body;

it('does nothing where it is there', async () => {
  const there = portal([activeFor(40)]);
  expect(await there.team(...wanted)).toMatchObject({ code: 0, said: [expect.stringMatching(/^The access is there: /)] });
  expect(askedIn(there)).toBeUndefined();
});

it('asks where it is not, and ends with 0 when it is', async () => {
  const nothing = portal([]);
  expect((await nothing.team(...wanted, '--why', 'nightly')).code).toBe(0);
  expect(askedIn(nothing)).toEqual({ requestId: drawn, targets: [{ accountId, permissionSetArn }], durationMinutes: 60, justification: 'nightly' });
});

it('extends what ends too soon', async () => {
  const short = portal([activeFor(10)]);
  expect((await short.team(...wanted)).code).toBe(0);
  expect(askedIn(short)).toMatchObject({ extends: requestId, durationMinutes: 50 });
});

it('waits for what was asked for, and ends with 1 where that is denied', async () => {
  const details = [detailOf({}, { waitsFor: [] }), detailOf({ status: 'denied' })];
  const waiting = portal([detailOf()], { [`GET /v1/requests/${requestId}`]: () => (details.length > 1 ? details.shift() : details[0]) });
  expect(await waiting.team(...wanted)).toMatchObject({ code: 1, said: ['The request is over: denied.'] });
  expect(askedIn(waiting)).toBeUndefined();
});

it('waits for what was asked for and nobody has judged yet', async () => {
  const details = [detailOf({ requester: { userName: me.userName.toUpperCase() } }), detailOf({ status: 'denied' })];
  const waiting = portal(details.slice(0, 1), { [`GET /v1/requests/${requestId}`]: () => (details.length > 1 ? details.shift() : details[0]) });
  expect((await waiting.team(...wanted)).code).toBe(1);
  expect(askedIn(waiting)).toBeUndefined();
});

it('counts nothing that was asked for somebody else', async () => {
  const theirs = portal([activeFor(60, { requester: { userId: 'u-alice', userName: 'alice' }, askedBy: 'dana' })]);
  expect((await theirs.team(...wanted)).code).toBe(0);
  expect(askedIn(theirs)).not.toHaveProperty('extends');
});

it('ends with 1 where it would be refused, 2 where it makes no sense, 4 where nobody is signed in any more', async () => {
  const refused = { ...allowed, allowed: false, reasons: [{ code: 'ERR_NOT_ELIGIBLE', message: 'no policy allows it' }] };
  expect((await portal([], { 'POST /v1/preview': () => ({ allowed: false, targets: [refused] }) }).team(...wanted)).code).toBe(1);
  expect((await portal([]).team(...wanted, '--remaining', '61')).code).toBe(2);
  expect((await portal([], { 'GET /v1/askable': () => problem(401, 'ERR_TOKEN_INVALID', 'expired') }).team(...wanted)).code).toBe(4);
});

it('extends by hand all that is active, in the words of the request', async () => {
  const may = { decide: false, cancel: false, end: true, extend: true, review: false };
  const running = portal([activeFor(10, { justification: 'a slow query', ticket: 'OPS-1', breakGlass: true }, { may })]);
  expect(await running.team('extend', requestId.slice(0, 8), '--minutes', '30')).toMatchObject({ code: 1, remarks: [expect.stringContaining('no request of yours')] });
  expect((await running.team('extend', requestId, '--minutes', '30')).code).toBe(0);
  expect(askedIn(running)).toEqual({ requestId: drawn, extends: requestId, targets: [{ accountId, permissionSetArn }], durationMinutes: 30, justification: 'a slow query', ticket: 'OPS-1', breakGlass: true });
  expect(await portal([detailOf({ status: 'ended' })]).team('extend', requestId, '--minutes', '30')).toMatchObject({ code: 1, remarks: ['request 3f2a1b4c is ended; there is no access to extend'] });
});
