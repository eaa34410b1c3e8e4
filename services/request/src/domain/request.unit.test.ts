import { accepted, facts, id } from '../../test/facts.ts';
import type { RequestEvent } from './events.ts';
import { decideRequest, evolveRequest, requestDueAt, resumeAfterMs } from './request.ts';
import { maximumReasons } from './reasons.ts';
import type { RequestCommand, RequestState } from './state.ts';

const { asked } = facts();
const { requestId } = asked;
const now = Date.parse('2026-03-02T09:00:00Z');
const emitter = { source: 'acme.pipeline', account: '222222222222' };
const receive = { type: 'receive', requestId, asked, contentDigest: 'a'.repeat(64), emitter } as const;

function given(...commands: RequestCommand[]): RequestState | undefined {
  let state: RequestState | undefined;
  for (const command of commands) for (const event of decideRequest(state, command, now)) state = evolveRequest(state, event);
  return state;
}
const when = (state: RequestState | undefined, command: RequestCommand, at = now) => decideRequest(state, command, at);
const types = (events: readonly RequestEvent[]): string[] => events.map(({ type }) => type);
const reject = { type: 'reject', reasons: [{ code: 'ERR_NOT_ELIGIBLE', message: 'no' }] } as const;

it('claims a request id once', () => {
  expect(types(when(undefined, receive))).toEqual(['RequestReceived']);
  expect(when(given(receive), receive)).toEqual([]);
});

it('answers other content under a used id once, and lets the first stand', () => {
  const other = { ...receive, contentDigest: 'b'.repeat(64) };
  const [event] = when(given(receive), other);
  expect(event).toMatchObject({
    type: 'DuplicateRequestIgnored.v1',
    data: { reason: { code: 'ERR_REQUEST_ID_REUSED' }, firstDigest: 'a'.repeat(64), ignoredDigest: 'b'.repeat(64) },
  });
  expect(when(given(receive, other), other)).toEqual([]);
  expect(types(when(given(receive, other), reject))).toEqual(['AccessRequestRejected.v1']);
});

it('rejects what breaks its contract and uses up its id', () => {
  const malformed = { ...receive, asked: { malformed: [{ code: 'ERR_FIELD_INVALID', message: 'durationMinutes: too small' }] } } as const;
  const state = given(malformed);
  expect(types(when(undefined, malformed))).toEqual(['RequestReceived', 'AccessRequestRejected.v1']);
  expect(state?.status).toBe('rejected');
  expect(types(when(state, { ...receive, contentDigest: 'b'.repeat(64) }))).toEqual(['DuplicateRequestIgnored.v1']);
});

it('has one outcome, whoever comes second', () => {
  expect(when(given(receive, reject), reject)).toEqual([]);
});

it('takes up a judgement that never came to an outcome, less and less often, and not after it', () => {
  const state = given(receive);
  expect(state && requestDueAt(state)).toBe(now + resumeAfterMs);
  expect(when(state, { type: 'due' })).toEqual([]);
  const [resumed] = when(state, { type: 'due' }, now + resumeAfterMs);
  const later = resumed && evolveRequest(state, resumed);
  expect(later?.resumeAt).toBe(now + resumeAfterMs + 2 * resumeAfterMs);
  const over = given(receive, reject);
  expect(over && requestDueAt(over)).toBeUndefined();
});

it('answers each opening once', () => {
  const grantIds = accepted.grants.map(({ grantId }) => grantId);
  const answer = { type: 'answer-opening', openingDueId: id(60), confirmed: grantIds, lapsed: [], reasons: [] } as const;
  const accept = { type: 'accept', accepted } as const;
  expect(types(when(given(receive, accept), answer))).toEqual(['EligibilityConfirmed.v1']);
  expect(when(given(receive, accept, answer), answer)).toEqual([]);
  expect(types(when(given(receive, accept, answer), { ...answer, openingDueId: id(61) }))).toEqual(['EligibilityConfirmed.v1']);
  expect(when(given(receive), answer)).toEqual([]);
});

describe('an opening of what was never accepted here', () => {
  const disown = {
    type: 'disown-opening',
    requestId,
    openingDueId: id(60),
    grantIds: [id(70)],
    contentDigest: 'c'.repeat(64),
    emitter: { source: 'team.expiry', account: '888888888888' },
  } as const;
  const lapsed = {
    type: 'EligibilityLapsed.v1',
    data: { requestId, grantIds: [id(70)], openingDueId: id(60), reasons: [{ code: 'ERR_REQUEST_NOT_ACCEPTED' }] },
  };

  it('has lapsed, said once for each time it is asked', () => {
    expect(when(undefined, disown)).toMatchObject([{ type: 'RequestDisowned' }, lapsed]);
    expect(when(given(disown), disown)).toEqual([]);
    expect(types(when(given(disown), { ...disown, openingDueId: id(61) }))).toEqual(['EligibilityLapsed.v1']);
  });

  it('uses up an id that was never heard of: whoever asks under it later is told so, and nothing is due', () => {
    const state = given(disown);
    expect(state?.status).toBe('rejected');
    expect(state && requestDueAt(state)).toBeUndefined();
    expect(when(state, receive)).toMatchObject([{ type: 'DuplicateRequestIgnored.v1', data: { firstDigest: disown.contentDigest } }]);
    expect(types(when(state, { type: 'accept', accepted }))).toEqual([]);
  });

  it('leaves a request that is still being judged, or was rejected, as it is', () => {
    expect(when(given(receive), disown)).toMatchObject([lapsed]);
    expect(given(receive, disown)?.status).toBe('received');
    expect(when(given(receive, reject), disown)).toMatchObject([lapsed]);
  });

  it('is not said of what was accepted', () => {
    expect(when(given(receive, { type: 'accept', accepted }), disown)).toEqual([]);
  });
});

describe('reasons', () => {
  const reasons = (count: number) => Array.from({ length: count }, (_, i) => ({ code: 'ERR_NOT_ELIGIBLE', message: `no ${i}` }) as const);
  const said = (command: RequestCommand, state: RequestState | undefined) =>
    when(state, command).flatMap((event) => (event.type === 'AccessRequestRejected.v1' ? event.data.reasons : []));

  it('are all given where they fit', () => {
    expect(said({ type: 'reject', reasons: reasons(maximumReasons) }, given(receive))).toEqual(reasons(maximumReasons));
  });

  it('end with how many more there are, where they do not fit', () => {
    const more = said({ type: 'reject', reasons: reasons(maximumReasons + 20) }, given(receive));
    expect(more).toHaveLength(maximumReasons);
    expect(more.at(-1)).toEqual({ code: 'ERR_MORE_REASONS', message: expect.stringContaining('21 more') });
    expect(more.slice(0, -1)).toEqual(reasons(maximumReasons - 1));
  });

  it('are cut in the same way for what breaks its contract', () => {
    const malformed = { ...receive, asked: { malformed: reasons(maximumReasons + 1) } };
    expect(said(malformed, undefined).at(-1)).toEqual({ code: 'ERR_MORE_REASONS', message: expect.stringContaining('2 more') });
  });
});
