import { approve, assignment, confirmed, eligible, failed, granted, grantIds, lapsed, minute, requestId, revoke, scenario, types } from '../../test/scenario.ts';
import { extend, extensionGrant, extensionId, firstGrant, judged, ofExtension, revokeExtension } from '../../test/extending.ts';
import type { Fact } from './events.ts';
import { dueAt, forgetAt } from './steps.ts';
import { remembranceMs } from './timing.ts';

const at = (minutes: number): string => new Date(minute(minutes)).toISOString();

/** Approved at 5, given at 6 for an hour: until 66. */
function running() {
  const run = scenario();
  run.say(5, approve());
  run.say(6, granted(6));
  return run;
}
const said = (facts: readonly Fact[]): string[] =>
  facts.map(({ type, data }) => `${type} ${data.requestId === extensionId ? 'extension' : 'first'}${'reason' in data ? ` ${data.reason.code}` : ''}`);

describe('an extension', () => {
  it('opens at once while what it extends is there, and says when it ends: its duration after that', () => {
    const [fact, extended] = running().say(20, extend());
    expect(fact).toMatchObject({
      type: 'AccessWindowOpened.v1',
      data: { requestId: extensionId, grant: { grantId: extensionGrant }, endsAt: at(96), window: { durationMinutes: 30, latestEnd: at(170) } },
    });
    expect(extended).toMatchObject({
      type: 'AccessExtended.v1',
      data: { requestId, grantId: firstGrant, extension: { requestId: extensionId, grantId: extensionGrant }, endsAt: at(96) },
    });
  });

  it('leaves it to what it extends to say no end in its window', () => {
    const [fact] = scenario().say(5, approve());
    expect(fact?.data).not.toHaveProperty('endsAt');
  });

  it('ends then, however late it was given itself, and after what it extends', () => {
    const run = running();
    run.say(20, extend());
    run.say(22, ofExtension(granted(22)));
    const facts = run.wait(66);
    expect(said(facts)).toEqual(['AccessExpired.v1 first']);
    run.say(66.5, confirmed());
    expect(run.wait(95.9)).toEqual([]);
    expect(run.wait(96)).toMatchObject([{ type: 'AccessExpired.v1', data: { requestId: extensionId, grantId: extensionGrant, endedAt: at(96) } }]);
  });

  it('never ends beyond its own latest end', () => {
    const run = running();
    const asked = extend();
    run.say(20, { ...asked, approval: { ...asked.approval, window: { ...asked.approval.window, latestEnd: at(90) } } });
    expect(run.wait(100)).toEqual(expect.arrayContaining([expect.objectContaining({ type: 'AccessExpired.v1', data: expect.objectContaining({ grantId: extensionGrant, endedAt: at(90) }) })]));
  });

  it('waits until what it extends is given', () => {
    const run = scenario();
    run.say(5, approve());
    expect(run.say(20, extend())).toEqual([]);
    expect(said(run.say(25, granted(25)))).toEqual(['AccessWindowOpened.v1 extension', 'AccessExtended.v1 first']);
  });

  it('waits until what it extends is approved, where that is heard later', () => {
    const run = scenario();
    expect(run.say(20, extend())).toEqual([]);
    expect(said(run.say(21, approve()))).toEqual(['AccessWindowOpened.v1 first']);
    expect(said(run.say(22, granted(22)))).toEqual(['AccessWindowOpened.v1 extension', 'AccessExtended.v1 first']);
  });

  it('is given up when its approval no longer holds, where nothing is heard of what it extends', () => {
    const run = scenario();
    run.say(20, extend());
    expect(said(run.wait(80))).toEqual(['AccessRevoked.v1 extension ERR_OPENING_TOO_LATE']);
  });

  it.each<[string, (run: ReturnType<typeof scenario>) => void]>([
    ['time has run out', (run) => void run.wait(66)],
    ['somebody ended it', (run) => [revoke(), judged()].forEach((command) => run.say(19, command))],
    ['provisioning says it is gone', (run) => void run.say(19, confirmed())],
  ])('opens nothing, and says so, where of what it extends %s', (_what, before) => {
    const run = running();
    before(run);
    const at = run.status() === 'ending' && run.state?.progress[firstGrant]?.ending?.cause.kind === 'time' ? 67 : 20;
    expect(said(run.say(at, extend())).filter((fact) => fact.includes('extension'))).toEqual(['AccessRevoked.v1 extension ERR_EXTENDS_ENDED']);
    expect(run.status(extensionGrant)).toBe('ending');
    run.say(at, ofExtension(confirmed()));
    expect(run.status(extensionGrant)).toBe('revoked');
  });

  it('opens nothing where what it extends was never given', () => {
    const run = scenario();
    run.say(5, approve());
    run.say(20, extend());
    expect(said(run.say(21, failed()))).toEqual(['AccessRevoked.v1 extension ERR_EXTENDS_ENDED']);
  });

  it('opens nothing on what the extended request does not give', () => {
    const run = running();
    const asked = extend();
    const elsewhere = { ...asked.approval.grants[extensionGrant], accountId: '999988887777' };
    const grants = { [extensionGrant]: elsewhere as (typeof asked.approval.grants)[string] };
    expect(said(run.say(20, { ...asked, approval: { ...asked.approval, grants } }))).toEqual(['AccessRevoked.v1 extension ERR_EXTENDS_ENDED']);
  });

  it('opens nothing where it and the end of what it extends come together', () => {
    const run = running();
    expect(said(run.say(66, extend()))).toEqual(['AccessExpired.v1 first', 'AccessRevoked.v1 extension ERR_EXTENDS_ENDED']);
  });

  it('is judged again where its approval took long, and lapses without what it extends', () => {
    const slow = () => {
      const run = running();
      const asked = extend({ startsAt: 30 });
      expect(said(run.say(30, { ...asked, approval: { ...asked.approval, acceptedAt: at(10) } }))).toEqual(['AccessOpeningDue.v1 extension']);
      return run;
    };
    expect(said(slow().say(31, ofExtension(eligible(extensionGrant))))).toEqual(['AccessWindowOpened.v1 extension', 'AccessExtended.v1 first']);
    const run = slow();
    expect(said(run.say(31, ofExtension(lapsed(extensionGrant))))).toEqual(['AccessRevoked.v1 extension ERR_ELIGIBILITY_LAPSED']);
    expect(run.status()).toBe('active');
  });

  it('is noted once: another approval of it changes nothing', () => {
    const run = running();
    run.say(20, extend());
    expect(run.say(21, extend({ durationMinutes: 50 }))).toEqual([]);
    expect(run.state?.extensions?.[extensionId]?.window.durationMinutes).toBe(30);
  });

  it('is remembered as long as the longest of the stretch', () => {
    const run = running();
    run.say(20, extend());
    expect(run.state && forgetAt(run.state)).toBeUndefined();
    run.wait(97);
    for (const command of [confirmed(), ofExtension(confirmed())]) run.say(97, command);
    expect(run.state && forgetAt(run.state)).toBe(minute(170) + remembranceMs);
    expect(run.state && dueAt(run.state)).toBeUndefined();
  });
});

