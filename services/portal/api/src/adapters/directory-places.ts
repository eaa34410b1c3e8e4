import type { Directory } from '@team/directory';
import type { Places } from '../application/ports.ts';

/** Accounts and permission sets as the directory lists them. */
export function directoryPlaces(directory: Pick<Directory, 'snapshot'>): Places {
  return {
    accounts: async () => (await directory.snapshot()).accounts.map(({ id, name, status, ouPath }) => ({ id, name, active: status === 'ACTIVE', ouPath })),
    organization: () => directory.snapshot(),
    permissionSets: async () => (await directory.snapshot()).permissionSets,
  };
}
