import {
  CreateAccountAssignmentCommand,
  DeleteAccountAssignmentCommand,
  DescribeAccountAssignmentCreationStatusCommand,
  DescribeAccountAssignmentDeletionStatusCommand,
} from '@aws-sdk/client-sso-admin';
import type { AccountAssignment } from '../organization.ts';
import { fixture, identityCloud, named } from './identity-cloud.ts';

export const { InstanceArn } = fixture;
export const accountNamed = (name: string): string => named(fixture.Accounts, 'Name', name).Id;
export const setNamed = (name: string): string => named(fixture.PermissionSets, 'Name', name).PermissionSetArn;
export const user = (index: number): string => fixture.Users[index]?.UserId ?? '';
export const developers = named(fixture.Groups, 'DisplayName', 'Developers').GroupId;
/** Accounts that a delegated administrator may assign in. */
export const members = fixture.Accounts.filter((account) => account.Status === 'ACTIVE' && account.Id !== fixture.ManagementAccountId);

/** What the calls below are about, unless they are told otherwise. */
export const wanted: AccountAssignment = {
  AccountId: accountNamed('Prod Payments 003'),
  PermissionSetArn: setNamed('PowerUserAccess'),
  PrincipalType: 'USER',
  PrincipalId: user(5),
};

/** The input that creates or deletes it. */
export function change(assignment: Partial<AccountAssignment> = {}) {
  const { AccountId: TargetId, ...rest } = { ...wanted, ...assignment };
  return { InstanceArn, TargetId, TargetType: 'AWS_ACCOUNT' as const, ...rest };
}

/** The cloud with SSO Admin called by the delegated administrator. */
export function ssoAdminCalls(options: Parameters<typeof identityCloud>[0] = {}) {
  const cloud = identityCloud(options);
  const { sso: client } = cloud.as('team');
  const create = async (assignment?: Partial<AccountAssignment>) =>
    (await client.send(new CreateAccountAssignmentCommand(change(assignment)))).AccountAssignmentCreationStatus;
  const remove = async (assignment?: Partial<AccountAssignment>) =>
    (await client.send(new DeleteAccountAssignmentCommand(change(assignment)))).AccountAssignmentDeletionStatus;
  const creation = async (id?: string) => {
    const command = new DescribeAccountAssignmentCreationStatusCommand({ InstanceArn, AccountAssignmentCreationRequestId: id });
    return (await client.send(command)).AccountAssignmentCreationStatus;
  };
  const deletion = async (id?: string) => {
    const command = new DescribeAccountAssignmentDeletionStatusCommand({ InstanceArn, AccountAssignmentDeletionRequestId: id });
    return (await client.send(command)).AccountAssignmentDeletionStatus;
  };
  const aMinuteLater = (): void => cloud.clock.advanceTo(cloud.clock.now() + 61_000);
  /** What became of it, when every latency is over. */
  const createAndWait = async (assignment?: Partial<AccountAssignment>) => {
    const begun = await create(assignment);
    aMinuteLater();
    return creation(begun?.RequestId);
  };
  const removeAndWait = async (assignment?: Partial<AccountAssignment>) => {
    const begun = await remove(assignment);
    aMinuteLater();
    return deletion(begun?.RequestId);
  };
  return { ...cloud, client, create, remove, creation, createAndWait, removeAndWait };
}
