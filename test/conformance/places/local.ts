import { fileURLToPath } from 'node:url';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { clientConfig, createRouter, memoryStore, runUntil, seededRandom, virtualTimeline } from '../../../infra/local/src/cloud/index.ts';
import { loadOrganization, type Organization } from '../../../infra/local/src/identity/index.ts';
import { createStandIns } from '../../../infra/local/src/system/stand-ins.ts';
import type { IdentityCenter, Place } from '../place.ts';
import { createSandbox } from '../sandbox.ts';
import { clientsWith } from './clients.ts';

const fixture = fileURLToPath(new URL('../../../infra/local/fixtures/organization.json', import.meta.url));
const caller = 'conformance';
const member = 'member';
const signingKey = 'alias/conformance';

/** A local cloud with nothing in it but an organization, in virtual time. With `assigned`, what beliefs assign is there already. */
export function localPlace({ assigned = false } = {}): Place {
  const organization = loadOrganization(fixture);
  const given = subjectOf(organization);
  const { DelegatedAdministratorAccountId: accountId, Region: region } = organization;
  const store = memoryStore();
  const timeline = virtualTimeline(Date.parse('2026-03-02T09:00:00Z'));
  const random = seededRandom(1);
  const { all, ssoAdmin, people, trail } = createStandIns({ organization, store, timeline, random, endpoint: 'http://localhost' }, [signingKey]);
  const router = createRouter({
    standIns: all,
    callers: (name) => {
      const lives = name === member ? '999999999999' : accountId;
      return { name, roleArn: `arn:aws:iam::${lives}:role/${name}`, accountId: lives };
    },
    store,
    random,
  });
  for (const [minutesAgo, EventId] of [[40, 'newer'], [60, 'older'], [20, 'newest']] as const) {
    const EventTime = timeline.now() - minutesAgo * 60_000;
    trail.record({ EventId, EventTime, EventName: 'GetObject', EventSource: 's3.amazonaws.com', Username: 'anybody', ReadOnly: 'true', CloudTrailEvent: '{}' });
  }
  const pass = async (seconds: number): Promise<void> => {
    await runUntil(timeline, { ms: timeline.now() + seconds * 1_000 });
  };
  if (assigned) {
    const { accountId: AccountId, permissionSetArn: PermissionSetArn, userId: PrincipalId } = given;
    ssoAdmin.assignByHand({ AccountId, PermissionSetArn, PrincipalType: 'USER', PrincipalId });
  }
  return {
    kind: 'local',
    clients: clientsWith(clientConfig(router, caller, { region })),
    sandbox: createSandbox('00000000'),
    pass,
    identityCenter: async () => given,
    newUser: async (userName) => people.createUser(userName),
    removeUser: async (userId) => people.deleteUser(userId),
    newGroup: async (displayName) => people.createGroup(displayName),
    addMember: async (groupId, userId) => people.addMember(groupId, userId),
    signingKeyAlias: async () => signingKey,
    suspendedAccountId: async () => wanted(organization.Accounts.find(({ Status }) => Status === 'SUSPENDED'), 'suspended account').Id,
    organizationsAsMember: async () => new OrganizationsClient(clientConfig(router, member, { region })),
    // Its bus needs no leave: queues there have no policies.
    letBusDeliver: async () => undefined,
  };
}

/** An account in a unit, a permission set that a delegated administrator may assign, and somebody with capitals in the user name. */
function subjectOf(organization: Organization): IdentityCenter {
  const { ManagementAccountId: management, DelegatedAdministratorAccountId: own, AccountAssignments } = organization;
  const account = organization.Accounts.find(({ Id, Status, ParentId }) => Status === 'ACTIVE' && ![management, own].includes(Id) && ParentId.startsWith('ou-'));
  const inManagement = new Set(AccountAssignments.filter(({ AccountId }) => AccountId === management).map((one) => one.PermissionSetArn));
  const set = organization.PermissionSets.find(({ PermissionSetArn }) => !inManagement.has(PermissionSetArn));
  const user = organization.Users.find(({ UserName }) => UserName !== UserName.toLowerCase());
  return {
    instanceArn: organization.InstanceArn,
    identityStoreId: organization.IdentityStoreId,
    accountId: wanted(account, 'account').Id,
    permissionSetArn: wanted(set, 'permission set').PermissionSetArn,
    userId: wanted(user, 'user').UserId,
  };
}

function wanted<T>(found: T | undefined, what: string): T {
  if (found === undefined) throw new TypeError(`the fixture has no ${what}`);
  return found;
}
