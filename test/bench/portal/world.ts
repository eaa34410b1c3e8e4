import type { Bundle, EligibilityPolicy, Limits } from '@team/contracts';
import { makeOrganization, type Organization } from '../../../infra/local/src/identity/index.ts';
import type { LoadedPolicies } from '../../../infra/local/src/policies/index.ts';
import type { System } from '../../../infra/local/src/system/create-system.ts';
import { openPortal } from '../../browser/open-portal.ts';
import { openIssuer } from '../../../services/portal/test/sign-in/issuer.ts';

const audience = 'team';
/** As `organization.large.json` of the design: 600 accounts, 3,000 people, 80 permission sets. */
const size = { seed: 7, accounts: 600, users: 3_000, groups: 120, permissionSets: 80 };

/** The portal before a large organization, in which everybody may ask for everything and everybody is an auditor. */
export interface PortalWorld {
  readonly origin: string;
  readonly system: System;
  readonly organization: Organization;
  /** Enabled people, by user name. */
  readonly people: readonly Organization['Users'][number][];
  /** Id of the group that all of them are in. */
  readonly everybody: string;
  tokenFor(userName: string): Promise<string>;
  close(): Promise<void>;
}

export async function portalWorld(): Promise<PortalWorld> {
  const made = makeOrganization(size);
  const everybody = { GroupId: '0a0b0c0d-0000-4000-a000-00000000000e', DisplayName: 'Everybody' };
  const people = made.Users.filter(({ UserStatus }) => UserStatus === 'ENABLED');
  const organization: Organization = { ...made, Groups: [...made.Groups, everybody], GroupMemberships: [...made.GroupMemberships, ...people.map(({ UserId }) => ({ GroupId: everybody.GroupId, MemberId: { UserId } }))] };
  const issuer = await openIssuer({ audience, now: Date.now });
  const portal = await openPortal({
    organization: () => organization,
    policies: () => policiesOf(organization, everybody.GroupId),
    signIn: (usual) => ({ ...usual, issuer: issuer.url, jwksUri: issuer.jwksUri, audience }),
  });
  return {
    ...portal,
    // Nobody here needs a cookie, and each look-up of a name takes time.
    origin: portal.origin.replace('localhost', '127.0.0.1'),
    people,
    everybody: everybody.GroupId,
    tokenFor: (userName) => issuer.token(userName),
    async close() {
      await portal.close();
      await issuer.close();
    },
  };
}

function policiesOf({ PermissionSets, RootId }: Organization, groupId: string): LoadedPolicies {
  const everybody = { groupIds: [groupId], userIds: [] };
  const eligibility: EligibilityPolicy = { policyId: 'bench', principals: everybody, targets: { accountIds: [], organizationalUnitIds: [RootId] }, permissionSetArns: PermissionSets.map(({ PermissionSetArn }) => PermissionSetArn), maximumDurationMinutes: 480, approval: 'not-required' };
  // Of the whole organization: none could be larger.
  const bundles: readonly Bundle[] = Array.from({ length: 50 }, (_, n) => ({ bundleId: `bench-${n}`, targets: { accountIds: [], organizationalUnitIds: [RootId] }, permissionSetArns: PermissionSets.slice(n, n + 10).map(({ PermissionSetArn }) => PermissionSetArn) }));
  const limits: Limits = { maximumDurationMinutes: 480, approvalDeadlineMinutes: 60, openRequestsPerUser: 20, startNoLaterThanDays: 30, justification: 'required', sessionLongerThanGrant: 'warn', administrators: everybody, auditors: everybody, protectedAccountIds: [] };
  return { eligibility: [eligibility], approvers: [], bundles, limits, emitters: [] };
}
