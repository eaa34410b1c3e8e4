import { accepted, account, id, limits, policy, readOnly, receivedAt, wren } from '../../test/facts.ts';
import type { AcceptedRequest } from './events.ts';
import type { KnownAccount } from './facts.ts';
import type { KnownPerson } from './people.ts';
import type { EligibilityPolicy } from './policy.ts';
import { reassess, type NowKnown } from './still-eligible.ts';

const grantIds = accepted.grants.map(({ grantId }) => grantId);

interface Change {
  readonly person?: KnownPerson | undefined;
  readonly status?: string;
  readonly policies?: readonly EligibilityPolicy[];
  readonly accepted?: AcceptedRequest;
}

const known = (accounts: readonly KnownAccount[]): NowKnown => ({
  accounts: new Map(accounts.map((one) => [one.id, one])),
  permissionSets: new Map([[readOnly.arn, readOnly]]),
  now: receivedAt + 3_600_000,
});

const judge = (change: Change) => {
  const { confirmed, reasons } = reassess(
    change.accepted ?? accepted,
    grantIds,
    'person' in change ? change.person : wren,
    known([{ ...account, status: change.status ?? 'ACTIVE' }]),
    change.policies ?? [policy],
    limits,
  );
  return confirmed.length === 1 ? 'confirmed' : reasons.map(({ code }) => code);
};

it('confirms what is still allowed', () => {
  expect(judge({})).toBe('confirmed');
});

it.each([
  ['the person is gone', { person: undefined }, ['ERR_USER_UNKNOWN']],
  ['the person was disabled', { person: { ...wren, enabled: false } }, ['ERR_USER_DISABLED']],
  ['the person left the group', { person: { ...wren, groupIds: new Set<string>() } }, ['ERR_NOT_ELIGIBLE']],
  ['the account was suspended', { status: 'SUSPENDED' }, ['ERR_ACCOUNT_NOT_ACTIVE']],
  ['the policy is gone', { policies: [] }, ['ERR_NOT_ELIGIBLE']],
  ['a policy has come to deny it', { policies: [policy, { ...policy, policyId: 'freeze', effect: 'deny' as const }] }, ['ERR_DENIED_BY_POLICY']],
  ['it would begin outside the hours of its policy', { policies: [{ ...policy, timeWindows: [{ days: ['sunday' as const], from: '00:00', to: '24:00', timeZone: 'UTC' }] }] }, ['ERR_OUTSIDE_HOURS']],
  ['approval is needed now and nobody approved', { accepted: { ...accepted, approvalRequired: false } }, ['ERR_NOT_ELIGIBLE']],
])('lapses when %s', (_what, change, expected) => {
  expect(judge(change)).toEqual(expected);
});

it('lapses a grant that the acceptance does not name, beside one that it does', () => {
  const judged = reassess(accepted, [...grantIds, id(99)], wren, known([account]), [policy], limits);
  expect(judged).toMatchObject({ confirmed: grantIds, lapsed: [id(99)], reasons: [{ code: 'ERR_GRANT_UNKNOWN' }] });
});

it('says once what holds for several grants', () => {
  const second = { ...accepted.grants[0], grantId: id(52), permissionSetArn: `${readOnly.arn}2` } as AcceptedRequest['grants'][number];
  const two = { ...accepted, grants: [...accepted.grants, second] };
  const judged = reassess(two, [...grantIds, id(52)], undefined, known([]), [policy], limits);
  expect(judged).toMatchObject({ confirmed: [], lapsed: [...grantIds, id(52)], reasons: [{ code: 'ERR_USER_UNKNOWN' }] });
});
