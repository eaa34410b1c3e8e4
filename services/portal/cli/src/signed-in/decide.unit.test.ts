import { detailOf, me, requestId, rowOf } from '../../test/portal-answers.ts';
import { problem, scriptedPortal, type Answers } from '../../test/scripted-portal.ts';

const other = '3f2a1b4c-0000-4000-8000-000000000002';
const taken = () => Response.json({ requestId, href: `/v1/requests/${requestId}` }, { status: 202 });
const requester = { userId: 'u-alice', userName: 'alice' };
const counted = detailOf({ status: 'scheduled', requester }, { decisions: [{ decider: 'Dana', verdict: 'approve', decidedAt: '2026-11-30T10:00:00.000Z' }] });

/** A portal at which dana decides; looks at the request give these, one after the other. */
function portal(details: readonly unknown[], more: Answers = {}) {
  const left = [...details];
  return scriptedPortal({
    'GET /v1/me': () => me,
    'GET /v1/requests': () => ({ items: [rowOf({ requester }), rowOf({ requestId: other, requester })], now: me.now }),
    [`GET /v1/requests/${requestId}`]: () => (left.length > 1 ? left.shift() : left[0]),
    [`POST /v1/requests/${requestId}/decisions`]: taken,
    ...more,
  });
}

it('decides, and says what for whom when it counts', async () => {
  const { team, sent } = portal([detailOf({ requester }), detailOf({ requester }), counted]);
  expect(await team('approve', requestId, '--comment', 'go on')).toEqual({ code: 0, said: ['Approved 3f2a1b4c: ReadOnlyAccess in Prod 002 (444455556666) for alice.'], remarks: [] });
  expect(sent.find(({ call }) => call.startsWith('POST'))?.body).toEqual({ verdict: 'approve', comment: 'go on' });
});

it('says why a decision does not count that was taken in', async () => {
  const entry = { eventId: 'e-1', at: '2026-11-30T10:00:00.000Z', source: 'team.approval', detailType: 'ApprovalDecisionRefused.v1', text: 'ERR_NOT_AN_APPROVER', answerTo: 'dana' };
  const others = { ...entry, eventId: 'e-2', text: 'ERR_ALREADY_DECIDED', answerTo: 'olga' };
  const { team } = portal([detailOf({ requester }), detailOf({ requester }, { history: [{ ...entry, eventId: 'e-3', disregarded: 'forged' }, others, entry] })]);
  expect(await team('deny', requestId)).toMatchObject({ code: 1, said: [], remarks: [`${requestId}: it does not count: ERR_NOT_AN_APPROVER`] });
});

it('says to sign in again where the sign-in is too old, and decides on nothing more', async () => {
  const tooOld = () => problem(401, 'ERR_SIGN_IN_TOO_OLD', 'sign in again: the last time is more than 15 minutes ago');
  const { team, calls } = portal([detailOf({ requester })], { [`POST /v1/requests/${requestId}/decisions`]: tooOld });
  expect(await team('approve', requestId, other)).toEqual({ code: 4, said: [], remarks: [expect.stringMatching(/\(ERR_SIGN_IN_TOO_OLD\)\nSign in again with: npx team login --portal https:/)] });
  expect(calls().filter((call) => call.startsWith('POST'))).toHaveLength(1);
});

it('goes on with the next where one is refused, and ends with 1', async () => {
  const refused = { [`GET /v1/requests/${other}`]: () => problem(404, 'ERR_REQUEST_UNKNOWN', 'there is none') };
  const { team } = portal([detailOf({ requester }), counted], refused);
  const { code, said } = await team('approve', other, requestId, requestId, '--json');
  expect(code).toBe(1);
  expect(JSON.parse(said.join('\n'))).toEqual([
    { request: other, code: 1, text: expect.stringContaining('ERR_REQUEST_UNKNOWN') },
    { request: requestId, requestId, code: 0, text: expect.stringMatching(/^Approved /) },
  ]);
});

it('gives the outcomes so far where nothing answers any more', async () => {
  const gone = { [`GET /v1/requests/${other}`]: () => Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }) }) };
  const { code, said, remarks } = await portal([detailOf({ requester }), counted], gone).team('approve', requestId, other, '--json');
  expect([code, remarks]).toEqual([3, [expect.stringContaining('ECONNREFUSED')]]);
  expect(JSON.parse(said.join('\n'))).toMatchObject([{ request: requestId, requestId, code: 0 }]);
});

it('takes a beginning for a request only where it is that of one', async () => {
  expect(await portal([]).team('approve', '3f2a1b4c')).toMatchObject({ code: 1, remarks: [expect.stringContaining(`2 requests of yours in to-approve begin with "3f2a1b4c": ${requestId}, ${other}`)] });
  expect(await portal([]).team('approve', '00000000')).toMatchObject({ code: 1, remarks: [expect.stringContaining('no request of yours in to-approve')] });
  expect(await portal([]).team('approve', 'xyz')).toMatchObject({ code: 2 });
  expect(await portal([counted]).team('approve', requestId.slice(0, -1) + '1')).toMatchObject({ code: 0 });
});
