import type { EligibilityPolicy, EmitterRegistration, Limits } from '@team/contracts';
import { makeOrganization, type Organization } from '../../infra/local/src/identity/index.ts';
import type { LoadedPolicies } from '../../infra/local/src/policies/index.ts';

/** An organization in which everybody may have every role of every account without approval. */
export interface LargeOrganization {
  readonly organization: Organization;
  readonly policies: LoadedPolicies;
  /** User ids of those who may ask. */
  readonly people: readonly string[];
  /** Each a role of its own: one assignment to it never conflicts with one to another. */
  readonly roles: readonly { readonly accountId: string; readonly permissionSetArn: string }[];
}

/** The system that asks for everybody, and takes back. */
export const desk = 'bench-desk';

export function largeOrganization(seed: number): LargeOrganization {
  const made = makeOrganization({ seed, accounts: 160, users: 300, groups: 12, permissionSets: 24 });
  const everybody = { GroupId: '0a0b0c0d-0000-4000-a000-00000000000e', DisplayName: 'Everybody' };
  const people = made.Users.filter(({ UserStatus }) => UserStatus === 'ENABLED').map(({ UserId }) => UserId);
  const organization: Organization = {
    ...made,
    Groups: [...made.Groups, everybody],
    GroupMemberships: [...made.GroupMemberships, ...people.map((UserId) => ({ GroupId: everybody.GroupId, MemberId: { UserId } }))],
  };
  const own = new Set([made.ManagementAccountId, made.DelegatedAdministratorAccountId]);
  const accounts = made.Accounts.filter(({ Id, Status }) => Status === 'ACTIVE' && !own.has(Id));
  // What is provisioned in the management account is out of a delegated administrator's reach.
  const inManagement = new Set(made.AccountAssignments.filter(({ AccountId }) => own.has(AccountId)).map(({ PermissionSetArn }) => PermissionSetArn));
  const sets = made.PermissionSets.map(({ PermissionSetArn }) => PermissionSetArn).filter((arn) => !inManagement.has(arn));
  const groups = { groupIds: [everybody.GroupId], userIds: [] };
  const anybodyEverywhere: EligibilityPolicy = {
    policyId: 'bench',
    principals: groups,
    targets: { accountIds: [], organizationalUnitIds: [made.RootId] },
    permissionSetArns: sets,
    maximumDurationMinutes: 1_440,
    approval: 'not-required',
  };
  const limits: Limits = {
    maximumDurationMinutes: 1_440,
    approvalDeadlineMinutes: 60,
    openRequestsPerUser: 100,
    startNoLaterThanDays: 1,
    justification: 'optional',
    sessionLongerThanGrant: 'warn',
    administrators: groups,
    auditors: groups,
    protectedAccountIds: [],
  };
  const emitter: EmitterRegistration = {
    name: desk,
    roleArn: 'arn:aws:iam::174681874430:role/bench-desk',
    source: 'acme.bench-desk',
    detailTypes: ['AccessRequested.v1', 'AccessRevocationRequested.v1'],
    mayAskFor: 'everyone',
    mayRevoke: true,
  };
  // Account by account within each set, so that neighbours in a list are in different accounts.
  const roles = sets.flatMap((permissionSetArn) => accounts.map(({ Id }) => ({ accountId: Id, permissionSetArn })));
  return { organization, policies: { eligibility: [anybodyEverywhere], approvers: [], bundles: [], limits, emitters: [emitter] }, people, roles };
}
