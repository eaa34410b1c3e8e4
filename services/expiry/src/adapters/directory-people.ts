import { DirectoryAmbiguityError, type Directory } from '@team/directory';
import type { People } from '../application/ports.ts';

/** People as the identity store knows them at the moment of asking. */
export function directoryPeople(directory: Pick<Directory, 'findUser' | 'isMemberOfAny'>): People {
  return {
    async find(ref) {
      try {
        const user = await directory.findUser(ref);
        return user === undefined ? 'unknown' : { userId: user.id, userName: user.userName };
      } catch (error) {
        if (error instanceof DirectoryAmbiguityError) return 'ambiguous';
        throw error;
      }
    },
    isMemberOfAny: (userId, groupIds) => directory.isMemberOfAny(userId, groupIds),
  };
}
