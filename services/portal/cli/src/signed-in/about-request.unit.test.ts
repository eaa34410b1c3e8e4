import { detailOf, grantOf, me, requestId, rowOf } from '../../test/portal-answers.ts';
import { scriptedPortal, type Answers } from '../../test/scripted-portal.ts';
import { unreachable } from '../failure.ts';

const taken = () => Response.json({ requestId, href: '/' }, { status: 202 });
let events = 0;
const entry = (detailType: string, text: string, answerTo?: string) => ({ eventId: `e-${(events += 1)}`, at: '2026-11-30T10:00:00.000Z', source: 'team.any', detailType, text, ...(answerTo === undefined ? {} : { answerTo }) });
const refusedBefore = entry('AccessRevocationRefused.v1', 'it was not yours', 'dana');
const active = detailOf({ status: 'active' }, { grants: [grantOf()] });
const ended = detailOf({ status: 'revoked' }, { grants: [grantOf({ status: 'ending' })] });

/** A portal at which looks at the request give these, one after the other. */
function portal(details: readonly unknown[], more: Answers = {}, options: Parameters<typeof scriptedPortal>[1] = {}) {
  const left = [...details];
  return scriptedPortal(
    {
      'GET /v1/me': () => me,
      'GET /v1/requests': () => ({ items: [rowOf()], now: me.now }),
      [`GET /v1/requests/${requestId}`]: () => (left.length > 1 ? left.shift() : left[0]),
      [`POST /v1/requests/${requestId}/end`]: taken,
      [`POST /v1/requests/${requestId}/review`]: taken,
      ...more,
    },
    options,
  );
}

it('ends access, and says so when it is judged', async () => {
  const { team, sent } = portal([active, active, ended]);
  expect(await team('end', requestId, '--reason', 'done')).toEqual({ code: 0, said: ['1 grant ended: ReadOnlyAccess in Prod 002 (444455556666).'], remarks: [] });
  expect(sent.find(({ call }) => call.startsWith('POST'))?.body).toEqual({ reason: 'done' });
});

it('shows in whose place one decides, and others decided', async () => {
  const decisions = [{ decider: 'zoe', onBehalfOf: 'emeka', verdict: 'approve', decidedAt: '2026-11-30T10:00:00.000Z' }];
  const { said } = await portal([detailOf({ inPlaceOf: 'fatima' }, { decisions })]).team('show', requestId);
  expect(said.join('\n')).toMatch(/you decide in place of fatima[^]*approve by zoe in place of emeka at /);
});

it('takes back what waits, by the beginning of its id', async () => {
  expect(await portal([detailOf(), detailOf({ status: 'cancelled' })]).team('end', '3f2a1b4c')).toMatchObject({ code: 0, said: ['Request 3f2a1b4c is cancelled.'] });
});

it('asks for nothing to end where nothing goes on', async () => {
  const { team, calls } = portal([ended]);
  expect(await team('end', requestId)).toMatchObject({ code: 0, said: ['There was nothing left to end: revoked.'] });
  expect(calls().filter((call) => call.startsWith('POST'))).toEqual([]);
  expect(await portal([detailOf({ status: 'denied' })]).team('end', requestId)).toMatchObject({ code: 0, said: ['There was nothing left to end: denied.'] });
});

it('asks for nothing to end where the grant that is meant is over, while others go on, nor for one that there is not', async () => {
  const [over, other] = [grantOf({ status: 'ended' }), '3f2a1b4c-0000-4000-8000-0000000000bb'];
  const { team, calls } = portal([detailOf({ status: 'active' }, { grants: [over, grantOf({ grantId: other })] })]);
  expect(await team('end', requestId, '--grant', over.grantId)).toEqual({ code: 0, said: ['There was nothing left to end: active.'], remarks: [] });
  expect(await team('end', requestId, '--grant', requestId)).toEqual({ code: 1, said: [], remarks: [`request ${requestId} has no grant ${requestId}`] });
  expect(calls().filter((call) => call.startsWith('POST'))).toEqual([]);
});

