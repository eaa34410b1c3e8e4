import type { EligibilityPolicy } from '@team/contracts';
import { acceptedAsEligible } from './accepted-as-eligible.ts';
import { anna, iso, policiesFrom, tell } from './fake-run.ts';

const { principalId, accountId, permissionSetArn } = anna;
const longer: EligibilityPolicy = {
  policyId: 'longer',
  principals: { groupIds: ['askers'], userIds: [] },
  targets: { accountIds: [], organizationalUnitIds: ['ou-work'] },
  permissionSetArns: [permissionSetArn],
  maximumDurationMinutes: 40,
  approval: 'required',
};
const free: EligibilityPolicy = { ...longer, policyId: 'free', principals: { groupIds: ['ops'], userIds: [] }, maximumDurationMinutes: 20, approval: 'not-required' };

/** A run in which Anna, one of those who ask, is to be judged under these policies; `accept` gives what is said of her acceptance. */
function asking(...eligibility: EligibilityPolicy[]) {
  const policies = [policiesFrom({ eligibility })];
  const run = tell(acceptedAsEligible, { policies });
  const join = (group: string): void => void run.memberships.set(group, { GroupId: group, MemberId: { UserId: principalId } });
  join('askers');
  const accept = (atMinute: number, more: object = {}) => {
    run.at(atMinute);
    return run.event('AccessRequestAccepted.v1', {
      requestId: 'r1',
      requester: { userId: principalId, userName: 'anna' },
      grants: [{ grantId: 'g1', accountId, permissionSetArn, organizationalUnitIds: ['r-root', 'ou-work'] }],
      durationMinutes: 20,
      approvalRequired: true,
      acceptedAt: iso(atMinute),
      ...more,
    });
  };
  return { run, policies, join, accept };
}

describe('accepted as eligible', () => {
  it('takes what a policy allows, with approval where it asks for one', () => {
    expect(asking(longer, free).accept(1)).toBeUndefined();
    const both = asking(longer, free);
    both.join('ops');
    expect(both.accept(1, { approvalRequired: false })).toBeUndefined();
    expect(asking({ ...longer, principals: { groupIds: [], userIds: [principalId] } }).accept(1)).toBeUndefined();
  });

  it.each([
    ['another group', { principals: { groupIds: ['ops'], userIds: [] } }],
    ['another unit', { targets: { accountIds: [], organizationalUnitIds: ['ou-play'] } }],
    ['another permission set', { permissionSetArns: [] }],
    ['a shorter time', { maximumDurationMinutes: 19 }],
    ['a ticket', { ticket: 'required' as const }],
  ])('finds what is accepted although the policy asks for %s', (_, more) => {
    expect(asking({ ...longer, ...more }).accept(1)).toMatch(/no policy allows anna all of it/);
  });

  it('finds what lasts longer than the limit', () => {
    expect(asking({ ...longer, maximumDurationMinutes: 60 }).accept(1, { durationMinutes: 50 })).toMatch(/no policy allows/);
  });

  it('finds that no approval is asked for where the policies do, and the other way round', () => {
    expect(asking(longer, free).accept(1, { approvalRequired: false })).toMatch(/accepted without approval, and the policies say otherwise/);
    const both = asking(longer, free);
    both.join('ops');
    expect(both.accept(1)).toMatch(/accepted with approval, and the policies say otherwise/);
  });

  it('makes no mixture of two policies', () => {
    const both = asking(longer, free);
    both.join('ops');
    expect(both.accept(1, { approvalRequired: false, durationMinutes: 30 })).toMatch(/accepted without approval/);
  });

  it('takes what held while it was judged, and nothing from long before or from after', () => {
    const { run, policies, accept } = asking(longer);
    expect(accept(1)).toBeUndefined();
    policies.push(policiesFrom({}, 2));
    expect(accept(2.5)).toBeUndefined();
    expect(accept(3)).toMatch(/no policy allows/);
    policies.push(policiesFrom({ eligibility: [longer] }, 4));
    expect(accept(5, { acceptedAt: iso(3) })).toMatch(/no policy allows/);
    expect(accept(5)).toBeUndefined();
    run.memberships.clear();
    expect(accept(5)).toBeUndefined();
    expect(accept(6)).toMatch(/no policy allows/);
  });

  it('finds an account where it does not stand, and takes where it stood while it was judged', () => {
    const everywhere = { ...longer, targets: { accountIds: [accountId], organizationalUnitIds: [] } };
    const { run, accept } = asking(everywhere);
    run.accounts.set(accountId, { Id: accountId, ParentId: 'ou-play' });
    expect(accept(1)).toBeUndefined();
    expect(accept(2)).toMatch(/where it does not stand/);
  });

  it('leaves out what was forged', () => {
    const { run, accept } = asking();
    run.forged.add('e1');
    expect(accept(1)).toBeUndefined();
  });
});
