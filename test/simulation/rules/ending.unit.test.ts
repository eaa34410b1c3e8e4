import { endsAreRepeated } from './ends-are-repeated.ts';
import { anna, approved, ended, expired, granted, iso, opened, tell } from './fake-run.ts';
import { oneEnd } from './one-end.ts';
import { oneOutcome } from './one-outcome.ts';
import { overdueIsSaid } from './overdue-is-said.ts';
import type { RuleFrom } from './rule.ts';

function openedRun(rule: RuleFrom) {
  const run = tell(rule);
  run.event('AccessApproved.v1', approved('g1', anna));
  run.event('AccessWindowOpened.v1', opened('g1'));
  return run;
}

describe('ends are repeated', () => {
  const over = () => {
    const run = openedRun(endsAreRepeated);
    run.at(30);
    run.event('AccessExpired.v1', expired('g1', anna, 30));
    return run;
  };

  it.each(['AccessExpired.v1', 'AccessEnded.v1'])('finds an end that was said once and then not for long, when %s comes', (detailType) => {
    const run = over();
    run.at(51);
    expect(run.event(detailType, detailType === 'AccessEnded.v1' ? ended('g1', anna, 30) : expired('g1', anna, 30))).toBe(
      'the end of grant g1 was not answered, and not said again for 21 minutes',
    );
  });

  it('takes an end that is said again and again, and an answer that is late on its way', () => {
    const run = over();
    run.at(45);
    expect(run.event('AccessExpired.v1', expired('g1', anna, 30))).toBeUndefined();
    run.at(60);
    expect(run.event('AccessEnded.v1', ended('g1', anna, 30))).toBeUndefined();
    run.at(100);
    expect(run.event('AccessExpired.v1', expired('g1', anna, 30))).toBeUndefined();
  });

  it('takes no word of a forged end for one', () => {
    const run = over();
    run.forged.add('lie');
    run.at(40);
    run.event('AccessExpired.v1', expired('g1', anna, 30), { eventId: 'lie' });
    run.at(51);
    expect(run.event('AccessExpired.v1', expired('g1', anna, 30))).toMatch(/not said again for 21 minutes/);
  });
});

describe('one outcome', () => {
  it('finds what was never judged, and what was accepted and never decided', async () => {
    const run = tell(oneOutcome);
    const data = { requestId: 'r0', requester: 'u', targets: [], durationMinutes: 1 };
    run.asked.push({ requestId: 'r0', emitter: 'x', requesterId: 'u', userName: 'u', data });
    run.event('AccessRequestAccepted.v1', {});
    expect(await run.rest()).toEqual(['request r0 was never judged', 'request r1 was accepted and never decided']);
  });

  it.each([
    ['two outcomes', 'AccessRequestAccepted.v1', 'AccessRequestRejected.v1', {}, /outcomes: AccessRequestAccepted.v1 and AccessRequestRejected.v1/],
    ['an outcome with other data', 'AccessRequestRejected.v1', 'AccessRequestRejected.v1', { reasons: [] }, /said again with other data/],
    ['two verdicts', 'AccessDenied.v1', 'AccessCancelled.v1', {}, /two verdicts: AccessDenied.v1 and AccessCancelled.v1/],
  ])('finds %s', (_, first, second, data, said) => {
    const run = tell(oneOutcome);
    run.event(first, {});
    expect(run.event(second, data)).toMatch(said);
  });

  it('finds a verdict without acceptance', () => {
    expect(tell(oneOutcome).event('AccessDenied.v1', {})).toMatch(/decided and never accepted/);
  });

  it('takes the same again', () => {
    const run = tell(oneOutcome);
    run.event('AccessRequestAccepted.v1', {});
    expect(run.event('AccessRequestAccepted.v1', {})).toBeUndefined();
  });
});

describe('one end', () => {
  it('finds a grant that ends in two ways', () => {
    const run = openedRun(oneEnd);
    run.event('AccessEnded.v1', ended('g1', anna, 30));
    expect(run.event('AccessEnded.v1', ended('g1', anna, 30))).toBeUndefined();
    expect(run.event('AccessEnded.v1', ended('g1', anna, 30, 'never_created'))).toMatch(/ended twice, and not the same/);
  });

  it('finds an end that moves', () => {
    const run = openedRun(oneEnd);
    run.event('AccessGranted.v1', granted('g1', anna, 1));
    expect(run.event('AccessGranted.v1', granted('g1', anna, 2))).toMatch(/was granted twice, and not the same/);
  });

  it('finds what is granted after its end, in whatever order it comes', () => {
    const run = openedRun(oneEnd);
    run.event('AccessEnded.v1', ended('g1', anna, 1));
    expect(run.event('AccessGranted.v1', granted('g1', anna, 2))).toMatch(/ended at .* and was granted at/);
    const other = openedRun(oneEnd);
    other.event('AccessGranted.v1', granted('g1', anna, 2));
    expect(other.event('AccessEnded.v1', ended('g1', anna, 1))).toMatch(/ended at .* and was granted at/);
  });

  it('finds a grant that nobody approved so', () => {
    const elsewhere = { ...anna, accountId: '222222222222' };
    expect(openedRun(oneEnd).event('AccessGranted.v1', granted('g1', elsewhere, 1))).toMatch(/nobody approved it so/);
  });

  it.each([
    ['activating', 'AccessWindowOpened.v1', opened('g1')],
    ['active', 'AccessGranted.v1', granted('g1', anna, 1)],
    ['ending', 'AccessExpired.v1', expired('g1', anna, 30)],
  ])('finds a request that stays %s', async (status, detailType, data) => {
    const run = openedRun(oneEnd);
    run.event(detailType, data);
    expect(await run.rest()).toEqual([expect.stringMatching(new RegExp(`request r1 is ${status} for ever`))]);
  });
});

describe('overdue is said', () => {
  const overdue = { ...expired('g1', anna, 30), overdueSince: iso(45) };
  function endingRun() {
    const run = openedRun(overdueIsSaid);
    run.at(30);
    run.event('AccessExpired.v1', expired('g1', anna, 30));
    return run;
  }

  it('finds that nobody said it', async () => {
    const run = endingRun();
    run.at(48);
    run.event('AccessEnded.v1', ended('g1', anna, 48));
    expect(await run.rest()).toEqual([expect.stringMatching(/never called overdue/)]);
  });

  it('finds that it is said too early', () => {
    const run = endingRun();
    run.at(40);
    expect(run.event('AccessOverdue.v1', overdue)).toMatch(/too early/);
  });

  it('finds that it is said of what ended in time, and of what nobody ended', () => {
    const run = endingRun();
    run.event('AccessEnded.v1', ended('g1', anna, 30));
    run.at(45);
    expect(run.event('AccessOverdue.v1', overdue)).toMatch(/confirmed in time/);
    expect(run.event('AccessOverdue.v1', { ...overdue, grantId: 'g2' })).toMatch(/nobody ended it/);
  });

  it('takes it when it is so', async () => {
    const run = endingRun();
    run.at(45);
    expect(run.event('AccessOverdue.v1', overdue)).toBeUndefined();
    run.at(50);
    run.event('AccessEnded.v1', ended('g1', anna, 50));
    expect(await run.rest()).toEqual([]);
  });
});
