import type { RecordedEvent } from '../../story/src/recorded-event.ts';
import { answerIn } from './answer.ts';

const changeId = '018f0000-0000-7000-8000-000000000000';
const own = '111122223333';
const event = (detailType: string, data: object = {}, more: Partial<RecordedEvent> = {}): RecordedEvent => ({
  chain: 'source#team.request#2026-11-29',
  recordedAt: '2026-11-29T10:00:00.000Z',
  source: 'team.request',
  detailType,
  account: own,
  eventId: 'any',
  detail: { data: { changeId, ...data } },
  ...more,
});
const outcomeOf = (one: RecordedEvent, decider?: string) => answerIn(one, changeId, own, decider)?.outcome;

it('a change is answered by what the services say of it, and by nobody else', () => {
  expect(outcomeOf(event('PolicyChangeProposed.v1', { widens: ['more'] }))).toBe('proposed');
  expect(outcomeOf(event('PolicyChangeProposed.v1', { widens: ['more'] }, { source: 'acme.pipeline' }))).toBeUndefined();
  expect(outcomeOf(event('PolicyChangeRefused.v1', { changeId: 'another' }))).toBeUndefined();
});

it('a decision that did not count says nothing of the change, which goes on waiting', () => {
  const refusal = { decider: 'ana', reasons: [{ code: 'ERR_SELF_AGREEMENT', message: 'alone' }] };
  expect(outcomeOf(event('PolicyDecisionRefused.v1', refusal))).toBeUndefined();
  expect(outcomeOf(event('ApproverPolicyDecisionRefused.v1', refusal, { source: 'team.approval' }))).toBeUndefined();
  expect(outcomeOf(event('ApproverPolicyRefused.v1', { reasons: [] }, { source: 'team.approval' }))).toBe('refused');
});

it('a decision is not answered by the proposal before it, nor by what another administrator was told in the same second', () => {
  const refusal = { decider: 'ana', reasons: [{ code: 'ERR_SELF_AGREEMENT', message: 'alone' }] };
  expect(outcomeOf(event('PolicyChangeProposed.v1', { widens: ['more'] }), 'bo')).toBeUndefined();
  expect(outcomeOf(event('PolicyDecisionRefused.v1', refusal), 'bo')).toBeUndefined();
  expect(outcomeOf(event('PolicyDecisionRefused.v1', refusal), 'ana')).toBe('refused');
  expect(outcomeOf(event('PolicyChangeRefused.v1', { reasons: [] }), 'bo')).toBe('refused');
});
