import { accepted, account, facts, id, limits, pipeline, policy, receivedAt, target } from '../../test/facts.ts';
import type { AcceptedRequest } from './events.ts';
import { judgeRequest } from './judge.ts';

const first: AcceptedRequest = { ...accepted, requestId: id(60), acceptedAt: new Date(receivedAt - 50 * 60_000).toISOString() };
const second: AcceptedRequest = { ...first, requestId: id(61), durationMinutes: 30, extends: first.requestId, stretch: { requestId: first.requestId, durationMinutes: 90 } };

type Change = Parameters<typeof facts>[0];

/** An extension by half an hour of something that runs for an hour; two hours are allowed. */
const extension = ({ asked, ...change }: NonNullable<Change> = {}) =>
  judgeRequest(facts({ extended: [first], ...change, asked: { durationMinutes: 30, extends: first.requestId, ...asked } }));
const codes = (change?: Change): string[] => {
  const judgement = extension(change);
  return judgement.allowed ? ['allowed'] : judgement.reasons.map(({ code }) => code);
};

const other = { ...account, id: '222222222222' };
const glass = { ...policy, breakGlass: 'allowed' as const };

it('is allowed, and says from which request on how long the whole lasts', () => {
  expect(extension()).toMatchObject({ allowed: true, durationMinutes: 30, stretch: { requestId: first.requestId, durationMinutes: 90 }, approvalRequired: true });
  expect(extension({ extended: [second, first], asked: { extends: second.requestId } })).toMatchObject({ stretch: { requestId: first.requestId, durationMinutes: 120 } });
});

it.each<[string, string[], Change]>([
  ['of what was never accepted', ['ERR_EXTENDS_UNKNOWN'], { extended: [] }],
  ['of somebody else’s request', ['ERR_EXTENDS_OTHERS'], { extended: [{ ...first, requester: { userId: id(12), userName: 'kim' } }] }],
  ['with a start', ['ERR_EXTENDS_START'], { asked: { startAt: new Date(receivedAt + 60_000).toISOString() } }],
  ['of what has not begun', ['ERR_EXTENDS_NOT_STARTED'], { extended: [{ ...first, startAt: new Date(receivedAt + 60_000).toISOString() }] }],
  [
    'for a target that the other is not for',
    ['ERR_EXTENDS_TARGET'],
    { targets: [target, { ...target, asked: { ...target.asked, accountId: other.id }, account: other }] },
  ],
  ['that is longer than the policy allows, together with what it extends', ['ERR_DURATION_TOO_LONG'], { asked: { durationMinutes: 61 } }],
  ['that is longer with all that was extended before', ['ERR_DURATION_TOO_LONG'], { extended: [second, first], asked: { durationMinutes: 31, extends: second.requestId } }],
  ['that is longer than the global limit, together with what it extends', ['ERR_DURATION_OVER_LIMIT', 'ERR_DURATION_TOO_LONG'], { limits: { ...limits, maximumDurationMinutes: 89 } }],
  ['once more than four times', ['ERR_EXTENDS_TOO_OFTEN'], { extended: [1, 2, 3, 4, 5].map((n) => ({ ...first, requestId: id(60 + n), durationMinutes: 5 })) }],
  ['of break glass by something else', ['ERR_EXTENDS_BREAK_GLASS'], { extended: [{ ...first, breakGlass: true }] }],
  [
    'of something else by break glass',
    ['ERR_EXTENDS_BREAK_GLASS'],
    { emitter: { ...pipeline, mayBreakGlass: true }, policies: [glass], limits: { ...limits, breakGlassMaximumMinutes: 120 }, asked: { breakGlass: true } },
  ],
  [
    'of break glass that is too long with it',
    ['ERR_BREAK_GLASS_TOO_LONG'],
    { emitter: { ...pipeline, mayBreakGlass: true }, policies: [glass], extended: [{ ...first, breakGlass: true }], asked: { breakGlass: true } },
  ],
])('is refused %s', (_what, expected, change) => {
  expect(codes(change)).toEqual(expected);
});

it('goes on with break glass where the policy allows it for the whole', () => {
  const change = { emitter: { ...pipeline, mayBreakGlass: true }, policies: [glass], limits: { ...limits, breakGlassMaximumMinutes: 90 } };
  expect(extension({ ...change, extended: [{ ...first, breakGlass: true }], asked: { breakGlass: true } })).toMatchObject({ allowed: true, approvalRequired: false });
});

it('needs approval where the whole does, though its own minutes would not', () => {
  const free = { ...policy, policyId: 'free', maximumDurationMinutes: 60, approval: 'not-required' as const };
  expect(extension({ policies: [policy, free] })).toMatchObject({ allowed: true, approvalRequired: true });
});

it('ends within the hours of the policy, reckoned from the beginning of the whole', () => {
  const hours = (to: string) => [{ ...policy, timeWindows: [{ days: ['monday' as const], from: '08:00', to, timeZone: 'UTC' }] }];
  expect(codes({ policies: hours('09:40') })).toEqual(['allowed']);
  expect(codes({ policies: hours('09:39') })).toEqual(['ERR_OUTSIDE_HOURS']);
});

it('asks for no notice that was given when the whole was asked for', () => {
  const startAt = new Date(receivedAt - 10 * 60_000).toISOString();
  const noticed = { ...first, startAt };
  expect(codes({ policies: [{ ...policy, startNoEarlierThanMinutes: 30 }], extended: [noticed] })).toEqual(['allowed']);
});
