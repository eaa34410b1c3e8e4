import fc from 'fast-check';
import { limits as before, policy } from '../../test/facts.ts';
import { allowing, ask, denying, lenient, limits, person } from '../../test/generated.ts';
import { judgeEligibility } from './eligibility.ts';
import type { EligibilityPolicy, Limits } from './policy.ts';
import { widenedEligibility, widenedLimits } from './widening.ts';

/** A policy and what somebody made of it: changed in some of its parts. */
const changed = fc.tuple(fc.oneof(lenient, allowing), fc.oneof(lenient, allowing), fc.subarray(['principals', 'targets', 'permissionSetArns', 'permissionSetTags', 'maximumDurationMinutes', 'approval', 'ticket', 'ticketPattern', 'justification', 'justificationMinimumCharacters', 'breakGlass', 'startNoEarlierThanMinutes', 'startNoLaterThanDays', 'timeWindows', 'validFrom', 'validUntil'] as const)).map(
  ([one, other, parts]): readonly [EligibilityPolicy, EligibilityPolicy] => [one, { ...one, ...Object.fromEntries(parts.map((part) => [part, other[part]])) }],
);

describe('a change of eligibility policy of which nothing is said to widen', () => {
  it('lets nobody have what they could not have before, nor on better terms', () => {
    let narrower = 0;
    let allowed = 0;
    fc.assert(
      fc.property(changed, person, ask, limits, ([was, is], who, what, bounds) => {
        if (widenedEligibility(was, is).length > 0) return;
        narrower += 1;
        const now = judgeEligibility(who, what, [is], bounds);
        if (!('policy' in now)) return;
        allowed += 1;
        const then = judgeEligibility(who, what, [was], bounds);
        expect(then).toHaveProperty('policy');
        if ('policy' in then && then.policy.approval === 'required') expect(now.policy.approval).toBe('required');
      }),
      { numRuns: 10_000 },
    );
    // Otherwise the property would hold where everything is said to widen.
    expect(narrower).toBeGreaterThan(1_000);
    expect(allowed).toBeGreaterThan(40);
  });

  it('denies everything that was denied before, where the policy denies', () => {
    let narrower = 0;
    fc.assert(
      fc.property(denying, denying, fc.subarray(['principals', 'targets', 'permissionSetArns', 'timeWindows', 'validFrom', 'validUntil'] as const), person, ask, limits, (was, other, parts, who, what, bounds) => {
        const is: EligibilityPolicy = { ...was, ...Object.fromEntries(parts.map((part) => [part, other[part]])) };
        if (widenedEligibility(was, is).length > 0) return;
        narrower += 1;
        const anything = { ...policy, policyId: 'all', principals: { groupIds: [], userIds: [who.userId] }, targets: { accountIds: [what.accountId], organizationalUnitIds: [] }, permissionSetArns: [what.permissionSetArn], maximumDurationMinutes: 10_000, breakGlass: 'allowed' as const };
        const denied = (one: EligibilityPolicy): boolean => !('policy' in judgeEligibility(who, what, [anything, one], { ...bounds, maximumDurationMinutes: 10_000, breakGlassMaximumMinutes: 10_000 }));
        if (denied(was)) expect(denied(is)).toBe(true);
      }),
      { numRuns: 5_000 },
    );
    expect(narrower).toBeGreaterThan(500);
  });
});

const { maximumDurationMinutes: _longest, approval: _asked, ...named } = policy;
const freeze: EligibilityPolicy = { ...named, policyId: policy.policyId, effect: 'deny' };

it.each<[string, EligibilityPolicy | undefined, EligibilityPolicy | undefined, boolean]>([
  ['a new policy that allows', undefined, policy, true],
  ['a new policy that denies', undefined, freeze, false],
  ['the end of one that allows', policy, undefined, false],
  ['the end of one that denies', freeze, undefined, true],
  ['one that allowed and denies', policy, freeze, false],
  ['one that denied and allows', freeze, policy, true],
  ['nothing at all', policy, policy, false],
])('%s: widens or not', (_what, was, is, widens) => {
  expect(widenedEligibility(was, is).length > 0).toBe(widens);
});

it('tells a tag whose key holds = from one with that value', () => {
  const tagged = (key: string, values?: readonly string[]): EligibilityPolicy => ({ ...policy, targets: { accountIds: [], organizationalUnitIds: [], accountTags: [{ key, ...(values === undefined ? {} : { values: [...values] }) }] } });
  expect(widenedEligibility(tagged('Environment=prod'), tagged('Environment', ['prod']))).toEqual(['it adds account tags: "Environment"="prod"']);
  expect(widenedEligibility(tagged('Environment=prod', ['eu']), tagged('Environment', ['prod=eu']))).toEqual(['it adds account tags: "Environment"="prod=eu"']);
});

it.each<[string, Partial<Limits>, boolean]>([
  ['a longer maximum', { maximumDurationMinutes: 541 }, true],
  ['a shorter one', { maximumDurationMinutes: 1 }, false],
  ['more open requests', { openRequestsPerUser: 3 }, true],
  ['starts further ahead', { startNoLaterThanDays: 31 }, true],
  ['no justification', { justification: 'optional' }, true],
  ['sessions refused that outlast grants', { sessionLongerThanGrant: 'refuse' }, false],
  ['one more administrator', { administrators: { groupIds: [], userIds: ['somebody'] } }, true],
  ['one more auditor', { auditors: { groupIds: ['some'], userIds: [] } }, true],
  ['a later deadline, before which more is escalated', { approvalDeadlineMinutes: 181 }, true],
  ['an earlier deadline', { approvalDeadlineMinutes: 179 }, false],
  ['fewer protected accounts', { protectedAccountIds: [] }, true],
  ['one administrator alone', { secondAdministrator: 'not-required' }, true],
  ['a comment for every decision', { decisionComment: 'required' }, false],
  ['longer break glass', { breakGlassMaximumMinutes: 61 }, true],
  ['later reviews', { reviewWithinMinutes: 1_441 }, true],
])('limits with %s: widen or not', (_what, change, widens) => {
  expect(widenedLimits(before, { ...before, ...change }).length > 0).toBe(widens);
});
