import type { Directory } from '@team/directory';
import { approvers, bob } from '../../test/people.ts';
import { fakeServices, governedServices, limits } from '../../test/services.ts';
import { directoryPeople } from './directory-people.ts';

const directory = {
  findUser: async (id: string) => ({ id, userName: bob.userName, displayName: undefined, email: undefined, enabled: true }),
  groupsOf: async () => new Set([approvers]),
  snapshot: async () => ({ takenAt: 0, rootId: 'r-acme', managementAccountId: '999999999999', users: [{ id: bob.userId, userName: bob.userName, displayName: undefined, email: undefined, enabled: true }], groups: [{ id: approvers, name: 'Approvers' }], organizationalUnits: [], accounts: [], permissionSets: [] }),
} satisfies Pick<Directory, 'findUser' | 'groupsOf' | 'snapshot'>;

it('knows people and groups in whatever letters a policy writes their ids', async () => {
  const shouted = { ...limits, auditors: { groupIds: [approvers.toUpperCase()], userIds: [] }, administrators: { groupIds: [], userIds: [bob.userId.toUpperCase()] } };
  const services = governedServices([], { requestPolicies: async () => ({ ...(await fakeServices().requestPolicies()), limits: { version: 1, policy: shouted } }) });
  const people = directoryPeople(directory, services, () => 0);
  expect(await people.standingOf(bob.userId, 'live')).toEqual({ groupIds: [approvers], auditor: true, administrator: true, approver: true });
  const names = await people.namesOf({ userIds: [bob.userId.toUpperCase()], groupIds: [approvers.toUpperCase(), 'gone'] });
  expect([...names.values()]).toEqual([bob.userName, 'Approvers', 'gone']);
});
