import type { EligibilityPolicy, Limits } from '@team/contracts';
import type { Random } from '../../infra/local/src/cloud/index.ts';
import type { Organization } from '../../infra/local/src/identity/index.ts';

/** As many policies as wanted for an organization: groups and people, units and accounts, some with hours, some that deny. */
export function manyPolicies({ Groups, Users, Accounts, OrganizationalUnits, PermissionSets, RootId }: Organization, howMany: number, random: Random): { readonly eligibility: readonly EligibilityPolicy[]; readonly limits: Limits } {
  const some = <Value>(all: readonly Value[], most: number): Value[] => Array.from({ length: 1 + Math.floor(random.next() * most) }, () => all[Math.floor(random.next() * all.length)] as Value);
  const eligibility = Array.from({ length: howMany }, (_, i): EligibilityPolicy => {
    const units = random.next() < 0.05 ? [RootId] : some(OrganizationalUnits, 4).map(({ Id }) => Id);
    const common = {
      policyId: `policy-${i}`,
      principals: { groupIds: [...new Set(some(Groups, 3).map(({ GroupId }) => GroupId))], userIds: [...new Set(some(Users, 5).map(({ UserId }) => UserId))] },
      targets: { accountIds: [...new Set(some(Accounts, 10).map(({ Id }) => Id))], organizationalUnitIds: [...new Set(units)] },
      permissionSetArns: [...new Set(some(PermissionSets, 12).map(({ PermissionSetArn }) => PermissionSetArn))],
    };
    if (random.next() < 0.03) return { ...common, effect: 'deny' };
    const hours = random.next() < 0.2 ? { timeWindows: [{ days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const, from: '07:00', to: '20:00', timeZone: 'Europe/Berlin' }].map(({ days, ...rest }) => ({ days: [...days], ...rest })) } : {};
    return { ...common, ...hours, maximumDurationMinutes: 60 + Math.floor(random.next() * 420), approval: random.next() < 0.6 ? 'required' : 'not-required', ticketPattern: 'INC\\d{7}' };
  });
  const nobody = { groupIds: [], userIds: [] };
  const limits: Limits = {
    maximumDurationMinutes: 540,
    approvalDeadlineMinutes: 180,
    openRequestsPerUser: 20,
    startNoLaterThanDays: 30,
    justification: 'required',
    sessionLongerThanGrant: 'warn',
    administrators: nobody,
    auditors: nobody,
    protectedAccountIds: [],
  };
  return { eligibility, limits };
}
