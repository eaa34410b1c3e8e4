import { approve, assignment, confirmed, failed, granted, grantIds, judge, minute, requestId, revoke, scenario, types } from '../../test/scenario.ts';
import { dueAt } from './steps.ts';

const [a] = grantIds;

/** Opened at 5 minutes, to be ended at 65 if given at once, at 140 at the latest. */
function opened() {
  const run = scenario();
  run.say(5, approve());
  return run;
}

describe('the end of a grant', () => {
  it('comes after the whole duration, counted from when the person could use it', () => {
    const run = opened();
    expect(run.say(9, granted(8))).toEqual([]);
    expect(run.status()).toBe('active');
    expect(run.state && dueAt(run.state)).toBe(minute(68));
    expect(run.say(68, { type: 'due' })).toMatchObject([
      { type: 'AccessExpired.v1', data: { grantId: a, endedAt: '2026-11-22T11:08:00.000Z', repetition: 0 } },
    ]);
    expect(run.status()).toBe('ending');
  });

  it('never comes after the latest end, however late access was given', () => {
    const run = opened();
    run.say(100, granted(100));
    expect(run.state && dueAt(run.state)).toBe(minute(140));
  });

  it('is the latest end when nobody says that access was given', () => {
    const run = opened();
    const [first] = run.wait(140);
    expect(first).toMatchObject({ type: 'AccessExpired.v1', data: { endedAt: '2026-11-22T12:20:00.000Z' } });
  });

  it('is not moved by access given a second time', () => {
    const run = opened();
    run.say(8, granted(8));
    expect(run.say(30, granted(30))).toEqual([]);
    expect(run.state && dueAt(run.state)).toBe(minute(68));
  });

  it('comes at once when its time passed before the event that fixes it arrived', () => {
    const run = opened();
    expect(run.say(90, granted(8))).toMatchObject([{ type: 'AccessExpired.v1', data: { endedAt: '2026-11-22T11:08:00.000Z' } }]);
  });

  it('is said again each minute until it is confirmed, then never', () => {
    const run = opened();
    run.say(8, granted(8));
    expect(run.wait(71).map(({ data }) => 'repetition' in data && data.repetition)).toEqual([0, 1, 2, 3]);
    expect(run.say(71.5, confirmed())).toEqual([]);
    expect(run.status()).toBe('ended');
    expect(run.wait(100_000)).toEqual([]);
  });

  it('is said again once, not once for each minute that was missed', () => {
    const run = opened();
    run.say(140, { type: 'due' });
    expect(run.say(150, { type: 'due' })).toMatchObject([{ data: { repetition: 1 } }]);
    expect(run.say(150, { type: 'due' })).toEqual([]);
  });

  it('is called overdue once, 15 minutes after it, and goes on being said', () => {
    const run = opened();
    run.say(8, granted(8));
    const facts = run.wait(200);
    const overdue = facts.filter(({ type }) => type === 'AccessOverdue.v1');
    expect(overdue).toMatchObject([
      { data: { grantId: a, endedAt: '2026-11-22T11:08:00.000Z', overdueSince: '2026-11-22T11:23:00.000Z' } },
    ]);
    expect(facts.filter(({ type }) => type === 'AccessExpired.v1')).toHaveLength(133);
  });

  it('is overdue at once where time stood still until long after it', () => {
    const run = opened();
    run.say(200, { type: 'due' });
    expect(types(run.wait(200))).toEqual(['AccessOverdue.v1']);
  });

  it('is final when provisioning ends a grant by itself, before its time was up', () => {
    const run = opened();
    run.say(8, granted(8));
    expect(run.say(60, confirmed())).toEqual([]);
    expect(run.say(61, granted(61))).toEqual([]);
    expect(run.wait(100_000)).toEqual([]);
    expect(run.status()).toBe('ended');
  });

  it('is confirmed once when the confirmation comes twice', () => {
    const run = opened();
    run.wait(140);
    run.say(141, confirmed());
    const before = run.state;
    expect(run.say(142, confirmed())).toEqual([]);
    expect(run.state).toEqual(before);
  });

  it('stays asked for when access turns out to have been given only after it', () => {
    const run = opened();
    run.wait(140);
    expect(run.say(140.5, granted(139))).toEqual([]);
    expect(types(run.wait(141))).toEqual(['AccessExpired.v1']);
  });
});

describe('a grant that failed', () => {
  it('is over, and no end is asked for', () => {
    const run = opened();
    expect(run.say(6, failed())).toEqual([]);
    expect(run.status()).toBe('failed');
    expect(run.wait(100_000)).toEqual([]);
  });

  it('is taken away again, for as long as it takes, when it is given all the same', () => {
    const run = opened();
    run.say(6, failed());
    expect(run.say(7, granted(7))).toMatchObject([
      {
        type: 'AccessRevoked.v1',
        data: { opened: true, repetition: 0, reason: { code: 'ERR_GRANT_WAS_GIVEN_UP' }, by: { name: 'expiry' } },
      },
    ]);
    expect(types(run.wait(9))).toEqual(['AccessRevoked.v1', 'AccessRevoked.v1']);
    run.say(9.5, confirmed());
    expect(run.status()).toBe('revoked');
    expect(run.wait(100_000)).toEqual([]);
  });

  it('stays failed when it is given after its end was confirmed', () => {
    const run = opened();
    run.say(6, failed());
    run.say(7, confirmed());
    expect(run.say(8, granted(7))).toEqual([]);
    expect(run.status()).toBe('failed');
  });

  it.each([
    { name: 'access that is known to be given', before: [granted(6)], status: 'active' },
    { name: 'access that is being ended', before: [revoke(), judge(true)], status: 'ending' },
    { name: 'access that has ended', before: [confirmed()], status: 'ended' },
  ])('does not undo $name', ({ before, status }) => {
    const run = opened();
    for (const command of before) run.say(6, command);
    expect(run.say(6.5, failed())).toEqual([]);
    expect(run.status()).toBe(status);
  });
});

describe('what is said about a grant of another request', () => {
  it.each([granted(6, grantIds[1]), confirmed(grantIds[1]), failed(grantIds[1])])('changes nothing: $type', (command) => {
    const run = opened();
    const before = run.state;
    expect(run.say(6, command)).toEqual([]);
    expect(run.state).toEqual(before);
  });
});

it('takes what is said of its person in another letter case for what it is', () => {
  const shouted = { ...assignment, principalId: assignment.principalId.toUpperCase() };
  const run = opened();
  const about = { requestId, grantId: a, assignment: shouted };
  run.say(6, { type: 'grant', ...about, grantedAt: '2026-11-22T10:06:00.000Z' });
  expect(run.status()).toBe('active');
  run.say(7, { type: 'confirm-end', ...about });
  expect(run.status()).toBe('ended');
});
