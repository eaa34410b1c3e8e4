import fc from 'fast-check';
import { id, limits as generous } from '../../test/facts.ts';
import { better, policyByRules } from '../../test/reference.ts';
import type { Ask } from './ask.ts';
import { assess, judgeEligibility, type Eligibility } from './eligibility.ts';
import type { KnownPerson } from './people.ts';
import type { Day, EligibilityPolicy, TimeWindow } from './policy.ts';

// Few of each, so that policies, people and targets meet often.
const hexId = (n: number): string => id(n).replace('8000', 'abcd');
const users = [1, 2].map(hexId);
const groups = [11, 12, 13].map(hexId);
const accounts = ['111111111111', '222222222222'];
const units = ['r-acme', 'ou-acme-00000001', 'ou-acme-00000002', 'ou-acme-00000003'];
const sets = ['arn:a', 'arn:b'];
const minutes = fc.constantFrom(30, 60, 90, 120);

const instants = ['2026-03-27T12:00:00Z', '2026-03-28T23:30:00Z', '2026-03-29T00:10:00Z', '2026-03-30T06:00:00Z'];
const instant = fc.constantFrom(...instants);
const maybe = <Value>(one: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> => fc.option(one, { nil: undefined, freq: 2 });
const tag = fc.record({ key: fc.constantFrom('Environment', 'Owner'), values: maybe(fc.subarray(['prod', 'dev'])) });
// The clocks of Berlin are put forward at 01:00 UTC on 29 March 2026.
const window: fc.Arbitrary<TimeWindow> = fc.record({
  days: fc.subarray<Day>(['monday', 'friday', 'saturday', 'sunday'], { minLength: 1 }),
  from: fc.constantFrom('00:00', '00:30', '08:00', '22:00'),
  to: fc.constantFrom('00:00', '06:00', '14:00', '24:00'),
  timeZone: fc.constantFrom('Europe/Berlin', 'UTC', 'America/New_York'),
});

const rules = {
  ticket: fc.constantFrom('required', 'optional', undefined),
  ticketPattern: maybe(fc.constantFrom('INC\\d+', 'INC|CHG1')),
  justification: fc.constantFrom('required', 'optional', undefined),
  justificationMinimumCharacters: maybe(fc.constantFrom(3, 10)),
  breakGlass: fc.constantFrom('allowed', 'forbidden', undefined),
  startNoEarlierThanMinutes: maybe(fc.constantFrom(30)),
  startNoLaterThanDays: maybe(fc.constantFrom(0, 1)),
} as const;
const common = {
  policyId: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  principals: fc.record({ userIds: fc.subarray(users), groupIds: fc.subarray(groups) }),
  targets: fc.record({ accountIds: fc.subarray(accounts), organizationalUnitIds: fc.subarray(units), accountTags: maybe(fc.array(tag, { minLength: 1, maxLength: 2 })) }),
  permissionSetArns: fc.subarray(sets),
  permissionSetTags: maybe(fc.array(tag, { minLength: 1, maxLength: 2 })),
  validFrom: maybe(instant),
  validUntil: maybe(instant),
  timeWindows: maybe(fc.array(window, { minLength: 1, maxLength: 3 })),
} as const;
const allowing: fc.Arbitrary<EligibilityPolicy> = fc.record({ ...common, maximumDurationMinutes: minutes, approval: fc.constantFrom('required', 'not-required'), ...rules });
/** Few rules, so that things are allowed. */
const lenient: fc.Arbitrary<EligibilityPolicy> = allowing.map(({ policyId, principals, targets, permissionSetArns, maximumDurationMinutes, approval }) => ({ policyId, principals, targets, permissionSetArns, maximumDurationMinutes, approval }));
const denying: fc.Arbitrary<EligibilityPolicy> = fc.record({ ...common, effect: fc.constant('deny') });
const policy = fc.oneof({ weight: 4, arbitrary: allowing }, { weight: 4, arbitrary: lenient }, { weight: 1, arbitrary: denying });
const policies = fc.uniqueArray(policy, { selector: ({ policyId }) => policyId, maxLength: 6 });
const person: fc.Arbitrary<KnownPerson> = fc
  .record({ userId: fc.constantFrom(...users), groupIds: fc.subarray(groups) })
  .map(({ userId, groupIds }) => ({ userId, userName: 'wren@acme.example', enabled: true, groupIds: new Set(groupIds) }));
const tags = fc.dictionary(fc.constantFrom('Environment', 'Owner'), fc.constantFrom('prod', 'dev', 'other'));
const ask: fc.Arbitrary<Ask> = fc
  .record({
    accountId: fc.constantFrom(...accounts),
    ouPath: fc.subarray(units),
    accountTags: tags,
    permissionSetArn: fc.constantFrom(...sets),
    permissionSetTags: tags,
    askedAt: instant.map((at) => Date.parse(at)),
    startsAt: fc.constantFrom(0, 20, 90, 2_000),
    durationMinutes: minutes,
    ticketId: fc.constantFrom(undefined, 'INC12', 'INC', 'CHG1', 'xINC12'),
    justification: fc.constantFrom(undefined, '  ', 'look', 'look at the queue'),
    breakGlass: fc.boolean(),
  })
  .map((one) => ({ ...one, startsAt: one.askedAt + one.startsAt * 60_000 }));
const limits = fc.record({ maximumDurationMinutes: minutes, breakGlassMaximumMinutes: maybe(fc.constantFrom(30, 90)) }).map((bounds) => ({ ...generous, ...bounds }));
const anything = [person, ask, policies, limits] as const;

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
