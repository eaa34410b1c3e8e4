import { brokenGlass, latestEnd, over, review } from '../../test/reviewing.ts';
import { approvedBy, idOf, inApproval, minute, only, person, request, requestId, start, typesOf } from '../../test/scenario.ts';
import type { ApprovalEvent } from './events.ts';
import { overUnsaidAfterMs, reviewersOf } from './follow-up.ts';
import { dueAt, forgetAt } from './state.ts';

const day = 1_440 * minute;
const ana = person('ana', 'administrators');
const due = { type: 'due' } as const;
const codes = (events: readonly ApprovalEvent[]): readonly string[] => only(events, 'AccessReviewRefused.v1').reasons.map(({ code }) => code);
const nextAt = (one: ReturnType<typeof brokenGlass>): number | undefined => {
  const state = one.state();
  return state && dueAt(state);
};

describe('the review of a break glass', () => {
  it('is asked for when the last grant is over, once, and counted from then', () => {
    const glass = brokenGlass(['ledger', 'vault']);
    expect(glass.facts(over('ledger'))).toEqual([]);
    expect(glass.facts(over('ledger'))).toEqual([]);
    expect(glass.facts(over('site'))).toEqual([]);
    const asked = only(glass.meet(over('vault'), start + 5 * minute), 'AccessReviewRequested.v1');
    expect(asked).toEqual({ requestId, requester: { userId: person('dana').userId, userName: 'dana@acme.example' }, reviewers: { groupIds: [idOf('administrators')], userIds: [] }, reviewBy: new Date(start + 5 * minute + day).toISOString() });
    expect(glass.facts(over('vault'), start + 6 * minute)).toEqual([]);
    expect(glass.facts(due, start + 6 * minute)).toEqual([]);
  });

  it('is asked for though nobody says that access is over', () => {
    const glass = brokenGlass();
    expect(nextAt(glass)).toBe(latestEnd + overUnsaidAfterMs);
    expect(glass.facts(due, latestEnd + overUnsaidAfterMs - 1)).toEqual([]);
    expect(glass.facts(due, latestEnd + overUnsaidAfterMs)).toEqual(['AccessReviewRequested.v1']);
    expect(glass.facts(over('ledger'), latestEnd + 2 * overUnsaidAfterMs)).toEqual([]);
  });

  it('is not asked for of what is no break glass', () => {
    const usual = inApproval({ type: 'begin', request: request(), plan: { kind: 'no-approval-needed' }, eligible: {} }, approvedBy(request()));
    expect(usual.state()?.phase).toBe('approved');
    expect(usual.meet(over('ledger'))).toEqual([]);
    expect(nextAt(usual)).toBeUndefined();
    expect(codes(usual.meet(review(ana)))).toEqual(['ERR_NOT_BREAK_GLASS']);
  });

  it('that nobody does is said to be overdue at once and each day again, once for all days on which nothing ran', () => {
    const glass = brokenGlass();
    glass.meet(over('ledger'), start);
    const by = start + day;
    expect(nextAt(glass)).toBe(by);
    const repetitions = [by, by, by + day - 1, by + day, by + 4.5 * day, by + 5 * day].map((at) => glass.meet(due, at).flatMap((event) => (event.type === 'AccessReviewOverdue.v1' ? [event.data.repetition] : [])));
    expect(repetitions).toEqual([[1], [], [], [2], [3], [4]]);
    const state = glass.state();
    expect(state && forgetAt(state)).toBeGreaterThan(by + 300 * day);
    expect(glass.facts(review(ana, { at: by + 5.5 * day }), by + 5.5 * day)).toEqual(['AccessReviewed.v1']);
    expect(nextAt(glass)).toBeUndefined();
    expect(glass.meet(due, by + 9 * day)).toEqual([]);
  });

  it('counts once: the same again changes nothing, another is refused', () => {
    const glass = brokenGlass();
    glass.meet(over('ledger'));
    const first = review(ana, { verdict: 'not-justified' });
    expect(only(glass.meet(first), 'AccessReviewed.v1')).toMatchObject({ reviewer: { userId: ana.userId }, verdict: 'not-justified' });
    expect(glass.meet(first)).toEqual([]);
    const other = review(ana, { at: start + minute });
    expect(codes(glass.meet(other, start + minute))).toEqual(['ERR_ALREADY_REVIEWED']);
    expect(glass.meet(other, start + minute)).toEqual([]);
  });

  it.each<[string, readonly string[], ReturnType<typeof review>]>([
    ['of an emitter that is no channel', ['ERR_CHANNEL_UNKNOWN'], review(ana, { evidence: undefined })],
    ['late and after an old sign-in', ['ERR_REVIEW_EXPIRED', 'ERR_SIGN_IN_TOO_OLD'], review(ana, { claims: { exp: start / 1_000 - 1, auth_time: start / 1_000 - 901 } })],
    ['over something else', ['ERR_REVIEW_MISMATCH'], review(ana, { claims: { verdict: 'not-justified', requestId: idOf('other'), reviewer: person('eve').userId } })],
    ['of somebody disabled', ['ERR_REVIEWER_DISABLED'], review({ ...ana, enabled: false })],
    ['of nobody', ['ERR_USER_UNKNOWN'], review(ana, { reviewer: { problem: { code: 'ERR_USER_UNKNOWN', message: 'no user' } } })],
    ['of a stranger', ['ERR_NOT_A_REVIEWER'], review(person('eve', 'developers'))],
    ['of the requester, administrator or not', ['ERR_SELF_REVIEW'], review(person('dana', 'administrators'))],
    ['of who asked for them', ['ERR_SELF_REVIEW', 'ERR_NOT_A_REVIEWER'], review(person('olga'))],
  ])('is refused %s', (_, expected, command) => {
    const { userId, userName } = person('olga');
    const glass = brokenGlass(['ledger'], undefined, { askedBy: { userId, userName } });
    glass.meet(over('ledger'));
    expect(codes(glass.meet(command))).toEqual(expected);
    expect(glass.facts(review(ana, { at: start + minute }), start + minute)).toEqual(['AccessReviewed.v1']);
  });

  it('is refused before access is over, and of a request that is not known', () => {
    expect(codes(brokenGlass().meet(review(ana)))).toEqual(['ERR_REVIEW_TOO_EARLY']);
    expect(codes(inApproval().meet(review(ana)))).toEqual(['ERR_REQUEST_UNKNOWN']);
  });

  it('is judged by when it arrived', () => {
    const glass = brokenGlass();
    glass.meet(over('ledger'));
    expect(typesOf(glass.meet(review(ana), start + 60 * minute))).toContain('AccessReviewed.v1');
  });

  it('is for approvers and administrators, not for who asked', () => {
    const asked = request(['ledger'], { askedBy: { userId: idOf('olga'), userName: 'olga' }, administrators: { groupIds: [idOf('administrators')], userIds: [idOf('dana'), idOf('bo')] } });
    expect(reviewersOf(asked, [{ groupIds: [idOf('leads')], userIds: [idOf('olga'), idOf('carl')] }])).toEqual({ groupIds: [idOf('administrators'), idOf('leads')], userIds: [idOf('bo'), idOf('carl')] });
  });
});
