import fc from 'fast-check';
import { approve, confirmed, eligible, failed, granted, judge, lapsed, minute, revoke, scenario, type Scenario } from '../../test/scenario.ts';
import { extend, extensionGrant, extensionId, firstGrant, ofExtension, revokeExtension } from '../../test/extending.ts';
import type { Command } from './decide.ts';
import type { Fact } from './events.ts';
import { dueAt } from './steps.ts';

const revocationId = fc.constantFrom('r1', 'r2');
const about = (command: Command): fc.Arbitrary<Command> => fc.boolean().map((extension) => (extension ? ofExtension(command) : command));
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.integer({ min: 5, max: 60 }).map((startsAt) => approve({ startsAt })),
  fc.integer({ min: 10, max: 120 }).map((startsAt) => extend({ startsAt })),
  fc.integer({ min: 0, max: 200 }).chain((at) => about(granted(at))),
  about(failed()),
  about(confirmed()),
  fc.constantFrom(eligible(firstGrant), ofExtension(eligible(extensionGrant))),
  fc.constantFrom(lapsed(firstGrant), ofExtension(lapsed(extensionGrant))),
  revocationId.chain((id) => fc.constantFrom(revoke({ revocationId: id }), revokeExtension(id))),
  fc.tuple(fc.boolean(), revocationId).map(([entitled, id]) => judge(entitled, id)),
  fc.constant<Command>({ type: 'due' }),
);
/** Each command so many half minutes after the one before. */
const history = fc.array(fc.record({ command, later: fc.integer({ min: 0, max: 30 }) }), { maxLength: 40 });
type History = readonly { readonly command: Command; readonly later: number }[];

function play(run: Scenario, said: History, from = 0, look: (facts: readonly Fact[], at: number) => void = () => undefined): number {
  let at = from;
  for (const { command: next, later } of said) {
    at += later / 2;
    // What is due meanwhile comes when it is due.
    look(run.wait(at), at);
    look(run.say(at, next), at);
  }
  return at;
}

/** Both approvals become known, every revocation is refused, and time passes, long after every end. */
function settle(run: Scenario, from: number): readonly Fact[] {
  const facts: Fact[] = [...run.say(from, approve()), ...run.say(from, extend())];
  for (const { revocationId: id } of run.state?.unjudged ?? []) facts.push(...run.say(from, judge(false, id)));
  for (const later of [0, 400, 800]) facts.push(...run.say(from + later, { type: 'due' }));
  return facts;
}

const opensExtension = (fact: Fact): boolean => fact.type === 'AccessWindowOpened.v1' && fact.data.requestId === extensionId;
const runs = { numRuns: 100 };

describe('whatever is said of a request and of what extends it, in whatever order, at whatever time', () => {
  it('the extension is opened at most once, within its bounds, and only while what it extends is given and not over', () => {
    fc.assert(
      fc.property(history, (said) => {
        const run = scenario();
        let opened = 0;
        const over = new Set<string>();
        play(run, said, 0, (facts) => {
          for (const fact of facts) {
            if (fact.type === 'AccessExpired.v1' || fact.type === 'AccessRevoked.v1') over.add(fact.data.grantId);
            if (!opensExtension(fact) || fact.type !== 'AccessWindowOpened.v1') continue;
            opened += 1;
            const { window, openedAt, endsAt } = fact.data;
            expect(over).not.toContain(firstGrant);
            expect(over).not.toContain(extensionGrant);
            const first = run.state?.progress[firstGrant];
            const end = Math.min((first?.grantedAt ?? Infinity) + 60 * 60_000, Date.parse(run.state?.approval?.window.latestEnd ?? ''));
            expect(Date.parse(openedAt)).toBeLessThan(end);
            expect(Date.parse(openedAt)).toBeGreaterThanOrEqual(Date.parse(window.notBefore));
            expect(Date.parse(openedAt)).toBeLessThan(Date.parse(window.openBy));
            expect(Date.parse(endsAt ?? '')).toBe(Math.min(end + 30 * 60_000, Date.parse(window.latestEnd)));
          }
        });
        expect(opened).toBeLessThanOrEqual(1);
      }),
      runs,
    );
  });

  it('what is opened of it ends when its window said', () => {
    fc.assert(
      fc.property(history, (said) => {
        const run = scenario();
        const facts: Fact[] = [];
        const at = play(run, said, 0, (some) => facts.push(...some));
        facts.push(...settle(run, at));
        const opened = facts.find(opensExtension);
        const expired = facts.find((fact) => fact.type === 'AccessExpired.v1' && fact.data.grantId === extensionGrant);
        if (expired?.type === 'AccessExpired.v1' && opened?.type === 'AccessWindowOpened.v1') expect(expired.data.endedAt).toBe(opened.data.endsAt);
      }),
      runs,
    );
  });

  it.each([
    ['the request', revoke({ revocationId: 'all' })],
    ['the extension', revokeExtension('all')],
  ])('after an entitled revocation of %s nothing of either opens any more, and both end', (_what, wish) => {
    fc.assert(
      fc.property(history, history, (before, after) => {
        const run = scenario();
        const at = play(run, before);
        run.say(at, wish);
        const facts: Fact[] = [];
        const known: History = [approve(), extend(), judge(true, 'all')].map((next) => ({ command: next, later: 0 }));
        const end = play(run, [...known, ...after], at, (some) => facts.push(...some));
        expect(facts.filter(({ type }) => type === 'AccessWindowOpened.v1')).toEqual([]);
        run.say(end, { type: 'due' });
        for (const id of [firstGrant, extensionGrant]) expect(['ending', 'ended', 'revoked', 'failed']).toContain(run.status(id));
      }),
      runs,
    );
  });

  it('each reaches one final status and keeps it, and time has an end', () => {
    fc.assert(
      fc.property(history, (said) => {
        const run = scenario();
        const at = play(run, said);
        settle(run, at);
        run.say(at + 801, confirmed());
        run.say(at + 801, ofExtension(confirmed()));
        const statuses = [firstGrant, extensionGrant].map((id) => run.status(id));
        for (const status of statuses) expect(['ended', 'revoked', 'failed']).toContain(status);
        expect(run.state && dueAt(run.state)).toBeUndefined();
        for (const { command: next } of said) run.say(at + 802, next);
        expect([firstGrant, extensionGrant].map((id) => run.status(id))).toEqual(statuses);
      }),
      runs,
    );
  });

  it('nothing is due before its time, and at that time something happens', () => {
    fc.assert(
      fc.property(history, (said) => {
        const run = scenario();
        play(run, said, 0, (_facts, at) => {
          const due = run.state && dueAt(run.state);
          if (due === undefined || due > minute(at)) expect(run.say(at, { type: 'due' })).toEqual([]);
          else {
            const before = structuredClone(run.state);
            run.say(at, { type: 'due' });
            expect(run.state).not.toEqual(before);
          }
        });
      }),
      runs,
    );
  });
});
