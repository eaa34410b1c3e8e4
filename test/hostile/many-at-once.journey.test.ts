import { jest } from '@jest/globals';
import { accessRequestedV1, type EligibilityPolicy } from '@team/contracts';
import { ask } from '../../infra/local/src/play/world.ts';
import { monday, organization, policies } from '../journeys/worlds.ts';

const { Accounts, Users, PermissionSets, ManagementAccountId, DelegatedAdministratorAccountId, RootId } = organization;
const accounts = Accounts.filter(({ Id, Status }) => Status === 'ACTIVE' && Id !== ManagementAccountId && Id !== DelegatedAdministratorAccountId).map(({ Id }) => Id);
const people = Users.filter(({ UserStatus }) => UserStatus !== 'DISABLED').map(({ UserId }) => UserId);

const everything: EligibilityPolicy = {
  policyId: 'everything',
  principals: { groupIds: [], userIds: people },
  targets: { accountIds: [], organizationalUnitIds: [RootId] },
  permissionSetArns: PermissionSets.map(({ PermissionSetArn }) => PermissionSetArn),
  maximumDurationMinutes: 60,
  approval: 'not-required',
};
const open = { ...policies, eligibility: [everything], emitters: policies.emitters.map((one) => ({ ...one, mayAskFor: 'everyone' as const })) };

/**
 * Identity Center answers at once here, as nothing but a simulation does: then the call that is saved up for a question is at risk, since
 * an answer comes sooner than the next call may be made.
 */
test.each([60])('%d grants begin and end in time, though more calls wait than may be made', async (count) => {
  const world = await monday({ policies: open });
  jest.spyOn(Date, 'now').mockImplementation(() => world.now());
  for (let n = 0; n < count; n += 1) {
    const [person = '', account = ''] = [people[Math.floor(n / accounts.length)], accounts[n % accounts.length]];
    await world.emit('deploy-pipeline', accessRequestedV1, ask(world.newId(), person, account, 'ReadOnlyAccess', { durationMinutes: 10 }));
  }
  const said = (detailType: string): number => world.events().filter((event) => event.detailType === detailType).length;
  await world.pass(5);
  // A person or two may not ask for an account or two.
  const accepted = said('AccessRequestAccepted.v1');
  expect(accepted).toBeGreaterThan(0.9 * count);
  expect(said('AccessGranted.v1')).toBe(accepted);
  await world.pass(10);
  expect([said('AccessEnded.v1'), said('AccessOverdue.v1')]).toEqual([accepted, 0]);
}, 120_000);
