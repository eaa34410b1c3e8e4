import {
  approve,
  confirmed,
  eligible,
  failed,
  granted,
  grantIds,
  lapsed,
  minute,
  requestId,
  scenario,
  types,
} from '../../test/scenario.ts';
import { dueAt, forgetAt } from './steps.ts';

const [a, b, c] = grantIds;
const scheduled = approve({ startsAt: 120, grants: [a, b] });

describe('opening a window', () => {
  it('opens every grant at once when the start is the approval, with the whole evidence', () => {
    const run = scenario();
    const facts = run.say(5, approve({ grants: [a, b] }));
    expect(types(facts)).toEqual(['AccessWindowOpened.v1', 'AccessWindowOpened.v1']);
    expect(facts[0]?.data).toMatchObject({
      requestId,
      grant: { grantId: a },
      proof: 'proof.of.aaaaaaaa',
      acceptance: 'accept.an.ce',
      decisions: ['decision.of.bob'],
      openedAt: '2026-11-22T10:05:00.000Z',
    });
    expect(run.status(a)).toBe('activating');
  });

  it('opens nothing twice when the approval comes twice', () => {
    const run = scenario();
    run.say(5, approve());
    expect(run.say(5, approve())).toEqual([]);
    expect(run.say(6, approve({ startsAt: 7 }))).toEqual([]);
  });

  it('schedules a start in the future and opens it then, not a millisecond earlier', () => {
    const run = scenario();
    expect(types(run.say(5, approve({ startsAt: 15 })))).toEqual(['AccessScheduled.v1']);
    expect(run.status()).toBe('scheduled');
    expect(run.state && dueAt(run.state)).toBe(minute(15));
    expect(run.say(15 - 1 / 60_000, { type: 'due' })).toEqual([]);
    expect(types(run.say(15, { type: 'due' }))).toEqual(['AccessWindowOpened.v1']);
  });

  it('ends unopened what was approved too late to be opened', () => {
    const run = scenario();
    const [fact, ...others] = run.say(65, approve());
    expect(others).toEqual([]);
    expect(fact).toMatchObject({
      type: 'AccessRevoked.v1',
      data: { opened: false, reason: { code: 'ERR_OPENING_TOO_LATE' }, by: { kind: 'service', name: 'expiry' } },
    });
  });

  it('opens so many grants in one commit that their evidence fits beside them, and the others a second later', () => {
    const many = Array.from({ length: 50 }, (_, i) => `${String(i).padStart(8, '0')}-0000-5000-8000-000000000000`);
    const decisions = Array.from({ length: 12 }, () => `${'d'.repeat(1000)}.d.d`);
    const run = scenario();
    const first = run.say(5, approve({ grants: many, approval: { decisions } }));
    expect(first.length).toBeGreaterThan(0);
    expect(JSON.stringify(first).length).toBeLessThan(120_000);
    expect(run.state && dueAt(run.state)).toBe(minute(5) + 1000);
    const others = run.wait(6);
    expect([...first, ...others].map(({ data }) => 'grant' in data && data.grant.grantId)).toEqual(many);
  });

  it('does not open a grant that provisioning has ended or given before the approval came', () => {
    const run = scenario();
    run.say(1, confirmed(a));
    run.say(1, granted(1, b));
    const facts = run.say(5, approve({ grants: [a, b, c] }));
    expect(facts.map(({ type, data }) => [type, 'grant' in data && data.grant.grantId])).toEqual([['AccessWindowOpened.v1', c]]);
    expect([run.status(a), run.status(b)]).toEqual(['ended', 'active']);
  });

  it('does not let a failure be reported for what it has not opened', () => {
    const run = scenario();
    run.say(1, failed());
    run.say(5, approve({ startsAt: 15 }));
    run.say(6, failed());
    expect(types(run.wait(15))).toEqual(['AccessWindowOpened.v1']);
  });
});

describe('a start later than 15 minutes after acceptance', () => {
  it.each([
    { startsAt: 15, facts: ['AccessWindowOpened.v1'] },
    { startsAt: 16, facts: ['AccessOpeningDue.v1'] },
  ])('asks for eligibility or not when it starts after $startsAt minutes', ({ startsAt, facts }) => {
    const run = scenario();
    run.say(5, approve({ startsAt }));
    expect(types(run.wait(startsAt))).toEqual(facts);
  });

  it('asks once for all grants, again each minute, and gives up when the window can no longer be opened', () => {
    const run = scenario();
    expect(types(run.say(5, scheduled))).toEqual(['AccessScheduled.v1']);
    const [first] = run.wait(120);
    expect(first).toMatchObject({ type: 'AccessOpeningDue.v1', data: { grantIds: [a, b], openBy: '2026-11-22T13:00:00.000Z' } });
    const asked = run.wait(180).filter(({ type }) => type === 'AccessOpeningDue.v1');
    expect(asked).toHaveLength(59);
    expect([run.status(a), run.status(b)]).toEqual(['ending', 'ending']);
  });

  it('opens what is confirmed and ends what has lapsed', () => {
    const run = scenario();
    run.say(5, scheduled);
    run.wait(120);
    expect(run.say(120.5, eligible(a))).toMatchObject([{ type: 'AccessWindowOpened.v1', data: { grant: { grantId: a } } }]);
    expect(run.say(120.5, lapsed(b))).toMatchObject([
      { type: 'AccessRevoked.v1', data: { grantId: b, opened: false, reason: { code: 'ERR_ELIGIBILITY_LAPSED' } } },
    ]);
    expect([run.status(a), run.status(b)]).toEqual(['activating', 'ending']);
  });

  it('takes no answer before it has asked', () => {
    const run = scenario();
    run.say(5, scheduled);
    expect(run.say(6, eligible(a, b))).toEqual([]);
    expect(run.say(6, lapsed(a))).toEqual([]);
    expect(types(run.wait(120))).toEqual(['AccessOpeningDue.v1']);
  });

  it.each([
    { name: 'a lapse after the opening', said: [eligible(a, b), lapsed(a, b)], status: 'activating' },
    { name: 'a confirmation after the lapse', said: [lapsed(a, b), eligible(a, b)], status: 'ending' },
    { name: 'the same confirmation twice', said: [eligible(a, b), eligible(a, b)], status: 'activating' },
  ])('is not moved by $name', ({ said: [first, second], status }) => {
    const run = scenario();
    run.say(5, scheduled);
    run.wait(120);
    if (first !== undefined) run.say(120.5, first);
    expect(second && run.say(120.6, second)).toEqual([]);
    expect(run.status(a)).toBe(status);
  });
});

describe('remembering', () => {
  it('forgets a forerunner after 400 days, a request 400 days after its latest end, and never one whose end is unconfirmed', () => {
    const run = scenario();
    run.say(0, confirmed(b));
    const day = 24 * 60;
    expect(run.state && forgetAt(run.state)).toBe(minute(400 * day));
    run.say(5, approve());
    run.wait(200);
    expect(run.state && forgetAt(run.state)).toBeUndefined();
    run.say(201, confirmed(a));
    expect(run.state && forgetAt(run.state)).toBe(minute(140 + 400 * day));
    expect(run.state && dueAt(run.state)).toBeUndefined();
  });
});
