import { CreateUserCommand } from '@aws-sdk/client-identitystore';
import { CreateAliasCommand, CreateKeyCommand, DeleteAliasCommand, ScheduleKeyDeletionCommand } from '@aws-sdk/client-kms';
import { CreateAccountCommand, CreateOrganizationCommand } from '@aws-sdk/client-organizations';
import { CreatePermissionSetCommand, DeletePermissionSetCommand, ListInstancesCommand } from '@aws-sdk/client-sso-admin';
import { Untried } from '../belief.ts';
import type { Clients, IdentityCenter, Place } from '../place.ts';
import type { Sandbox } from '../sandbox.ts';
import { networkPlace } from './network.ts';

/** An imitation of AWS on this machine: what a person names on AWS is made there. */
export function emulatorPlace(clients: Clients, sandbox: Sandbox): Place {
  return networkPlace('emulator', clients, sandbox, {
    identityCenter: () => sandbox.shared('identity center', () => makeIdentityCenter(clients, sandbox)),
    signingKeyAlias: () => sandbox.shared('signing key', () => makeSigningKey(clients, sandbox)),
    suspendedAccountId: () => Promise.reject(new Untried('nothing suspends accounts there')),
    organizationsAsMember: () => Promise.reject(new Untried('callers are not told apart there')),
  });
}

async function makeIdentityCenter({ ssoAdmin, identityStore, organizations }: Clients, sandbox: Sandbox): Promise<IdentityCenter> {
  await organizations.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' })).catch((error: unknown) => {
    if (!(error instanceof Error) || error.name !== 'AlreadyInOrganizationException') throw error;
  });
  const { CreateAccountStatus } = await organizations.send(new CreateAccountCommand({ AccountName: sandbox.name('account'), Email: 'conformance@example.com' }));
  const { Instances: [instance] = [] } = await ssoAdmin.send(new ListInstancesCommand({}));
  const { InstanceArn = '', IdentityStoreId = '' } = instance ?? {};
  if (InstanceArn === '') throw new Untried('there is no instance of IAM Identity Center there');
  const { PermissionSet } = await ssoAdmin.send(new CreatePermissionSetCommand({ InstanceArn, Name: `tc-${sandbox.prefix.slice(-8)}-set` }));
  const PermissionSetArn = PermissionSet?.PermissionSetArn ?? '';
  sandbox.removeLater('permission set', () => ssoAdmin.send(new DeletePermissionSetCommand({ InstanceArn, PermissionSetArn })));
  const UserName = sandbox.name('Subject');
  const { UserId = '' } = await identityStore.send(new CreateUserCommand({ IdentityStoreId, UserName, DisplayName: UserName, Name: { GivenName: 'TEAM', FamilyName: 'Subject' } }));
  return { instanceArn: InstanceArn, identityStoreId: IdentityStoreId, accountId: CreateAccountStatus?.AccountId ?? '', permissionSetArn: PermissionSetArn, userId: UserId };
}

async function makeSigningKey({ kms }: Clients, sandbox: Sandbox): Promise<string> {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }));
  const TargetKeyId = KeyMetadata?.KeyId;
  sandbox.removeLater('signing key', () => kms.send(new ScheduleKeyDeletionCommand({ KeyId: TargetKeyId, PendingWindowInDays: 7 })));
  const AliasName = `alias/${sandbox.name('key')}`;
  await kms.send(new CreateAliasCommand({ AliasName, TargetKeyId }));
  sandbox.removeLater(AliasName, () => kms.send(new DeleteAliasCommand({ AliasName })));
  return AliasName;
}
