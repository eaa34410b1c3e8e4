import type { Assignment } from '@team/contracts';
import { assignmentKey } from '../../../infra/local/src/identity/organization-state.ts';
import type { AccountAssignment } from '../../../infra/local/src/identity/organization.ts';
import { textIn, type ServiceCall } from '../invocation.ts';

/** One name for one assignment, however a user id is spelled. */
export const nameOf = ({ principalId, accountId, permissionSetArn }: Assignment): string =>
  [principalId.toLowerCase(), accountId, permissionSetArn].join(' ');

export const assignmentOf = ({ PrincipalId, AccountId, PermissionSetArn }: AccountAssignment): Assignment => ({
  principalId: PrincipalId,
  accountId: AccountId,
  permissionSetArn: PermissionSetArn,
});

/** What a call creates or deletes. */
export const assignmentIn = (call: ServiceCall): Assignment => ({
  principalId: textIn(call, 'PrincipalId'),
  accountId: textIn(call, 'TargetId'),
  permissionSetArn: textIn(call, 'PermissionSetArn'),
});

/** The key under which Identity Center's map has an assignment of a user. */
export const heldKeyOf = ({ principalId, accountId, permissionSetArn }: Assignment): string =>
  assignmentKey({ PrincipalType: 'USER', PrincipalId: principalId, AccountId: accountId, PermissionSetArn: permissionSetArn });

/** A name as people read it. */
export function inWords(name: string): string {
  const [principal = '', account = '', set = ''] = name.split(' ');
  return `${principal.slice(0, 8)} in ${account} with ${set.slice(set.lastIndexOf('/') + 1)}`;
}
