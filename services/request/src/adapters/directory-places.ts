import type { Directory } from '@team/directory';
import type { Places } from '../application/ports.ts';

/** Accounts and permission sets out of the directory. */
export function directoryPlaces(directory: Directory): Places {
  return {
    account: (accountId) => directory.findAccount(accountId),
    permissionSet: (arnOrName) => directory.findPermissionSet(arnOrName),
    accountTags: (accountId) => directory.accountTags(accountId).then((tags) => tags ?? {}),
    permissionSetTags: (arn) => directory.permissionSetTags(arn).then((tags) => tags ?? {}),
    accountsIn: (organizationalUnitIds) => directory.accountsIn(organizationalUnitIds),
    managementAccountId: () => directory.managementAccountId(),
    managementPermissionSets: () => directory.permissionSetsInManagementAccount(),
  };
}
