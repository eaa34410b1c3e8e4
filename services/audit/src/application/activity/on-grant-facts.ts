import type { AccessEndedV1, AccessGrantedV1, AccessWindowOpenedV1, Received } from '@team/contracts';
import type { Learned } from '../../domain/activity/decide.ts';
import { activityKey, type GrantActivities } from '../ports.ts';

/** Person and permission set have names, by which CloudTrail knows them. */
export const onAccessWindowOpened = (grants: GrantActivities) => (received: Received<AccessWindowOpenedV1>): Promise<void> => {
  const { requestId, principal, grant, window, openedAt } = received.data;
  const { grantId, accountId, permissionSetArn, permissionSetName, sessionDurationMinutes: sessionMinutes } = grant;
  const assignment = { principalId: principal.userId, accountId, permissionSetArn };
  const person = { userId: principal.userId, userName: principal.userName };
  return learn(grants, { requestId, grantId, assignment, opened: { person, permissionSetName, sessionMinutes, openedAt, latestEnd: window.latestEnd } }, received);
};

/** From now on something can be done under the grant. */
export const onAccessGranted = (grants: GrantActivities) => (received: Received<AccessGrantedV1>): Promise<void> => {
  const { requestId, grantId, assignment, grantedAt } = received.data;
  return learn(grants, { requestId, grantId, assignment, grantedAt }, received);
};

/** It is over, and it is known by when the last credentials are. */
export const onAccessEnded = (grants: GrantActivities) => (received: Received<AccessEndedV1>): Promise<void> => {
  const { requestId, grantId, assignment, how, endedAt, removedAt, credentialsUselessBy } = received.data;
  const late = { ...(removedAt === undefined ? {} : { removedAt }), ...(credentialsUselessBy === undefined ? {} : { credentialsUselessBy }) };
  return learn(grants, { requestId, grantId, assignment, ended: { how, endedAt, ...late } }, received);
};

async function learn(grants: GrantActivities, learned: Learned, { cause }: Pick<Received<unknown>, 'cause'>): Promise<void> {
  await grants.execute(activityKey(learned.grantId), { type: 'learn', learned }, cause);
}
