import { grantIdOf } from '@team/runtime';
import { facts } from './facts-for-tests.ts';
import { decideRequest, evolveRequest, requestDueAt, resumeAfterMs, type RequestEvent } from './request.ts';
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
const when = (state: RequestState | undefined, command: RequestCommand, at = now): readonly RequestEvent[] => decideRequest(state, command, at);
const types = (events: readonly RequestEvent[]): string[] => events.map(({ type }) => type);
const reject = { type: 'reject', reasons: [{ code: 'ERR_NOT_ELIGIBLE', message: 'no' }] } as const;

it('claims a request id once', () => {
  expect(types(when(undefined, receive))).toEqual(['RequestReceived']);
  expect(when(given(receive), receive)).toEqual([]);
});

it('answers other content under a used id once, and lets the first stand', () => {
  const other = { ...receive, contentDigest: 'b'.repeat(64) };
  const [event] = when(given(receive), other);
  expect(event).toMatchObject({ type: 'DuplicateRequestIgnored.v1', data: { reason: { code: 'ERR_REQUEST_ID_REUSED' }, firstDigest: 'a'.repeat(64) } });
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
  const grantId = grantIdOf(requestId, '111111111111', 'arn');
  const answer = { type: 'answer-opening', openingDueId: requestId, confirmed: [grantId], lapsed: [], reasons: [] } as const;
  const accepted = { ...given(receive), status: 'accepted' } as RequestState;
  const [event] = when(accepted, answer);
  expect(event?.type).toBe('EligibilityConfirmed.v1');
  expect(when(event && evolveRequest(accepted, event), answer)).toEqual([]);
  expect(when(given(receive), answer)).toEqual([]);
});
