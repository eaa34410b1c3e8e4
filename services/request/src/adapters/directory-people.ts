import { DirectoryAmbiguityError, type Directory } from '@team/directory';
import type { People } from '../application/ports.ts';

/** People out of the directory, each as AWS answers at once. */
export function directoryPeople(directory: Pick<Directory, 'findUser' | 'groupsOf'>): People {
  return {
    async find(ref) {
      try {
        const user = await directory.findUser(ref);
        if (user === undefined) return undefined;
        const { id: userId, userName, displayName, enabled } = user;
        return { userId, userName, displayName, enabled, groupIds: await directory.groupsOf(userId) };
      } catch (error) {
        if (error instanceof DirectoryAmbiguityError) return 'ambiguous';
        throw error;
      }
    },
  };
}
