import fc from 'fast-check';
import {
  approve,
  confirmed,
  eligible,
  failed,
  granted,
  grantIds,
  judge,
  lapsed,
  minute,
  revoke,
  scenario,
  type Scenario,
} from '../../test/scenario.ts';
import type { Command } from './decide.ts';
import type { Fact } from './events.ts';
import { dueAt } from './steps.ts';

const grantId = fc.constantFrom(...grantIds);
const revocationId = fc.constantFrom('r1', 'r2');
const command: fc.Arbitrary<Command> = fc.oneof(
  fc
    .record({ startsAt: fc.integer({ min: 5, max: 90 }), durationMinutes: fc.integer({ min: 1, max: 120 }) })
    .map((asked) => approve({ ...asked, grants: [...grantIds] })),
  fc.tuple(fc.integer({ min: 0, max: 200 }), grantId).map(([at, id]) => granted(at, id)),
  grantId.map((id) => failed(id)),
  grantId.map((id) => confirmed(id)),
  grantId.map((id) => eligible(id)),
  grantId.map((id) => lapsed(id)),
  fc
    .record({ revocationId, grantIds: fc.option(fc.array(grantId, { minLength: 1 }), { nil: undefined }) })
    .map((revocation) => revoke(revocation)),
  fc.tuple(fc.boolean(), revocationId).map(([entitled, id]) => judge(entitled, id)),
  fc.constant<Command>({ type: 'due' }),
);
/** Each command so many half minutes after the one before. */
const history = fc.array(fc.record({ command, later: fc.integer({ min: 0, max: 30 }) }), { maxLength: 40 });

/** Says everything, `look`ing at the request after each. Returns the minute at which it stopped. */
function play(
  run: Scenario,
  said: readonly { readonly command: Command; readonly later: number }[],
  look: (facts: readonly Fact[], at: number) => void,
): number {
  let at = 0;
  for (const { command: next, later } of said) {
    at += later / 2;
    look(run.say(at, next), at);
  }
  return at;
}

/** Answers every revocation by no, then lets time do what it must, long after every end. */
function settle(run: Scenario, from: number): void {
  for (const { revocationId: id } of run.state?.unjudged ?? []) run.say(from, judge(false, id));
  for (const later of [0, 400, 800]) run.say(from + later, { type: 'due' });
}

const openedIn = (facts: readonly Fact[]): string[] =>
  facts.flatMap((fact) => (fact.type === 'AccessWindowOpened.v1' ? [fact.data.grant.grantId] : []));
const runs = { numRuns: 100 };

describe('whatever is said, in whatever order, at whatever time', () => {
  it('time always moves on: at the moment something is due it happens, and the next is due later', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 0, max: 10_000 }), (said, lateBy) => {
        const run = scenario();
        play(run, said, () => {
          const due = run.state && dueAt(run.state);
          if (due === undefined) return;
          const probe = structuredClone(run.state);
          const late = (due - minute(0)) / 60_000 + lateBy;
          run.say(late, { type: 'due' });
          expect(run.state).not.toEqual(probe);
          expect(run.state && dueAt(run.state)).not.toBe(due);
        });
      }),
      runs,
    );
  });

  it('nothing is due before its time: until then time brings nothing about', () => {
    fc.assert(
      fc.property(history, (said) => {
        const run = scenario();
        play(run, said, (_facts, at) => {
          const due = run.state && dueAt(run.state);
          if (due !== undefined && due <= minute(at)) return;
          expect(run.say(at, { type: 'due' })).toEqual([]);
        });
      }),
      runs,
    );
  });

  it('every grant is opened at most once, within its bounds, and never after it was revoked or ended', () => {
    fc.assert(
      fc.property(history, (said) => {
        const run = scenario();
        const opened = new Set<string>();
        const over = new Set<string>();
        const look = (facts: readonly Fact[], at: number): void => {
          for (const fact of facts) {
            if (fact.type === 'AccessRevoked.v1' || fact.type === 'AccessExpired.v1') over.add(fact.data.grantId);
            if (fact.type !== 'AccessWindowOpened.v1') continue;
            const { grant, window, openedAt } = fact.data;
            expect(opened).not.toContain(grant.grantId);
            expect(over).not.toContain(grant.grantId);
            expect(Date.parse(openedAt)).toBe(minute(at));
            expect(minute(at)).toBeGreaterThanOrEqual(Date.parse(window.notBefore));
            expect(minute(at)).toBeLessThan(Date.parse(window.openBy));
            opened.add(grant.grantId);
          }
        };
        play(run, said, look);
      }),
      runs,
    );
  });

  it('after an entitled revocation of everything nothing opens any more', () => {
    fc.assert(
      fc.property(history, history, (before, after) => {
        const run = scenario();
        const at = play(run, before, () => undefined);
        run.say(at, revoke({ revocationId: 'all' }));
        const facts: Fact[] = [];
        const everything = [{ command: approve({ grants: [...grantIds] }), later: 0 }, { command: judge(true, 'all'), later: 0 }, ...after];
        play(
          run,
          everything.map(({ command: next, later }, i) => ({ command: next, later: i === 0 ? at * 2 : later })),
          (published) => facts.push(...published),
        );
        expect(openedIn(facts)).toEqual([]);
      }),
      runs,
    );
  });

  it('every grant has its end asked for until it is confirmed, then reaches one final status and keeps it', () => {
    fc.assert(
      fc.property(history, (said) => {
        const run = scenario();
        const at = play(run, said, () => undefined);
        run.say(at, approve({ grants: [...grantIds] }));
        settle(run, at);
        for (const id of grantIds) expect(['ending', 'ended', 'revoked', 'failed']).toContain(run.status(id));
        for (const id of grantIds) run.say(at + 801, confirmed(id));
        const statuses = grantIds.map((id) => run.status(id));
        for (const status of statuses) expect(['ended', 'revoked', 'failed']).toContain(status);
        expect(run.state && dueAt(run.state)).toBeUndefined();
        play(
          run,
          said.map(({ command: next }, i) => ({ command: next, later: i === 0 ? (at + 802) * 2 : 0 })),
          () => undefined,
        );
        expect(grantIds.map((id) => run.status(id))).toEqual(statuses);
      }),
      runs,
    );
  });
});
