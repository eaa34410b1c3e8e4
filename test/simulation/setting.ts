import type { ApproverPolicy, EligibilityPolicy } from '@team/contracts';
import { makeOrganization } from '../../infra/local/src/identity/make-organization.ts';
import type { Organization } from '../../infra/local/src/identity/index.ts';
import type { LoadedPolicies } from '../../infra/local/src/policies/index.ts';
import { chance } from './chance.ts';

/** When every run begins. */
export const startAt = '2026-03-02T09:00:00.000Z';

/** Groups by what they are for here; each has members at the start. */
export const groupNames = { askers: 'Developers', operators: 'SRE', leads: 'Production Leads' } as const;

/** A small organization drawn from a number: seven to eleven accounts, ten to fourteen people, three groups that matter. */
export function drawOrganization(seed: number): Organization {
  const between = (least: number, most: number, what: string): number => least + Math.floor(chance(seed, what) * (most - least + 1));
  const made = makeOrganization({ seed, accounts: between(7, 11, 'accounts'), users: between(10, 14, 'users'), groups: 5, permissionSets: 4 });
  const memberships = made.Users.flatMap(({ UserId }, i) => {
    const in1 = i % 2 === 0 ? groupNames.askers : groupNames.operators;
    const in2 = chance(seed, 'lead', i) < 0.4 ? [groupNames.leads] : [];
    return [in1, ...in2].map((name) => ({ GroupId: groupId(made, name), MemberId: { UserId } }));
  });
  return { ...made, OrganizationalUnits: unitsInUse(made), GroupMemberships: memberships };
}

/** Units that have accounts below them: reading the tree is what every judgement begins with, and empty units only make it longer. */
function unitsInUse({ OrganizationalUnits: units, Accounts }: Organization): Organization['OrganizationalUnits'] {
  const parentOf = new Map(units.map(({ Id, ParentId }) => [Id, ParentId]));
  const used = new Set<string>();
  for (const { ParentId } of Accounts) for (let id: string | undefined = ParentId; id !== undefined; id = parentOf.get(id)) used.add(id);
  return units.filter(({ Id }) => used.has(Id));
}

/** The id that a group has at the start. */
export function groupId({ Groups }: Organization, name: string): string {
  const found = Groups.find(({ DisplayName }) => DisplayName === name);
  if (found === undefined) throw new Error(`no group ${name} was made`);
  return found.GroupId;
}

/** Accounts that anybody may be given access to. */
export function reachableAccounts({ Accounts, ManagementAccountId, DelegatedAdministratorAccountId }: Organization): string[] {
  return Accounts.map(({ Id }) => Id).filter((id) => id !== ManagementAccountId && id !== DelegatedAdministratorAccountId);
}

/** Permission sets that requests name: few, so that requests meet. */
export const permissionSetNames = ['ReadOnlyAccess', 'PowerUserAccess', 'DatabaseAdministrator'] as const;

/**
 * Policies drawn from a number. Its lowest bits say whether operators need approval, whether one account has two stages, whether a
 * permission set needs two voices, and how many requests a person may have open.
 */
export function drawPolicies(organization: Organization, variant: number): LoadedPolicies {
  const ids = { askers: groupId(organization, groupNames.askers), operators: groupId(organization, groupNames.operators), leads: groupId(organization, groupNames.leads) };
  const root = organization.RootId;
  const everywhere = { accountIds: [], organizationalUnitIds: [root] };
  const bit = (n: number): boolean => ((variant >> n) & 1) === 1;
  const arns = permissionSetNames.map((name) => organization.PermissionSets.find((set) => set.Name === name)?.PermissionSetArn ?? '');
  const [readOnly = '', powerUser = ''] = arns;
  const [guarded = '', free = ''] = reachableAccounts(organization);
  const people = (...groupIds: string[]) => ({ groupIds, userIds: [] as string[] });

  const eligibility: EligibilityPolicy[] = [
    { policyId: 'everybody', principals: people(ids.askers, ids.operators), targets: everywhere, permissionSetArns: arns, maximumDurationMinutes: 40, approval: 'required' },
    { policyId: 'free', principals: people(ids.askers), targets: { accountIds: [free], organizationalUnitIds: [] }, permissionSetArns: [readOnly], maximumDurationMinutes: 30, approval: 'not-required' },
  ];
  if (bit(0)) {
    eligibility.push({ policyId: 'operators', principals: people(ids.operators), targets: everywhere, permissionSetArns: [readOnly, powerUser], maximumDurationMinutes: 20, approval: 'not-required' });
  }
  const approvers: ApproverPolicy[] = [{ policyId: 'leads', targets: everywhere, stages: [{ approvers: people(ids.leads), quorum: 1 }] }];
  if (bit(1)) {
    const stages = [
      { approvers: people(ids.operators), quorum: 1 },
      { approvers: people(ids.leads), quorum: 1 },
    ];
    approvers.push({ policyId: 'guarded', targets: { accountIds: [guarded], organizationalUnitIds: [] }, stages });
  }
  if (bit(2)) {
    approvers.push({ policyId: 'two-voices', targets: everywhere, permissionSetArns: [powerUser], stages: [{ approvers: people(ids.leads, ids.operators), quorum: 2 }], deadlineMinutes: 30 });
  }
  const account = organization.DelegatedAdministratorAccountId;
  const role = (name: string): string => `arn:aws:iam::${account}:role/${name}`;
  return {
    eligibility,
    approvers,
    bundles: [],
    limits: {
      maximumDurationMinutes: 40,
      approvalDeadlineMinutes: 45,
      openRequestsPerUser: bit(3) ? 3 : 20,
      startNoLaterThanDays: 1,
      justification: 'required',
      sessionLongerThanGrant: 'warn',
      administrators: { groupIds: [], userIds: [organization.Users[0]?.UserId ?? ''] },
      auditors: people(),
      protectedAccountIds: [],
    },
    emitters: [
      { name: 'pipeline', roleArn: role('pipeline'), source: 'acme.pipeline', detailTypes: ['AccessRequested.v1'], mayAskFor: 'everyone' },
      { name: 'itsm', roleArn: role('itsm'), source: 'acme.itsm', detailTypes: ['AccessRequested.v1'], mayAskFor: people(ids.operators) },
      { name: 'security', roleArn: role('security'), source: 'acme.security', detailTypes: ['AccessRevocationRequested.v1'], mayRevoke: true },
    ],
  };
}
