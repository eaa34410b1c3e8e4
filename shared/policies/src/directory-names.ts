import type { DirectorySnapshot } from '@team/directory';
import { namesOf, type Names } from './names.ts';

/** Names and ids of an organization as AWS has it now. */
export function directoryNames({ rootId, users, groups, accounts, organizationalUnits, permissionSets }: DirectorySnapshot): Names {
  return namesOf({
    rootId,
    users: users.map(({ id, userName }) => ({ id, name: userName })),
    groups,
    accounts,
    organizationalUnits: organizationalUnits.map(({ id, names }) => ({ id, name: names.join('/') })),
    permissionSets: permissionSets.map(({ arn, name }) => ({ id: arn, name })),
  });
}
