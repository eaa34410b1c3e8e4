import { DirectoryAmbiguityError, type Directory } from '@team/directory';
import type { FindUser } from '../application/ports.ts';

/** Somebody out of the directory, by name or id; nobody where several have the name. */
export function directoryUser(directory: Pick<Directory, 'findUser'>): FindUser {
  return async (reference) => {
    try {
      return await directory.findUser(reference);
    } catch (error) {
      if (error instanceof DirectoryAmbiguityError) return undefined;
      throw error;
    }
  };
}
