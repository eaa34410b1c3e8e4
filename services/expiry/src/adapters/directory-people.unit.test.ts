import { DirectoryAmbiguityError, DirectoryUnavailableError, type Directory } from '@team/directory';
import { directoryPeople } from './directory-people.ts';

const dana = { id: '93672a4c-0001-7001-8001-000000000001', userName: 'dana', displayName: undefined, email: undefined, enabled: false };

function people(findUser: Directory['findUser']) {
  return directoryPeople({ findUser, isMemberOfAny: async (_userId, groupIds) => groupIds.includes('ops') });
}

describe('people in the directory', () => {
  it('are found whether enabled or not', async () => {
    expect(await people(async () => dana).find('dana')).toEqual({ userId: dana.id, userName: 'dana' });
  });

  it('are unknown, or ambiguous where several carry the name', async () => {
    expect(await people(async () => undefined).find('dana')).toBe('unknown');
    expect(await people(() => Promise.reject(new DirectoryAmbiguityError('dana', ['1', '2']))).find('dana')).toBe('ambiguous');
  });

  it('are neither while the directory cannot answer', async () => {
    await expect(people(() => Promise.reject(new DirectoryUnavailableError('down', undefined))).find('dana')).rejects.toThrow(
      DirectoryUnavailableError,
    );
  });

  it('are members as the directory says', async () => {
    expect(await people(async () => dana).isMemberOfAny(dana.id, ['ops'])).toBe(true);
  });
});
