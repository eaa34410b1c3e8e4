import assert from 'node:assert/strict';
import {
  CreateAccountAssignmentCommand,
  DeleteAccountAssignmentCommand,
  DescribeAccountAssignmentCreationStatusCommand,
  DescribeAccountAssignmentDeletionStatusCommand,
  paginateListAccountAssignments,
  type AccountAssignmentOperationStatus,
} from '@aws-sdk/client-sso-admin';
import { eventually } from './answers.ts';
import type { Clients, IdentityCenter, Place } from './place.ts';

/** A first assignment in an account makes a role there, which takes longer (s). */
const longest = 180;
const mostPages = 1_000;

const inputOf = ({ instanceArn, accountId, permissionSetArn, userId }: IdentityCenter) => ({
  InstanceArn: instanceArn,
  TargetId: accountId,
  TargetType: 'AWS_ACCOUNT' as const,
  PermissionSetArn: permissionSetArn,
  PrincipalType: 'USER' as const,
  PrincipalId: userId,
});

/** Begins to assign; gives what is answered at once. Whatever is assigned is taken away at the end of the run. */
export async function beginCreation(place: Place, given: IdentityCenter): Promise<AccountAssignmentOperationStatus> {
  const { ssoAdmin } = place.clients;
  place.sandbox.removeLater(`assignment of ${given.userId} in ${given.accountId}`, async () => {
    if (await isAssigned(place.clients, given)) await remove(place, given);
  });
  const { AccountAssignmentCreationStatus = {} } = await ssoAdmin.send(new CreateAccountAssignmentCommand(inputOf(given)));
  return AccountAssignmentCreationStatus;
}

export async function beginDeletion(place: Place, given: IdentityCenter): Promise<AccountAssignmentOperationStatus> {
  const { AccountAssignmentDeletionStatus = {} } = await place.clients.ssoAdmin.send(new DeleteAccountAssignmentCommand(inputOf(given)));
  return AccountAssignmentDeletionStatus;
}

/** What became of a creation. */
export function creationEnd(place: Place, { instanceArn: InstanceArn }: IdentityCenter, AccountAssignmentCreationRequestId = ''): Promise<AccountAssignmentOperationStatus> {
  return eventually(place, 'the creation ends', longest, async () => {
    const command = new DescribeAccountAssignmentCreationStatusCommand({ InstanceArn, AccountAssignmentCreationRequestId });
    return whenOver((await place.clients.ssoAdmin.send(command)).AccountAssignmentCreationStatus);
  });
}

/** What became of a deletion. */
export function deletionEnd(place: Place, { instanceArn: InstanceArn }: IdentityCenter, AccountAssignmentDeletionRequestId = ''): Promise<AccountAssignmentOperationStatus> {
  return eventually(place, 'the deletion ends', longest, async () => {
    const command = new DescribeAccountAssignmentDeletionStatusCommand({ InstanceArn, AccountAssignmentDeletionRequestId });
    return whenOver((await place.clients.ssoAdmin.send(command)).AccountAssignmentDeletionStatus);
  });
}

/** Assigns, and waits for the end. */
export const create = async (place: Place, given: IdentityCenter) => creationEnd(place, given, (await patiently(place, () => beginCreation(place, given))).RequestId);
/** Takes away, and waits for the end. */
export const remove = async (place: Place, given: IdentityCenter) => deletionEnd(place, given, (await patiently(place, () => beginDeletion(place, given))).RequestId);

/** AWS says ConflictException also for some time after the operation before has ended, and asks to try again. */
const patiently = <Answer>(place: Place, begin: () => Promise<Answer>): Promise<Answer> =>
  eventually(place, 'the operation can begin', longest, async () => {
    try {
      return await begin();
    } catch (error) {
      if (error instanceof Error && error.name === 'ConflictException') return undefined;
      throw error;
    }
  });

const whenOver = (status: AccountAssignmentOperationStatus | undefined) => (status?.Status === 'IN_PROGRESS' ? undefined : status);

/** User ids assigned in the account, page by page. */
export async function assignedPages({ ssoAdmin: client }: Pick<Clients, 'ssoAdmin'>, { instanceArn: InstanceArn, accountId: AccountId, permissionSetArn: PermissionSetArn }: IdentityCenter, pageSize?: number): Promise<string[][]> {
  const pages: string[][] = [];
  // A listing that never ends is no listing.
  const config = { client, stopOnSameToken: true, ...(pageSize === undefined ? {} : { pageSize }) };
  for await (const { AccountAssignments = [] } of paginateListAccountAssignments(config, { InstanceArn, AccountId, PermissionSetArn })) {
    assert.ok(pages.length < mostPages, `more than ${mostPages} pages`);
    if (AccountAssignments.length > 0) pages.push(AccountAssignments.map(({ PrincipalId = '' }) => PrincipalId));
  }
  return pages;
}

export const isAssigned = async (clients: Pick<Clients, 'ssoAdmin'>, given: IdentityCenter): Promise<boolean> => (await assignedPages(clients, given)).flat().includes(given.userId);
