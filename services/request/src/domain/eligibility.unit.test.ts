import fc from 'fast-check';
import { anything, ask, denying, limits, person, policies } from '../../test/generated.ts';
import { better, policyByRules } from '../../test/reference.ts';
import { assess, judgeEligibility, type Eligibility } from './eligibility.ts';
import type { EligibilityPolicy } from './policy.ts';

const chosen = (eligibility: Eligibility): EligibilityPolicy | undefined => ('policy' in eligibility ? eligibility.policy : undefined);

describe('eligibility', () => {
  it('is what the rules say: the best of the policies that each by itself allow all that is asked', () => {
    let allowed = 0;
    let withinHours = 0;
    fc.assert(
      fc.property(...anything, (who, what, all, bounds) => {
        const expected = policyByRules(who, what, all, bounds);
        if (expected !== undefined) allowed += 1;
        if (expected?.timeWindows !== undefined) withinHours += 1;
        expect(chosen(judgeEligibility(who, what, all, bounds))).toEqual(expected);
      }),
      { numRuns: 10_000 },
    );
    // Otherwise the property would hold of a judge who never allows anything.
    expect(allowed).toBeGreaterThan(500);
    expect(withinHours).toBeGreaterThan(10);
  });

  it('rests on one policy alone, never on a mixture: without all others it is the same', () => {
    fc.assert(
      fc.property(...anything, (who, what, all, bounds) => {
        const best = chosen(judgeEligibility(who, what, all, bounds));
        const alone = all.filter((rule) => chosen(judgeEligibility(who, what, [rule], bounds)) !== undefined);
        const denied = assess(who, what, all, bounds).denying.length > 0;
        expect(best === undefined).toBe(denied || alone.length === 0);
        if (best !== undefined) expect(alone).toContain(best);
      }),
    );
  });

  it('never grows when one more policy denies', () => {
    fc.assert(
      fc.property(...anything, denying, (who, what, all, bounds, deny) => {
        const before = chosen(judgeEligibility(who, what, all, bounds));
        const after = chosen(judgeEligibility(who, what, [...all, { ...deny, policyId: 'z' }], bounds));
        expect([before, undefined]).toContain(after);
      }),
    );
  });

  it('never grows when a policy that allows is removed: nothing more is allowed, and nothing on better terms', () => {
    fc.assert(
      fc.property(...anything, fc.nat({ max: 5 }), (who, what, all, bounds, gone) => {
        if (all[gone]?.effect === 'deny') return;
        const before = chosen(judgeEligibility(who, what, all, bounds));
        const after = chosen(judgeEligibility(who, what, all.toSpliced(gone, 1), bounds));
        if (before === undefined) expect(after).toBeUndefined();
        else if (after !== undefined) expect(better(after, before)).toBe(false);
      }),
    );
  });

  it('of a unit reaches everything below it, at any depth', () => {
    fc.assert(
      fc.property(...anything, fc.array(fc.constantFrom('ou-acme-00000008', 'ou-acme-00000009')), (who, what, all, bounds, below) => {
        const deeper = { ...what, ouPath: [...what.ouPath, ...below] };
        expect(judgeEligibility(who, deeper, all, bounds)).toEqual(judgeEligibility(who, what, all, bounds));
      }),
    );
  });

  it('of a unit does not reach what was moved out of it', () => {
    fc.assert(
      fc.property(...anything, (who, what, all, bounds) => {
        const byUnit = all.map((rule) => ({ ...rule, targets: { ...rule.targets, accountIds: [], accountTags: undefined } }));
        expect(chosen(judgeEligibility(who, { ...what, ouPath: ['ou-acme-00000009'] }, byUnit, bounds))).toBeUndefined();
      }),
    );
  });

  it('changes with a move between units only by what the units say: policies for accounts and tags stay as they are', () => {
    fc.assert(
      fc.property(...anything, fc.subarray(['r-acme', 'ou-acme-00000001', 'ou-acme-00000002', 'ou-acme-00000003', 'ou-acme-00000009']), (who, what, all, bounds, ouPath) => {
        const byUnit = (rule: EligibilityPolicy): boolean => rule.targets.organizationalUnitIds.some((unit) => what.ouPath.includes(unit) !== ouPath.includes(unit));
        const others = all.filter((rule) => !byUnit(rule));
        expect(judgeEligibility(who, { ...what, ouPath }, others, bounds)).toEqual(judgeEligibility(who, what, others, bounds));
      }),
    );
  });

  it('does not depend on the order of policies', () => {
    const shuffled = policies.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    fc.assert(
      fc.property(person, ask, shuffled, limits, (who, what, [all, mixed], bounds) => {
        expect(chosen(judgeEligibility(who, what, mixed, bounds))).toEqual(chosen(judgeEligibility(who, what, all, bounds)));
      }),
    );
  });

  it('does not depend on the letter case of ids, whoever wrote them', () => {
    const capital = ({ principals, ...rule }: EligibilityPolicy): EligibilityPolicy => ({
      ...rule,
      principals: { userIds: principals.userIds.map(upper), groupIds: principals.groupIds.map(upper) },
    });
    const policyOf = (eligibility: Eligibility) => chosen(eligibility)?.policyId;
    fc.assert(
      fc.property(...anything, (who, what, all, bounds) => {
        const expected = policyOf(judgeEligibility(who, what, all, bounds));
        const shouting = { ...who, userId: upper(who.userId), groupIds: new Set([...who.groupIds].map(upper)) };
        expect(policyOf(judgeEligibility(who, what, all.map(capital), bounds))).toBe(expected);
        expect(policyOf(judgeEligibility(shouting, what, all, bounds))).toBe(expected);
      }),
    );
  });

  it('is refused with a reason, which is ERR_NOT_ELIGIBLE exactly where no policy that allows covers what is asked', () => {
    fc.assert(
      fc.property(...anything, (who, what, all, bounds) => {
        const eligibility = judgeEligibility(who, what, all, bounds);
        if (!('problems' in eligibility)) return;
        const codes = eligibility.problems.map(({ code }) => code);
        const { denying: against, considered } = assess(who, what, all, bounds);
        expect(codes.length).toBeGreaterThan(0);
        expect(codes.includes('ERR_DENIED_BY_POLICY')).toBe(against.length > 0);
        expect(codes.includes('ERR_NOT_ELIGIBLE')).toBe(against.length === 0 && considered.length === 0);
      }),
    );
  });
});

const upper = (text: string): string => text.toUpperCase();
