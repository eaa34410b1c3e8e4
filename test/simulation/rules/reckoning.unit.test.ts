import { endsAsReckoned } from './ends-as-reckoned.ts';
import { anna, approved, begin, expired, granted, iso, minuteMs, opened, tell } from './fake-run.ts';
import { openedAsEligible } from './opened-as-eligible.ts';
import { outagesUseNoReceives } from './outages-use-no-receives.ts';
import { overCountsNoMore } from './over-counts-no-more.ts';

describe('ends as reckoned', () => {
  /** Granted at minute 1, to end at 31; at 105 at the latest. */
  function held() {
    const run = tell(endsAsReckoned);
    run.event('AccessApproved.v1', approved('g1', anna));
    run.event('AccessWindowOpened.v1', opened('g1'));
    run.event('AccessGranted.v1', granted('g1', anna, 1));
    run.at(110);
    return run;
  }

  it.each([
    ['when the whole duration is over', 31],
    ['at its latest end, where the grant was not heard of', 105],
  ])('takes an end that comes %s, and again', (_when, minute) => {
    const run = held();
    expect(run.event('AccessExpired.v1', expired('g1', anna, minute))).toBeUndefined();
    expect(run.event('AccessExpired.v1', expired('g1', anna, minute))).toBeUndefined();
  });

  it('finds an end at another moment', () => {
    expect(held().event('AccessExpired.v1', expired('g1', anna, 40))).toBe(`grant g1 expired at ${iso(40)}, and was to end at ${iso(105)} or ${iso(31)}`);
  });

  it('finds an end that moves', () => {
    const run = held();
    run.event('AccessExpired.v1', expired('g1', anna, 31));
    expect(run.event('AccessExpired.v1', expired('g1', anna, 105))).toMatch(/^the end of grant g1 moved/);
  });

  it('finds an end that is said before it has come', () => {
    const run = held();
    run.at(30);
    expect(run.event('AccessExpired.v1', expired('g1', anna, 31))).toMatch(/is said before it has come/);
  });

  it('lets a revocation end it at any moment that has come', () => {
    expect(held().event('AccessRevoked.v1', expired('g1', anna, 17))).toBeUndefined();
  });

  it('does not listen to forgeries', () => {
    const run = held();
    run.forged.add('lie');
    expect(run.event('AccessExpired.v1', expired('g1', anna, 40), { eventId: 'lie' })).toBeUndefined();
  });
});

describe('opened as eligible', () => {
  const accepted = (minute: number) => ({ requestId: 'r1', acceptedAt: iso(minute) });
  const window = { ...opened('g1'), window: { notBefore: iso(20) } };

  it('lets open what starts within 15 minutes of its acceptance', () => {
    const run = tell(openedAsEligible);
    run.event('AccessRequestAccepted.v1', accepted(5));
    expect(run.event('AccessWindowOpened.v1', window)).toBeUndefined();
  });

  it('finds what opens later without having been judged again', () => {
    const run = tell(openedAsEligible);
    run.event('AccessRequestAccepted.v1', accepted(4));
    run.event('EligibilityConfirmed.v1', { requestId: 'r1', grantIds: ['g2'] });
    expect(run.event('AccessWindowOpened.v1', window)).toMatch(/^grant g1 was opened long after it was judged/);
    run.event('EligibilityConfirmed.v1', { requestId: 'r1', grantIds: ['g1'] });
    expect(run.event('AccessWindowOpened.v1', window)).toBeUndefined();
  });

  it('believes no forged judgement', () => {
    const run = tell(openedAsEligible);
    run.event('AccessRequestAccepted.v1', accepted(4));
    run.forged.add('lie');
    run.event('EligibilityConfirmed.v1', { requestId: 'r1', grantIds: ['g1'] }, { eventId: 'lie' });
    expect(run.event('AccessWindowOpened.v1', window)).toMatch(/nobody judged it again/);
  });
});

describe('outages use no receives', () => {
  const letter = { queue: 'team-expiry-inbox-dlq', body: '{"id":"m1"}' };

  it('finds a message that was received in vain until it was a dead letter', async () => {
    const run = tell(outagesUseNoReceives);
    run.letters.push(letter);
    run.trouble.deaths.set('expiry.inbox', 4);
    run.trouble.deaths.set('expiry.timers', 9);
    expect(await run.beforeRedrive()).toEqual(['a message was received in vain until it became a dead letter in team-expiry-inbox-dlq: {"id":"m1"}']);
  });

  it('takes one that a service laid down, and one whose readers died as often as it may be received', async () => {
    const run = tell(outagesUseNoReceives);
    run.letters.push({ ...letter, code: 'ERR_CONTRACT_VIOLATION' });
    expect(await run.beforeRedrive()).toEqual([]);
    run.letters.push({ ...letter, queue: 'team-provisioning-dispatch-dlq.fifo' });
    run.trouble.deaths.set('provisioning.dispatch', 5);
    expect(await run.beforeRedrive()).toEqual([]);
  });
});

describe('over counts no more', () => {
  const counted = (...requestIds: string[]) => ({
    pk: 'requester#anna',
    state: { open: Object.fromEntries(requestIds.map((requestId) => [requestId, begin + minuteMs])) },
  });

  it('finds an accepted request that still counts against its requester', async () => {
    const run = tell(overCountsNoMore);
    run.event('AccessRequestAccepted.v1', { requestId: 'r1' });
    run.store('request', 'aggregates', counted('r1'));
    expect(await run.rest()).toEqual(['r1 is over and still counts against requester#anna']);
  });

  it('takes one that counts no more, and one that was rejected', async () => {
    const run = tell(overCountsNoMore);
    run.event('AccessRequestAccepted.v1', { requestId: 'r1' });
    run.store('request', 'aggregates', counted('r2'));
    expect(await run.rest()).toEqual([]);
  });
});
