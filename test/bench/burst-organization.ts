import { writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { makeOrganization, type Organization } from '../../infra/local/src/identity/index.ts';

/** Everybody of a large organization may ask for something in development, and for something in production that others approve. */
const policies = {
  'eligibility.yaml': `kind: EligibilityPolicy
name: contractors-in-dev
principals: { groups: [Contractors] }
targets: { organizationalUnits: [Workloads/Dev] }
permissionSets: [PowerUserAccess]
maximumDurationMinutes: 480
approval: not-required
---
kind: EligibilityPolicy
name: contractors-read-production
principals: { groups: [Contractors] }
targets: { organizationalUnits: [Workloads/Prod] }
permissionSets: [ReadOnlyAccess]
maximumDurationMinutes: 120
approval: required
`,
  'approvers.yaml': `kind: ApproverPolicy
name: everything
targets: { organizationalUnits: [/] }
stages:
  - approvers: { groups: [Production Leads] }
    quorum: 1
`,
  'limits.yaml': `kind: Limits
maximumDurationMinutes: 540
approvalDeadlineMinutes: 180
openRequestsPerUser: 20
startNoLaterThanDays: 30
justification: required
sessionLongerThanGrant: warn
administrators: { groups: [TEAM Admins] }
auditors: { groups: [TEAM Auditors] }
protectedAccounts: []
`,
  'emitters.yaml': `kind: Emitter
name: service-desk
role: arn:aws:iam::174681874430:role/service-desk-integration
source: acme.service-desk
detailTypes: [AccessRequested.v1]
mayAskFor: everyone
`,
};

/** Who may ask for what, and the files to start with. */
export interface BurstOrganization {
  readonly flags: readonly string[];
  readonly askers: readonly string[];
  readonly development: readonly string[];
  readonly production: readonly string[];
}

/** Writes an organization of 3,000 people and 600 accounts, with its policies, into a folder. */
export function writeBurstOrganization(folder: string): BurstOrganization {
  const organization = makeOrganization({ seed: 5, accounts: 600, users: 3_000, groups: 60, permissionSets: 80 });
  const file = join(folder, 'organization.json');
  const policyFolder = join(folder, 'policies');
  writeFileSync(file, JSON.stringify(organization));
  mkdirSync(policyFolder);
  for (const [name, text] of Object.entries(policies)) writeFileSync(join(policyFolder, name), text);
  return {
    flags: ['--organization', file, '--policies', policyFolder],
    askers: membersOf(organization, 'Contractors'),
    development: accountsUnder(organization, 'Dev'),
    production: accountsUnder(organization, 'Prod'),
  };
}

/** User names of those who are enabled. */
function membersOf({ Groups, GroupMemberships, Users }: Organization, name: string): string[] {
  const group = Groups.find(({ DisplayName }) => DisplayName === name)?.GroupId;
  const members = new Set(GroupMemberships.filter(({ GroupId }) => GroupId === group).map(({ MemberId }) => MemberId.UserId));
  return Users.filter(({ UserId, UserStatus }) => members.has(UserId) && UserStatus === 'ENABLED').map(({ UserName }) => UserName);
}

/** Active accounts in a unit of `Workloads`, however deep. */
function accountsUnder({ OrganizationalUnits, Accounts }: Organization, name: string): string[] {
  const units = new Set(OrganizationalUnits.filter((unit) => unit.Name === name).map(({ Id }) => Id));
  // Parents stand before their children.
  for (const { Id, ParentId } of OrganizationalUnits) if (units.has(ParentId)) units.add(Id);
  return Accounts.filter(({ ParentId, Status }) => Status === 'ACTIVE' && units.has(ParentId)).map(({ Id }) => Id);
}
