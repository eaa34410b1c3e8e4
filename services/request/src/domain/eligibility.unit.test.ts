import fc from 'fast-check';
import { id, limits as generous } from '../../test/facts.ts';
import { judgeEligibility, type Ask, type Eligibility } from './eligibility.ts';
import type { KnownPerson } from './people.ts';
import type { EligibilityPolicy } from './policy.ts';

// Few of each, so that policies, people and targets meet often.
const hexId = (n: number): string => id(n).replace('8000', 'abcd');
const users = [1, 2].map(hexId);
const groups = [11, 12, 13].map(hexId);
const accounts = ['111111111111', '222222222222'];
const units = ['r-acme', 'ou-acme-00000001', 'ou-acme-00000002', 'ou-acme-00000003'];
const sets = ['arn:a', 'arn:b'];
const minutes = fc.constantFrom(30, 60, 90, 120);

const policy: fc.Arbitrary<EligibilityPolicy> = fc.record({
  policyId: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  principals: fc.record({ userIds: fc.subarray(users), groupIds: fc.subarray(groups) }),
  targets: fc.record({ accountIds: fc.subarray(accounts), organizationalUnitIds: fc.subarray(units) }),
  permissionSetArns: fc.subarray(sets, { minLength: 1 }),
  maximumDurationMinutes: minutes,
  approval: fc.constantFrom('required', 'not-required'),
  ticket: fc.constantFrom('required', 'optional', undefined),
});
const policies = fc.uniqueArray(policy, { selector: ({ policyId }) => policyId, maxLength: 6 });
const person: fc.Arbitrary<KnownPerson> = fc
  .record({ userId: fc.constantFrom(...users), groupIds: fc.subarray(groups) })
  .map(({ userId, groupIds }) => ({ userId, userName: 'wren@acme.example', enabled: true, groupIds: new Set(groupIds) }));
const ask: fc.Arbitrary<Ask> = fc.record({
  accountId: fc.constantFrom(...accounts),
  ouPath: fc.subarray(units),
  permissionSetArn: fc.constantFrom(...sets),
  durationMinutes: minutes,
  hasTicket: fc.boolean(),
});
const limits = minutes.map((maximumDurationMinutes) => ({ ...generous, maximumDurationMinutes }));
const anything = [person, ask, policies, limits] as const;

const chosen = (eligibility: Eligibility): EligibilityPolicy | undefined => ('policy' in eligibility ? eligibility.policy : undefined);

/** The rules, one after the other, without regard to speed or to what is said to people. */
function allowedByRules(who: KnownPerson, what: Ask, rule: EligibilityPolicy, globalMaximum: number): boolean {
  let named = false;
  for (const userId of rule.principals.userIds) if (userId === who.userId) named = true;
  for (const groupId of rule.principals.groupIds) if (who.groupIds.has(groupId)) named = true;
  let placed = false;
  for (const accountId of rule.targets.accountIds) if (accountId === what.accountId) placed = true;
  for (const unit of what.ouPath) if (rule.targets.organizationalUnitIds.includes(unit)) placed = true;
  if (!named || !placed || !rule.permissionSetArns.includes(what.permissionSetArn)) return false;
  if (what.durationMinutes > rule.maximumDurationMinutes || what.durationMinutes > globalMaximum) return false;
  return what.hasTicket || rule.ticket !== 'required';
}

/** Whether a person would rather have the first. */
function better(a: EligibilityPolicy, b: EligibilityPolicy): boolean {
  if (a.approval !== b.approval) return a.approval === 'not-required';
  if (a.maximumDurationMinutes !== b.maximumDurationMinutes) return a.maximumDurationMinutes > b.maximumDurationMinutes;
  return a.policyId < b.policyId;
}

describe('eligibility', () => {
  it('is what the rules say: the best of the policies that each by itself allow all that is asked', () => {
    let allowed = 0;
    fc.assert(
      fc.property(...anything, (who, what, all, bounds) => {
        let expected: EligibilityPolicy | undefined;
        for (const rule of all) {
          if (!allowedByRules(who, what, rule, bounds.maximumDurationMinutes)) continue;
          if (expected === undefined || better(rule, expected)) expected = rule;
        }
        if (expected !== undefined) allowed += 1;
        expect(chosen(judgeEligibility(who, what, all, bounds))).toEqual(expected);
      }),
      { numRuns: 2_000 },
    );
    // Otherwise the property would hold of a judge who never allows anything.
    expect(allowed).toBeGreaterThan(200);
  });

  it('rests on one policy alone, never on a mixture: without all others it is the same', () => {
    fc.assert(
      fc.property(...anything, (who, what, all, bounds) => {
        const best = chosen(judgeEligibility(who, what, all, bounds));
        const alone = all.filter((rule) => chosen(judgeEligibility(who, what, [rule], bounds)) !== undefined);
        expect(best === undefined).toBe(alone.length === 0);
        if (best !== undefined) expect(alone).toContain(best);
      }),
    );
  });

  it('never grows when a policy is removed: nothing more is allowed, and nothing on better terms', () => {
    fc.assert(
      fc.property(...anything, fc.nat({ max: 5 }), (who, what, all, bounds, gone) => {
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
        const byUnit = all.map((rule) => ({ ...rule, targets: { ...rule.targets, accountIds: [] } }));
        expect(chosen(judgeEligibility(who, { ...what, ouPath: ['ou-acme-00000009'] }, byUnit, bounds))).toBeUndefined();
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

  it('is refused with a reason, which is ERR_NOT_ELIGIBLE exactly where no policy covers what is asked', () => {
    fc.assert(
      fc.property(...anything, (who, what, all, bounds) => {
        const eligibility = judgeEligibility(who, what, all, bounds);
        if (!('problems' in eligibility)) return;
        const codes = eligibility.problems.map(({ code }) => code);
        const easy = { ...what, durationMinutes: 1, hasTicket: true };
        const covered = chosen(judgeEligibility(who, easy, all, bounds)) !== undefined;
        expect(codes.length).toBeGreaterThan(0);
        expect(codes.includes('ERR_NOT_ELIGIBLE')).toBe(!covered);
      }),
    );
  });
});

const upper = (text: string): string => text.toUpperCase();
