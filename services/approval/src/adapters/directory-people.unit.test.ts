import { person as personInFacts } from '@team/contracts';
import type { Directory } from '@team/directory';
import { idOf } from '../../test/scenario.ts';
import { directoryPeople } from './directory-people.ts';

const missing = () => Promise.reject(new Error('not asked for here'));

/** People of a directory that knows one person, under this display name. */
function peopleWith(displayName: string | undefined) {
  const user = { id: idOf('anna'), userName: 'anna@acme.example', displayName, email: undefined, enabled: true };
  const directory: Directory = {
    findUser: async () => user,
    managerOf: missing,
    groupsOf: async () => new Set([idOf('leads')]),
    isMemberOfAny: missing,
    findGroup: missing,
    membersOf: missing,
    findAccount: missing,
    findPermissionSet: missing,
    accountTags: missing,
    permissionSetTags: missing,
    accountsIn: missing,
    permissionSetsInManagementAccount: missing,
    managementAccountId: missing,
    snapshot: missing,
  };
  return directoryPeople(directory);
}

describe('a person out of the directory', () => {
  it('has a display name only where AWS has one', async () => {
    const person = { userId: idOf('anna'), userName: 'anna@acme.example', enabled: true, groupIds: [idOf('leads')] };
    expect(await peopleWith(undefined).find('anna')).toEqual({ person });
    expect(await peopleWith('Anna').find('anna')).toEqual({ person: { ...person, displayName: 'Anna' } });
  });

  it.each([
    ['257 characters', 'A'.repeat(257)],
    ['as many as AWS takes', 'A'.repeat(1024)],
    ['a character that the cut would halve', `${'A'.repeat(255)}\u{1F600} and more`],
  ])('fits into what facts carry, with a display name of %s', async (_what, displayName) => {
    const found = await peopleWith(displayName).find('anna');
    if ('problem' in found) throw new Error(found.problem.message);
    const { userId, userName, displayName: carried } = found.person;
    expect(personInFacts.parse({ userId, userName, displayName: carried }).displayName).toHaveLength(256);
    expect(carried?.isWellFormed()).toBe(true);
  });
});
