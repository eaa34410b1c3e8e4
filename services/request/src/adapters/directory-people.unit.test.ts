import { DirectoryAmbiguityError, DirectoryUnavailableError } from '@team/directory';
import { wren } from '../../test/facts.ts';
import { directoryPeople } from './directory-people.ts';

const { userId, userName, displayName, enabled, groupIds } = wren;
const user = { id: userId, userName, displayName, email: 'wren@mail.example', enabled };
const people = (findUser: () => Promise<typeof user | undefined>) => directoryPeople({ findUser, groupsOf: async () => groupIds });

describe('a person out of the directory', () => {
  it('comes with their groups, and without what identifies nobody', async () => {
    await expect(people(async () => user).find(userName)).resolves.toEqual(wren);
  });

  it('is nobody, or one of several, where the directory says so', async () => {
    await expect(people(async () => undefined).find('nobody')).resolves.toBeUndefined();
    const several = new DirectoryAmbiguityError(userName, ['a', 'b']);
    await expect(people(() => Promise.reject(several)).find(userName)).resolves.toBe('ambiguous');
  });

  it('is not known while the directory is down', async () => {
    const outage = new DirectoryUnavailableError('identity store', new Error('throttled'));
    await expect(people(() => Promise.reject(outage)).find(userName)).rejects.toBe(outage);
  });
});
