import { memoryStore } from '../cloud/index.ts';
import { fixtureSize, makeOrganization, openOrganization } from '../identity/index.ts';
import { enabledPeople } from './people.ts';

test('people are listed by name with the groups they are in; who is disabled is not, from the moment they are', () => {
  const organization = makeOrganization(fixtureSize);
  const state = openOrganization(memoryStore(), organization);
  const enabled = organization.Users.filter(({ UserStatus }) => UserStatus === 'ENABLED');
  const people = enabledPeople(state);
  expect(people.map(({ userId }) => userId).sort()).toEqual(enabled.map(({ UserId }) => UserId).sort());
  expect(people.map(({ displayName }) => displayName)).toEqual(people.map(({ displayName }) => displayName).sort((one, other) => one.localeCompare(other, 'en')));
  expect(people.reduce((sum, { groups }) => sum + groups.length, 0)).toBeGreaterThan(0);

  const [first] = people;
  const user = state.users.get(first?.userId ?? '');
  if (user === undefined) throw new Error('nobody is enabled');
  state.users.set(user.UserId, { ...user, UserStatus: 'DISABLED' });
  expect(enabledPeople(state)).toEqual(people.slice(1));
});
