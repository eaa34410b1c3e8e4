import { alice, approve, confirmed, granted, grantIds, judge, minute, portal, revoke, scenario, types } from '../../test/scenario.ts';
import { dueAt } from './steps.ts';

const [a, b] = grantIds;
const listed = '93672a4c-0002-7002-8002-000000000002';

describe('a revocation', () => {
  it('ends every grant once it is judged entitled, and says who and why', () => {
    const run = scenario();
    run.say(5, approve({ grants: [a, b] }));
    run.say(6, granted(6, a));
    expect(run.say(10, revoke({ reason: 'done early' }))).toEqual([]);
    expect(run.say(10, judge(true))).toMatchObject([
      {
        type: 'AccessRevoked.v1',
        data: {
          grantId: a,
          opened: true,
          repetition: 0,
          by: { kind: 'person', ...alice },
          reason: { code: 'ERR_ACCESS_REVOKED', message: 'done early' },
        },
      },
      { type: 'AccessRevoked.v1', data: { grantId: b, opened: true } },
    ]);
    run.say(10.5, confirmed(a));
    run.say(10.5, confirmed(b));
    expect([run.status(a), run.status(b)]).toEqual(['revoked', 'revoked']);
  });

  it('is said again each minute until it is confirmed', () => {
    const run = scenario();
    run.say(5, approve());
    run.say(10, revoke());
    run.say(10, judge(true));
    expect(run.wait(12).map(({ type, data }) => [type, 'repetition' in data && data.repetition])).toEqual([
      ['AccessRevoked.v1', 1],
      ['AccessRevoked.v1', 2],
    ]);
  });

  it('ends only the grants it names', () => {
    const run = scenario();
    run.say(5, approve({ grants: [a, b] }));
    run.say(10, revoke({ grantIds: [b] }));
    expect(run.say(10, judge(true))).toMatchObject([{ data: { grantId: b } }]);
    expect([run.status(a), run.status(b)]).toEqual(['activating', 'ending']);
  });

  it('is refused for grants of which the request knows nothing, and ends the others', () => {
    const run = scenario();
    run.say(5, approve());
    run.say(10, revoke({ grantIds: [a, b] }));
    expect(run.say(10, judge(true))).toMatchObject([
      { type: 'AccessRevoked.v1', data: { grantId: a } },
      { type: 'AccessRevocationRefused.v1', data: { by: alice.userName, reason: { code: 'ERR_GRANT_UNKNOWN' } } },
    ]);
  });

  it('ends nothing where it is not entitled, and says so once', () => {
    const run = scenario();
    run.say(5, approve());
    run.say(10, revoke());
    expect(run.say(10, judge(false))).toMatchObject([
      { type: 'AccessRevocationRefused.v1', data: { reason: { code: 'ERR_REVOCATION_NOT_ENTITLED' } } },
    ]);
    expect(run.status()).toBe('activating');
    expect(run.say(11, judge(false))).toEqual([]);
    expect(run.say(11, revoke())).toEqual([]);
    expect(run.state?.unjudged).toEqual([]);
  });

  it('of what is ending or has ended changes nothing', () => {
    const run = scenario();
    run.say(5, approve({ grants: [a, b] }));
    run.say(6, confirmed(a));
    run.wait(140);
    run.say(140.5, revoke());
    expect(run.say(140.5, judge(true))).toEqual([]);
    expect([run.status(a), run.status(b)]).toEqual(['ended', 'ending']);
  });

  it('leaves to time what had run out before it was judged, so that the lateness shows', () => {
    const run = scenario();
    run.say(5, approve());
    run.say(139, revoke());
    expect(run.say(145, judge(true))).toMatchObject([{ type: 'AccessExpired.v1', data: { endedAt: '2026-11-22T12:20:00.000Z' } }]);
  });

  it('with a text longer than a reason can hold is cut, not refused', () => {
    const run = scenario();
    run.say(5, approve());
    run.say(10, revoke({ reason: `${'x'.repeat(499)}😀${'x'.repeat(500)}` }));
    expect(run.say(10, judge(true))).toMatchObject([{ data: { reason: { message: `${'x'.repeat(499)}\ufffd` } } }]);
  });
});

