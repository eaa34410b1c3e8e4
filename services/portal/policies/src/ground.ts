import type { Limits } from '@team/contracts';
import type { DirectorySnapshot } from '@team/directory';
import type { Names } from '@team/policies';
import type { Ground } from './effects.ts';

/** Accounts in which somebody may be given anything: active ones but the management account, TEAM's own and those that limits protect. */
export function accountsInReach({ accounts, managementAccountId }: DirectorySnapshot, ownAccount: string, limits: Limits | undefined): DirectorySnapshot['accounts'] {
  const never = [managementAccountId, ownAccount, ...(limits?.protectedAccountIds ?? [])];
  return accounts.filter(({ id, status }) => status === 'ACTIVE' && !never.includes(id));
}

/** Where effects are told of: these accounts, by the names that AWS knows. */
export function groundOf(accounts: Ground['accounts'], names: Names): Ground {
  return {
    accounts,
    permissionSetName: (arn) => names.permissionSets.nameOf(arn),
    principalName: (id, isGroup) => (isGroup ? `group ${names.groups.nameOf(id)}` : names.users.nameOf(id)),
  };
}
