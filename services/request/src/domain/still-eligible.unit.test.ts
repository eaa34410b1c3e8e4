import type { AccessRequestAcceptedV1 } from '@team/contracts';
import { exampleOf } from '@team/testing';
import { accessRequestAcceptedV1 } from '@team/contracts';
import { account, limits, policy, readOnly, wren } from './facts-for-tests.ts';
import { reassess } from './still-eligible.ts';

const [grant] = exampleOf(accessRequestAcceptedV1).grants;
if (grant === undefined) throw new Error('an acceptance has a grant');
const accepted: AccessRequestAcceptedV1 = {
  ...exampleOf(accessRequestAcceptedV1),
  grants: [{ ...grant, accountId: account.id, permissionSetArn: readOnly.arn }],
  durationMinutes: 60,
  approvalRequired: true,
};
const judge = (change: { person?: typeof wren | undefined; status?: string; policies?: (typeof policy)[]; accepted?: AccessRequestAcceptedV1 }) => {
  const { confirmed, reasons } = reassess(
    change.accepted ?? accepted,
    [grant.grantId],
    'person' in change ? change.person : wren,
    new Map([[account.id, { ...account, status: change.status ?? 'ACTIVE' }]]),
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
  ['approval is needed now and nobody approved', { accepted: { ...accepted, approvalRequired: false } }, ['ERR_NOT_ELIGIBLE']],
])('lapses when %s', (_what, change, expected) => {
  expect(judge(change)).toEqual(expected);
});