describe('a revocation that comes before the approval', () => {
  it('holds every opening until it is judged; entitled, it lets nothing open', () => {
    const run = scenario();
    run.say(1, revoke());
    expect(run.state && dueAt(run.state)).toBeUndefined();
    expect(run.say(5, approve({ grants: [a, b] }))).toEqual([]);
    expect(run.say(5, judge(true))).toMatchObject([
      { type: 'AccessRevoked.v1', data: { grantId: a, opened: false } },
      { type: 'AccessRevoked.v1', data: { grantId: b, opened: false } },
    ]);
    expect(types(run.wait(200))).not.toContain('AccessWindowOpened.v1');
  });

  it('opens what it held, in the same commit, where it was not entitled', () => {
    const run = scenario();
    run.say(1, revoke());
    run.say(5, approve());
    expect(types(run.say(6, judge(false)))).toEqual(['AccessRevocationRefused.v1', 'AccessWindowOpened.v1']);
  });

  it('opens nothing while it cannot be judged, is taken up each minute, and then it is too late to open', () => {
    const run = scenario();
    run.say(1, revoke());
    run.say(5, approve());
    expect(run.state && dueAt(run.state)).toBe(minute(6));
    expect(run.wait(64)).toEqual([]);
    expect(run.state && dueAt(run.state)).toBe(minute(65));
    expect(types(run.say(65, { type: 'due' }))).toEqual(['AccessRevoked.v1']);
  });

  it('is answered with all the others; one that is not entitled does not stand in the way of one that is', () => {
    const run = scenario();
    run.say(1, revoke({ revocationId: 'mallory' }));
    run.say(2, revoke({ revocationId: 'alice' }));
    run.say(5, approve());
    expect(types(run.say(5, judge(false, 'mallory')))).toEqual(['AccessRevocationRefused.v1']);
    expect(types(run.say(5, judge(true, 'alice')))).toEqual(['AccessRevoked.v1']);
  });

  it('is kept once when it comes twice', () => {
    const run = scenario();
    run.say(1, revoke());
    run.say(1, revoke());
    expect(run.state?.unjudged).toHaveLength(1);
  });

  it('is refused with a code where twenty others already wait', () => {
    const run = scenario();
    for (let i = 0; i < 20; i += 1) run.say(1, revoke({ revocationId: `r${i}` }));
    expect(run.say(2, revoke({ revocationId: 'r20' }))).toMatchObject([
      { type: 'AccessRevocationRefused.v1', data: { reason: { code: 'ERR_REVOCATIONS_TOO_MANY' } } },
    ]);
    expect(run.state?.unjudged).toHaveLength(20);
  });

  it('by a system that may end access has a place of its own, but no more than twenty of them', () => {
    const run = scenario();
    const emitter = { ...portal, mayRevoke: true };
    for (let i = 0; i < 20; i += 1) run.say(1, revoke({ revocationId: `r${i}` }));
    for (let i = 20; i < 40; i += 1) expect(run.say(1, revoke({ revocationId: `r${i}`, emitter }))).toEqual([]);
    expect(types(run.say(1, revoke({ revocationId: 'r40', emitter })))).toEqual(['AccessRevocationRefused.v1']);
    expect(run.state?.unjudged).toHaveLength(40);
  });
});

describe('a revocation that needs no directory', () => {
  it.each([
    { who: 'a system that may end access', wish: { by: undefined, emitter: { ...portal, mayRevoke: true } } },
    { who: 'the requester, by id', wish: { by: alice.userId } },
    { who: 'the requester, by name', wish: { by: 'ALICE@acme.example' } },
    { who: 'somebody the approval names, by id', wish: { by: listed } },
  ])('by $who is kept though twenty others wait for the directory', ({ wish }) => {
    const run = scenario();
    run.say(5, approve({ approval: { revocableBy: { groupIds: [], userIds: [listed] } } }));
    for (let i = 0; i < 20; i += 1) run.say(6, revoke({ revocationId: `r${i}`, by: `stranger-${i}@acme.example` }));
    expect(run.say(7, revoke({ revocationId: 'r20', ...wish }))).toEqual([]);
    expect(types(run.say(7, judge(true, 'r20')))).toEqual(['AccessRevoked.v1']);
  });
});

describe('a revocation from a system that nobody registered', () => {
  const refuse = {
    type: 'refuse',
    requestId: '01936d00-0000-7000-8000-000000000001',
    revocationId: 'r1',
    by: undefined,
    reason: { code: 'ERR_EMITTER_UNKNOWN', message: 'not registered' },
  } as const;

  it('is refused once for an approved request', () => {
    const run = scenario();
    run.say(5, approve());
    expect(run.say(6, refuse)).toMatchObject([{ type: 'AccessRevocationRefused.v1', data: { reason: { code: 'ERR_EMITTER_UNKNOWN' } } }]);
    expect(run.say(6, refuse)).toEqual([]);
  });

  it('leaves nothing behind for any other request', () => {
    const run = scenario();
    expect(run.say(1, refuse)).toEqual([]);
    expect(run.state).toBeUndefined();
  });
});
