import assert from 'node:assert/strict';
import { DescribeOrganizationCommand, paginateListAccounts } from '@aws-sdk/client-organizations';
import { DescribePermissionSetCommand } from '@aws-sdk/client-sso-admin';
import { refusal } from '../answers.ts';
import { beginCreation } from '../assignments.ts';
import type { Belief } from '../belief.ts';
import type { Place } from '../place.ts';

const guide = 'https://docs.aws.amazon.com/singlesignon/latest/userguide';
const untriedOn = {
  aws: 'would use up a quota that the whole organization shares, its sign-ins and removals of access included',
  emulator: 'an imitation has no quotas',
};

/** Accounts in which this permission set may be assigned, other than the management account. */
async function memberAccounts({ clients: { organizations } }: Place): Promise<string[]> {
  const ids: string[] = [];
  for await (const { Accounts = [] } of paginateListAccounts({ client: organizations }, {})) {
    for (const { Id, State } of Accounts) if (Id !== undefined && State === 'ACTIVE') ids.push(Id);
  }
  return ids;
}

/** Beliefs about what IAM Identity Center allows, tried where nobody else is kept waiting. */
export const ssoQuotaBeliefs: readonly Belief[] = [
  {
    id: 'sso.twenty-calls-a-second',
    says: 'All calls together are throttled beyond twenty a second.',
    source: `${guide}/limits.html`,
    untriedOn,
    async check(place) {
      const { instanceArn: InstanceArn, permissionSetArn: PermissionSetArn } = await place.identityCenter();
      await place.pass(5);
      const read = () => place.clients.ssoAdmin.send(new DescribePermissionSetCommand({ InstanceArn, PermissionSetArn }));
      const ends = await Promise.allSettled(Array.from({ length: 40 }, read));
      const refused = ends.filter((end) => end.status === 'rejected').map(({ reason }) => (reason as Error).name);
      assert.ok(refused.length >= 10, `${refused.length} of 40 calls at once were refused`);
      assert.ok(refused.every((name) => name === 'ThrottlingException'));
      await place.pass(5);
      await read();
    },
  },
  {
    id: 'sso.ten-outstanding',
    says: 'Ten operations are under way at once at most; another is throttled.',
    source: `${guide}/limits.html`,
    untriedOn,
    async check(place) {
      const given = await place.identityCenter();
      const accounts = await memberAccounts(place);
      let begun = 0;
      for (const accountId of accounts) {
        if (accountId === given.accountId) continue;
        if (begun === 10) {
          await refusal(beginCreation(place, { ...given, accountId }), /^ThrottlingException$/);
          await place.pass(120);
          return;
        }
        try {
          await beginCreation(place, { ...given, accountId });
          begun += 1;
        } catch (error) {
          // The management account is out of reach.
          if (!(error instanceof Error) || error.name !== 'AccessDeniedException') throw error;
        }
      }
      assert.fail(`there are only ${accounts.length} accounts`);
    },
  },
  {
    id: 'sso.management-account-out-of-reach',
    says: 'A delegated administrator cannot assign in the management account.',
    source: `${guide}/delegated-admin.html`,
    untriedOn: { aws: 'would give access to the management account if it were wrong', emulator: 'an imitation knows no delegated administrator' },
    async check(place) {
      const given = await place.identityCenter();
      const { Organization } = await place.clients.organizations.send(new DescribeOrganizationCommand({}));
      await refusal(beginCreation(place, { ...given, accountId: Organization?.MasterAccountId ?? '' }), /^AccessDeniedException$/);
    },
  },
];