it('ends with 1 where an end is refused, or not answered', async () => {
  const refused = { ...active, history: [entry('AccessRevocationRefused.v1', 'it is not yours', 'Dana')] };
  expect(await portal([active, refused]).team('end', requestId)).toMatchObject({ code: 1, remarks: ['not ended: it is not yours'] });
  expect(await portal([active]).team('end', requestId)).toMatchObject({ code: 1, remarks: [expect.stringMatching(/^no answer .* for 15 s/)] });
});

it.each([
  ['is that of another person', [], [entry('AccessRevocationRefused.v1', 'it is not theirs', 'olga')]],
  ['is that of a program', [], [entry('AccessRevocationRefused.v1', 'it is not its own')]],
  ['was there before, and an older event came late', [refusedBefore], [entry('AccessGranted.v1', 'it is there'), refusedBefore]],
])('is not told that its end is refused where the refusal %s', async (_, history, later) => {
  expect(await portal([{ ...active, history }, { ...active, history: later }, ended]).team('end', requestId)).toMatchObject({ code: 0, remarks: [] });
});

it('reviews a break glass, and says when it counts, or why it does not', async () => {
  const waiting = detailOf({ status: 'ended', breakGlass: true }, { review: { status: 'waiting' } });
  const reviewed = { ...waiting, review: { status: 'reviewed', verdict: 'justified', by: 'dana' } };
  const { team, sent } = portal([waiting, waiting, reviewed]);
  expect(await team('review', requestId, 'justified', '--comment', 'as reported')).toEqual({ code: 0, said: ['Reviewed 3f2a1b4c: justified, by dana.'], remarks: [] });
  expect(sent.find(({ call }) => call.startsWith('POST'))?.body).toEqual({ verdict: 'justified', comment: 'as reported' });
  expect(await portal([waiting, { ...waiting, history: [entry('AccessReviewRefused.v1', 'too late', 'dana')] }]).team('review', requestId, 'justified')).toMatchObject({ code: 1, remarks: ['it does not count: too late'] });
});

it('says that a review does not count where another was first', async () => {
  const waiting = detailOf({ status: 'ended', breakGlass: true }, { review: { status: 'waiting' } });
  const byAnother = { ...waiting, review: { status: 'reviewed', verdict: 'not-justified', by: 'olga' } };
  const refused = { ...byAnother, history: [entry('AccessReviewRefused.v1', 'it has been reviewed', 'dana')] };
  expect(await portal([waiting, byAnother, refused]).team('review', requestId, 'justified')).toEqual({ code: 1, said: [], remarks: ['it does not count: it has been reviewed'] });
});

it('shows a request, and gives all of it as JSON', async () => {
  const detail = { ...active, history: [entry('AccessGranted.v1', 'it is there\u001b[2J')] };
  const { code, said } = await portal([detail]).team('show', requestId);
  expect([code, said[0], said.at(-1)]).toEqual([0, `request ${requestId}`, '  2026-11-30 10:00:00Z  team.any → AccessGranted.v1  it is there�[2J']);
  expect(said).toEqual(expect.arrayContaining(['  ReadOnlyAccess in Prod 002 (444455556666)  active', `    grant ${grantOf().grantId}`]));
  expect(JSON.parse((await portal([detail]).team('show', requestId, '--json')).said.join(''))).toMatchObject({ row: { requestId } });
});

it('is for the local run where somebody is named or a place is, or nobody is signed in', async () => {
  const connect = () => {
    throw unreachable('this is the local run');
  };
  for (const argv of [['end', requestId, '--as', 'dana'], ['review', requestId, 'justified', '--as', 'dana'], ['--endpoint', 'http://127.0.0.1:8042', 'show', requestId]]) {
    const { team, sent } = portal([active], {}, { connect });
    expect(await team(...argv)).toEqual({ code: 3, said: [], remarks: ['this is the local run'] });
    expect(sent).toEqual([]);
  }
  expect(await portal([active], {}, { connect, kept: null }).team('show', requestId)).toMatchObject({ code: 3 });
  expect(await portal([active], {}, { kept: null }).team('end', requestId)).toMatchObject({ code: 2, remarks: [expect.stringContaining('say who: --as USER')] });
});
