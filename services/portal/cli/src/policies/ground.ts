import type { DirectorySnapshot } from '@team/directory';
import type { Names } from '@team/policies';
import type { Ground } from './effects.ts';

/** Where effects are told of: the organization as AWS has it. */
export function groundOf({ accounts }: DirectorySnapshot, names: Names): Ground {
  return {
    accounts: accounts.filter(({ status }) => status === 'ACTIVE'),
    permissionSetName: (arn) => names.permissionSets.nameOf(arn),
    principalName: (id, isGroup) => (isGroup ? `group ${names.groups.nameOf(id)}` : names.users.nameOf(id)),
  };
}
