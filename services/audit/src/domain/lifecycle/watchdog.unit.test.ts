import { accepted, approvalRequested, approved, assignment, at, asked, decided, expired, fact, granted, grantId, minute, opened, over, requestId, start, target, used, watcher, wholeLife, wished } from '../../../test/life.ts';
import { bounds, type Step } from './expectations.ts';
import type { Fact } from './facts.ts';

const day = 24 * 60;
const momentOf = ({ seen }: Fact): number => Date.parse(seen.at);

/** Hears a life as it happens, and then waits. */
function live(facts: readonly Fact[], watching?: Parameters<typeof watcher>[0]) {
  const watch = watcher(watching);
  for (const one of facts) {
    watch.pass(momentOf(one) - 1);
    watch.hear(momentOf(one), one);
  }
  return watch;
}

describe('a life as it should be', () => {
  it('is never said to be stalled, and nothing is due at its end', () => {
    const watch = live(wholeLife);
    watch.pass(start + 40 * day * minute);
    expect([watch.said, watch.due()]).toEqual([[], undefined]);
  });

  it('does not wait for activity that nobody collects', () => {
    const watch = live(wholeLife.slice(0, -1), { collectsActivity: false });
    watch.pass(start + 40 * day * minute);
    expect([watch.said, watch.due()]).toEqual([[], undefined]);
  });
});

const scheduled = fact(2, { type: 'scheduled', grantIds: [grantId] }, 'AccessScheduled.v1');
const later = { ...approved.said, window: { notBefore: at(600), openBy: at(720), durationMinutes: 60, latestEnd: at(800) } } as Fact['said'];
const approvedForLater = fact(2, later, 'AccessApproved.v1');
const openingDue = fact(600, { type: 'opening-due', grantIds: [grantId] }, 'AccessOpeningDue.v1');
const glass = fact(0, { type: 'accepted', asked: { ...asked, breakGlass: true, approvalRequired: false, reviewWithinMinutes: day }, grants: [{ grantId, target }] }, 'AccessRequestAccepted.v1');
const reviewRequested = fact(64, { type: 'review-requested', reviewBy: at(64 + day) }, 'AccessReviewRequested.v1');
const failed = fact(3, { type: 'failed', grantId, assignment, at: at(3), reason: { code: 'ERR_AWS', message: 'no' } }, 'AccessGrantFailed.v1');

/** What stopped after which events, when it is missed (minutes), and what clears it. */
const omissions: readonly (readonly [step: Step, heard: readonly Fact[], missedAt: number, cleared: Fact])[] = [
  ['judged', [wished], 5, accepted],
  ['taken', [wished, accepted], 5, approvalRequested],
  ['decided', [wished, accepted, approvalRequested, decided], 185, approved],
  ['scheduled', [accepted, approvalRequested, approvedForLater], 7, scheduled],
  ['opened', [accepted, approvalRequested, decided, approved], 12, opened],
  ['opened', [accepted, approvalRequested, approvedForLater, scheduled], 610, openingDue],
  ['confirmed', [accepted, approvalRequested, approvedForLater, scheduled, openingDue], 605, fact(640, { type: 'eligibility', grantIds: [grantId], verdict: 'confirmed', at: at(640) }, 'EligibilityConfirmed.v1')],
  ['granted', [accepted, approvalRequested, decided, approved, opened], 17, granted],
  ['ended', [accepted, approvalRequested, decided, approved, opened, granted], 68, expired],
  ['over', [accepted, approvalRequested, decided, approved, opened, granted, expired], 83, over],
  ['reviewAsked', [glass, approved, opened, granted, expired, over, used(1, 0, 65)], 74, reviewRequested],
  ['reviewAsked', [glass, approved, opened, failed], 13, reviewRequested],
  ['reviewed', [glass, approved, opened, granted, expired, over, reviewRequested, used(1, 0, 65)], 64 + day + 10, fact(5_000, { type: 'reviewed', at: at(5_000), reviewer: { userName: 'ana' }, verdict: 'justified' }, 'AccessReviewed.v1')],
  ['collected', [accepted, approvalRequested, decided, approved, opened, granted, expired, over], 124 + 360, used(0, 0, 600)],
];

