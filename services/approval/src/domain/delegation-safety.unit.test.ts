import fc from 'fast-check';
import { delegate, delegations } from '../../test/delegating.ts';
import { asking, decision, idOf, inApproval, minute, person, policy, request, start } from '../../test/scenario.ts';
import { delegatedTo, type Delegation } from './delegations.ts';
import type { ApprovalEvent } from './events.ts';

/** Approvers, two of whom asked, and people who can only stand in for them. */
const approvers = ['dana', 'olga', 'anna', 'ben'];
const names = [...approvers, 'zoe', 'yves'];
const groups = ['leads', 'security'];
const day = 1440 * minute;
const name = fc.constantFrom(...names);

/** Wishes to delegate and to take it back, by anybody, to anybody, for any time, some of them under the same id. */
const anyWish = fc.record({ by: name, to: fc.option(name, { nil: undefined }), from: fc.integer({ min: 0, max: 9 }), days: fc.integer({ min: 1, max: 9 }), id: fc.integer({ min: 0, max: 2 }) });
const wishOf = ({ by, to, from, days, id }: { by: string; to: string | undefined; from: number; days: number; id: number }, i: number) =>
  delegate(person(by), to === undefined ? undefined : person(to), { from, until: from + days, id: `${by} ${id}`, again: String(i) });
const anyWishes = fc.array(anyWish, { minLength: 4, maxLength: 16 }).map((wishes) => wishes.map(wishOf));

const standing = (all: ReturnType<typeof delegations>): readonly Delegation[] =>
  (all.state()?.delegations ?? []).filter(({ withdrawnAt }) => withdrawnAt === undefined);
const overlap = (a: Delegation, b: Delegation): boolean => a.from < b.until && b.from < a.until;

describe('whoever delegates to whom, in any order', () => {
  it('nobody who decides for another has somebody decide for them meanwhile, and nobody has two', () => {
    fc.assert(
      fc.property(anyWishes, (wishes) => {
        const all = delegations();
        for (const wish of wishes) {
          all.meet(wish);
          const now = standing(all);
          for (const one of now) {
            expect(one.delegateId).not.toBe(one.delegator.userId);
            const meanwhile = now.filter((other) => other !== one && overlap(one, other));
            expect(meanwhile.filter((other) => other.delegator.userId === one.delegateId || other.delegator.userId === one.delegator.userId)).toEqual([]);
          }
        }
      }),
    );
  });

  it('each wish has one answer at most, and none when it comes again', () => {
    fc.assert(
      fc.property(anyWishes, (wishes) => {
        const all = delegations();
        for (const wish of wishes) {
          expect(all.told(wish).filter((told) => told === 'DelegationChanged.v1').length).toBeLessThanOrEqual(1);
          expect(all.meet(wish)).toEqual([]);
        }
      }),
      { numRuns: 200 },
    );
  });
});

const principals = fc.record({ groups: fc.subarray(groups), people: fc.subarray(approvers) });
const anyStage = fc.record({ asked: principals, quorum: fc.integer({ min: 1, max: 2 }) }).map(({ asked, quorum }) => ({
  approvers: { groupIds: asked.groups.map(idOf), userIds: asked.people.map((one) => person(one).userId) },
  quorum,
}));
const anyPolicies = fc
  .tuple(...['ledger', 'vault'].map(() => fc.array(anyStage, { minLength: 1, maxLength: 3 })))
  .map((all) => all.map((stages, i) => policy(`policy-${i}`, [['ledger', 'vault'][i] ?? ''], ...stages)));
const anyDecision = fc.record({ by: name, memberOf: fc.subarray(groups, { maxLength: 1 }), verdict: fc.constantFrom(...Array.from({ length: 9 }, () => 'approve' as const), 'deny' as const), on: fc.integer({ min: 0, max: 12 }) });
const askers = [person('dana').userId, person('olga').userId];
const requested = request(['ledger', 'vault'], { askedBy: { userId: person('olga').userId, userName: person('olga').userName } });
const recorded = (events: readonly ApprovalEvent[]) => events.flatMap((event) => (event.type === 'ApprovalRecorded.v1' ? [event.data] : []));

/** Decisions by anybody on any day, with whom they stand in for then, and groups that change from one to the next. */
function decided(all: ReturnType<typeof delegations>, decisions: readonly { by: string; memberOf: string[]; verdict: 'approve' | 'deny'; on: number }[], policies: Parameters<typeof asking>[0]) {
  const waiting = inApproval(asking(policies, requested));
  return decisions.flatMap(({ by, memberOf, verdict, on }, i) => {
    const who = person(by, ...memberOf);
    const now = start + on * day;
    const absences = delegatedTo(all.state(), who.userId).map(({ delegator, from, until }) => {
      const away = names.find((one) => person(one).userId === delegator.userId) ?? '';
      return { delegator: person(away, ...groups.filter((_, at) => (i + at) % 2 === 0)), from: from - on * day, until: until - on * day };
    });
    // The request's time is short beside days away: what moves is when people are away.
    return recorded(waiting.meet(decision(who, { verdict, decisionId: idOf(`decision ${i}`), absences }))).map((data) => ({ ...data, now }));
  });
}

describe('whoever stands in for whom', () => {
  it('nobody who asked counts, neither themselves nor in another’s place, nor anybody in theirs', () => {
    fc.assert(
      fc.property(anyWishes, anyPolicies, fc.array(anyDecision, { minLength: 8, maxLength: 20 }), (wishes, policies, decisions) => {
        for (const { decider, onBehalfOf } of decided(delegations(...wishes), decisions, policies)) {
          expect(askers).not.toContain(decider.userId);
          expect(askers).not.toContain(onBehalfOf?.userId);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('nobody counts twice for a target, as who decides or in whose place', () => {
    fc.assert(
      fc.property(anyWishes, anyPolicies, fc.array(anyDecision, { minLength: 8, maxLength: 20 }), (wishes, policies, decisions) => {
        const yes = decided(delegations(...wishes), decisions, policies).filter(({ verdict }) => verdict === 'approve');
        for (const { grantIds } of policies) {
          const counted = yes.filter((one) => one.grantIds.includes(grantIds[0] ?? ''));
          const people = counted.flatMap(({ decider, onBehalfOf }) => [decider.userId, ...(onBehalfOf === undefined ? [] : [onBehalfOf.userId])]);
          expect(new Set(people).size).toBe(people.length);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('a decision in another’s place is by whom that person delegated to, for a time that runs', () => {
    fc.assert(
      fc.property(anyWishes, anyPolicies, fc.array(anyDecision, { minLength: 8, maxLength: 20 }), (wishes, policies, decisions) => {
        const all = delegations(...wishes);
        for (const { decider, onBehalfOf, now } of decided(all, decisions, policies)) {
          if (onBehalfOf === undefined) continue;
          const theirs = standing(all).filter(({ from, until }) => from <= now && now < until);
          expect(theirs.filter(({ delegator, delegateId }) => delegator.userId === onBehalfOf.userId && delegateId === decider.userId)).toHaveLength(1);
          expect(theirs.map(({ delegator }) => delegator.userId)).not.toContain(decider.userId);
        }
      }),
      { numRuns: 200 },
    );
  });
});
