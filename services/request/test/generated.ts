import fc from 'fast-check';
import type { Ask } from '../src/domain/ask.ts';
import type { KnownPerson } from '../src/domain/people.ts';
import type { Day, EligibilityPolicy, TimeWindow } from '../src/domain/policy.ts';
import { id, limits as generous } from './facts.ts';

// Few of each, so that policies, people and targets meet often.
const hexId = (n: number): string => id(n).replace('8000', 'abcd');
const users = [1, 2].map(hexId);
const groups = [11, 12, 13].map(hexId);
const accounts = ['111111111111', '222222222222'];
const units = ['r-acme', 'ou-acme-00000001', 'ou-acme-00000002', 'ou-acme-00000003'];
const sets = ['arn:a', 'arn:b'];
const minutes = fc.constantFrom(30, 60, 90, 120);

const instants = ['2026-03-27T12:00:00Z', '2026-03-28T23:30:00Z', '2026-03-29T00:10:00Z', '2026-03-30T06:00:00Z', '2026-10-25T00:10:00Z'];
const instant = fc.constantFrom(...instants);
const maybe = <Value>(one: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> => fc.option(one, { nil: undefined, freq: 2 });
const tag = fc.record({ key: fc.constantFrom('Environment', 'Owner'), values: maybe(fc.subarray(['prod', 'dev'])) });
// The clocks of Berlin are put forward at 01:00 UTC on 29 March 2026, and back at 01:00 UTC on 25 October.
const window: fc.Arbitrary<TimeWindow> = fc.record({
  days: fc.subarray<Day>(['monday', 'friday', 'saturday', 'sunday'], { minLength: 1 }),
  from: fc.constantFrom('00:00', '00:30', '02:30', '08:00', '22:00'),
  to: fc.constantFrom('00:00', '02:30', '06:00', '14:00', '24:00'),
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
export const allowing: fc.Arbitrary<EligibilityPolicy> = fc.record({ ...common, maximumDurationMinutes: minutes, approval: fc.constantFrom('required', 'not-required'), ...rules });
/** Few rules, so that things are allowed. */
export const lenient: fc.Arbitrary<EligibilityPolicy> = allowing.map(({ policyId, principals, targets, permissionSetArns, maximumDurationMinutes, approval }) => ({ policyId, principals, targets, permissionSetArns, maximumDurationMinutes, approval }));
export const denying: fc.Arbitrary<EligibilityPolicy> = fc.record({ ...common, effect: fc.constant('deny') });
export const policy = fc.oneof({ weight: 4, arbitrary: allowing }, { weight: 4, arbitrary: lenient }, { weight: 1, arbitrary: denying });
export const policies = fc.uniqueArray(policy, { selector: ({ policyId }) => policyId, maxLength: 6 });
export const person: fc.Arbitrary<KnownPerson> = fc
  .record({ userId: fc.constantFrom(...users), groupIds: fc.subarray(groups) })
  .map(({ userId, groupIds }) => ({ userId, userName: 'wren@acme.example', enabled: true, groupIds: new Set(groupIds) }));
const tags = fc.dictionary(fc.constantFrom('Environment', 'Owner'), fc.constantFrom('prod', 'dev', 'other'));
export const ask: fc.Arbitrary<Ask> = fc
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
export const limits = fc.record({ maximumDurationMinutes: minutes, breakGlassMaximumMinutes: maybe(fc.constantFrom(30, 90)) }).map((bounds) => ({ ...generous, ...bounds }));
export const anything = [person, ask, policies, limits] as const;
