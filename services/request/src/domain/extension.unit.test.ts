import { accepted, account, facts, id, limits, pipeline, policy, receivedAt, target, wren } from '../../test/facts.ts';
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

const desk = { ...wren, userId: id(13), userName: 'desk@acme.example', groupIds: new Set<string>() };
const kim = { ...desk, userId: id(12), userName: 'kim@acme.example' };
/** An emitter that says which people may ask for others: the desk. */
const restricted = { ...pipeline, mayAskForOthers: { groupIds: [], userIds: [desk.userId, kim.userId] } };
const forWren = { ...first, askedBy: { userId: desk.userId, userName: desk.userName } };
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

it.each<[string, string[], Change]>([
  ['whoever asked for it', ['allowed'], { emitter: restricted, extended: [forWren], askedBy: desk }],
  ['whoever asked for its last extension', ['allowed'], { emitter: restricted, extended: [{ ...second, askedBy: forWren.askedBy }, first], askedBy: desk, asked: { extends: second.requestId } }],
  ['whose it is, whoever asked for it', ['allowed'], { emitter: restricted, extended: [forWren] }],
  ['whose it is, named as who asks too', ['allowed'], { emitter: restricted, extended: [forWren], askedBy: wren }],
  ['anybody of whom an emitter says that they ask, where it is believed about that', ['allowed'], { extended: [first], askedBy: desk }],
  ['nobody else who may ask for others', ['ERR_EXTENDS_OTHERS'], { emitter: restricted, extended: [forWren], askedBy: kim }],
  ['nobody who asks for others, where they asked for it themselves; nor do they learn how long it lasts', ['ERR_EXTENDS_OTHERS'], { emitter: restricted, extended: [first], askedBy: desk, asked: { durationMinutes: 100 } }],
  ['nobody who asked for what it goes on from alone', ['ERR_EXTENDS_OTHERS'], { emitter: restricted, extended: [second, forWren], askedBy: desk, asked: { extends: second.requestId } }],
  ['nobody for a third person, though they asked for it', ['ERR_EXTENDS_OTHERS'], { emitter: restricted, extended: [{ ...forWren, requester: kim }], askedBy: desk }],
  ['nobody who may not ask for others any more', ['ERR_MAY_NOT_ASK_FOR_OTHERS'], { emitter: { ...pipeline, mayAskForOthers: { groupIds: [], userIds: [] } }, extended: [forWren], askedBy: desk }],
])('is asked for by %s', (_who, expected, { asked, ...change } = {}) => {
  expect(codes({ ...change, asked: { ...(change.askedBy === undefined ? {} : { askedBy: 'somebody' }), ...asked } })).toEqual(expected);
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