describe.each(omissions)('%s', (step, heard, missedAt, cleared) => {
  it('is missed once, when its time is up and not before, with the last event that was heard', () => {
    const watch = live(heard);
    watch.pass(start + missedAt * minute - 1);
    expect(watch.said).toEqual([]);
    watch.pass(start + missedAt * minute);
    const [stall, ...others] = watch.said;
    expect(others).toEqual([]);
    const last = heard.reduce((one, other) => (momentOf(other) > momentOf(one) || (momentOf(other) === momentOf(one) && other.seen.eventId > one.seen.eventId) ? other : one));
    expect(stall).toEqual({ requestId, missing: bounds[step].missing, boundSeconds: bounds[step].seconds, stalledSince: at(missedAt), lastSeen: last.seen, ...(stall?.grantId === undefined ? {} : { grantId }) });
    watch.pass(start + (missedAt + 600) * minute);
    expect(watch.said.filter(({ missing }) => missing === stall?.missing || missing.join() === stall?.missing.join())).toHaveLength(1);
  });

  it('is cleared when it comes', () => {
    const watch = live(heard);
    watch.pass(start + missedAt * minute);
    const now = start + (missedAt + 30) * minute;
    watch.hear(now, cleared);
    const [stall, clearing] = watch.said;
    expect(clearing).toEqual({ ...stall, lastSeen: watch.state()?.lastSeen, clearedAt: new Date(now).toISOString() });
    expect(Object.keys(watch.state()?.stalls ?? {})).not.toContain(step);
  });
});

describe('what is no omission', () => {
  it.each<[what: string, facts: readonly Fact[]]>([
    ['a rejection', [wished, fact(0, { type: 'rejected', at: at(0), reasons: [{ code: 'ERR_X', message: 'no' }] })]],
    ['a duplicate', [wished, fact(0, { type: 'ignored' })]],
    ['a denial', [wished, accepted, approvalRequested, fact(5, { type: 'denied', at: at(5), reason: { code: 'ERR_X', message: 'no' } })]],
    ['a request that was taken back', [wished, accepted, approvalRequested, fact(5, { type: 'cancelled', at: at(5), by: { kind: 'emitter', name: 'x' } })]],
    ['a deadline that passed', [wished, accepted, approvalRequested, fact(180, { type: 'approval-expired', at: at(180) })]],
    ['a grant that failed', [accepted, approvalRequested, approved, opened, failed]],
    ['a wish heard after its answer', [accepted, wished, approvalRequested, fact(5, { type: 'denied', at: at(5), reason: { code: 'ERR_X', message: 'no' } })]],
  ])('is %s', (_what, facts) => {
    const watch = live(facts);
    watch.pass(start + 30 * day * minute);
    expect([watch.said, watch.due()]).toEqual([[], undefined]);
  });

  it('is what only now comes out of a queue that was behind for hours', () => {
    const watch = watcher();
    const now = start + 10 * 60 * minute;
    for (const [i, one] of wholeLife.entries()) watch.hear(now + i * 1_000, one);
    watch.pass(now + day * minute);
    expect(watch.said).toEqual([]);
  });
});

describe('a wish that nobody answers', () => {
  it('is missed once, given up after a week, and then forgotten', () => {
    const watch = live([wished]);
    watch.pass(start + 30 * day * minute);
    expect(watch.said).toHaveLength(1);
    expect([watch.state()?.stalls, watch.state()?.abandoned, watch.due()]).toEqual([{}, true, undefined]);
  });

  it('is followed all the same when it is answered afterwards', () => {
    const watch = live([wished]);
    watch.pass(start + 30 * day * minute);
    watch.hear(start + 30 * day * minute, accepted);
    expect(watch.due()).toBe(start + 30 * day * minute + 3 * minute);
  });

  it('is not believed in what it says of time', () => {
    const watch = watcher();
    watch.hear(start, { ...wished, seen: { ...wished.seen, at: '2001-01-01T00:00:00.000Z' } });
    expect(watch.due()).toBe(start + 5 * minute);
  });
});

it('what says only that an end does not come does not put it off', () => {
  const watch = live([accepted, approvalRequested, decided, approved, opened, granted, expired]);
  for (let minutes = 64; minutes < 83; minutes += 1) watch.hear(start + minutes * minute, expired, fact(minutes, { type: 'removal-delayed', grantIds: [grantId], assignment, reason: { code: 'ERR_X', message: 'busy' } }));
  watch.pass(start + 83 * minute);
  expect(watch.said).toHaveLength(1);
});
