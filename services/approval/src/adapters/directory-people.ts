import { DirectoryAmbiguityError, type Directory, type DirectoryUser } from '@team/directory';
import type { Lookup } from '../domain/commands.ts';
import type { People } from '../application/ports.ts';

/** How much of a display name facts carry; the Identity Store takes 1,024 characters. */
const longestDisplayName = 256;

/** People out of the directory, each as AWS answers at once. */
export function directoryPeople(directory: Directory): People {
  return {
    async find(ref) {
      const found = await lookUp(directory, ref);
      if ('problem' in found) return found;
      const { id: userId, userName, displayName, enabled } = found;
      const groupIds = [...(await directory.groupsOf(userId))];
      return { person: { userId, userName, ...(displayName === undefined ? {} : { displayName: cut(displayName) }), enabled, groupIds } };
    },
    async isEnabled(userId) {
      return (await directory.findUser(userId))?.enabled === true;
    },
    async managerOf(userId) {
      return (await directory.managerOf(userId))?.id;
    },
    async membersOf(groupId) {
      return (await directory.membersOf(groupId)) ?? [];
    },
  };
}

/** The cut may halve a pair of surrogates, of which no UTF-8 can be made. */
const cut = (displayName: string): string => displayName.slice(0, longestDisplayName).toWellFormed();

async function lookUp(directory: Directory, ref: string): Promise<DirectoryUser | Extract<Lookup, { problem: unknown }>> {
  try {
    const user = await directory.findUser(ref);
    return user ?? { problem: { code: 'ERR_USER_UNKNOWN', message: `no user "${ref}" in the identity store` } };
  } catch (error) {
    if (error instanceof DirectoryAmbiguityError) return { problem: { code: error.code, message: error.message.slice(0, 500) } };
    throw error;
  }
}