describe('ending either', () => {
  it.each([
    ['the first', revoke()],
    ['the extension', revokeExtension()],
  ])('ends both: %s', (_which, wish) => {
    const run = running();
    run.say(20, extend());
    run.say(30, wish);
    expect(said(run.say(30, judged()))).toEqual(['AccessRevoked.v1 first ERR_ACCESS_REVOKED', 'AccessRevoked.v1 extension ERR_ACCESS_REVOKED']);
  });

  it('ends what goes on when the first has run out', () => {
    const run = running();
    run.say(20, extend());
    run.wait(70);
    run.say(70, confirmed());
    run.say(71, revoke());
    expect(said(run.say(71, judged()))).toEqual(['AccessRevoked.v1 extension ERR_ACCESS_REVOKED']);
  });

  it('ends of several targets the one that is named, in both', () => {
    const run = scenario();
    const approved = approve({ grants: grantIds.slice(0, 2) });
    const [, other] = grantIds;
    const elsewhere = { ...approved.approval.grants[other], accountId: '444455556666' } as (typeof approved.approval.grants)[string];
    run.say(5, { ...approved, approval: { ...approved.approval, grants: { ...approved.approval.grants, [other]: elsewhere } } });
    run.say(6, granted(6));
    run.say(6, { ...granted(6, other), assignment: { ...assignment, accountId: '444455556666' } } as ReturnType<typeof granted>);
    run.say(20, extend());
    run.say(30, revoke({ grantIds: [other] }));
    expect(run.say(30, judged()).map(({ data }) => 'grantId' in data && data.grantId)).toEqual([other]);
    run.say(31, { ...revokeExtension('r2'), revocation: { revocationId: 'r2', emitter: { name: 'portal', mayRevoke: false, speaksForPeople: true }, grantIds: [extensionGrant] } } as ReturnType<typeof revoke>);
    expect(run.say(31, judged(true, 'r2')).map(({ data }) => 'grantId' in data && data.grantId)).toEqual([firstGrant, extensionGrant]);
  });

  it('is refused in the name of the request that was named, and ends nothing', () => {
    const run = running();
    run.say(20, extend());
    run.say(30, revokeExtension());
    expect(run.say(30, judged(false))).toMatchObject([{ type: 'AccessRevocationRefused.v1', data: { requestId: extensionId } }]);
    expect([run.status(), run.status(extensionGrant)]).toEqual(['active', 'activating']);
  });

  it('is remembered where it comes before the extension is approved: then both end', () => {
    const run = running();
    const kept = { revocationId: 'r1', emitter: { name: 'portal', mayRevoke: false, speaksForPeople: true }, by: 'Alice@acme.example' };
    expect(run.say(20, extend({}, { unjudged: [kept], progress: {} }))).toEqual([]);
    expect(types(run.say(20, judged()))).toEqual(['AccessRevoked.v1', 'AccessRevoked.v1']);
  });

  it('waits to be judged until what is extended is known, and then nothing opens', () => {
    const run = scenario();
    run.say(20, extend());
    run.say(21, revokeExtension());
    expect(run.say(21, judged())).toEqual([]);
    expect(run.say(22, approve())).toEqual([]);
    expect(types(run.say(22, judged()))).toEqual(['AccessRevoked.v1', 'AccessRevoked.v1']);
  });
});

describe('the item of an extension', () => {
  it('only points, and keeps what came before', () => {
    const run = scenario();
    run.say(10, revoke());
    run.say(11, { type: 'point', requestId, to: extensionId, latestEnd: minute(100) });
    expect(run.state).toMatchObject({ partOf: { requestId: extensionId }, unjudged: [{ revocationId: 'r1' }] });
    for (const command of [approve(), granted(12), confirmed(), judged()]) expect(run.say(12, command)).toEqual([]);
    expect(run.state && dueAt(run.state)).toBeUndefined();
    expect(run.state && forgetAt(run.state)).toBe(minute(100) + remembranceMs);
  });
});
