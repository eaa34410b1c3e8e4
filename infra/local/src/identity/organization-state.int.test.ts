import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetPublicKeyCommand } from '@aws-sdk/client-kms';
import { CreateAccountAssignmentCommand, DescribeAccountAssignmentCreationStatusCommand } from '@aws-sdk/client-sso-admin';
import { journaledStore } from '../cloud/storage/journaled-store.ts';
import { createSecondOrganization } from './make-organization.ts';
import { fixture, identityCloud, startMs } from './testing/identity-cloud.ts';

const folder = mkdtempSync(join(tmpdir(), 'team-identity-'));
afterAll(() => rmSync(folder, { recursive: true }));

const assignment = {
  AccountId: fixture.Accounts[3]?.Id ?? '',
  PermissionSetArn: fixture.PermissionSets[1]?.PermissionSetArn ?? '',
  PrincipalType: 'USER' as const,
  PrincipalId: fixture.Users[5]?.UserId ?? '',
};

test('a restart keeps what changed, and finishes what was under way', async () => {
  const { InstanceArn } = fixture;
  const before = identityCloud({ store: journaledStore(folder) });
  before.people.disableUser(assignment.PrincipalId);
  before.tree.suspendAccount(fixture.Accounts[4]?.Id ?? '');
  const { AccountId: TargetId, ...rest } = assignment;
  const command = new CreateAccountAssignmentCommand({ InstanceArn, TargetId, TargetType: 'AWS_ACCOUNT', ...rest });
  const { AccountAssignmentCreationStatus: begun } = await before.as('team').sso.send(command);
  const key = new GetPublicKeyCommand({ KeyId: 'alias/team-request' });
  const { PublicKey } = await before.as('team').kms.send(key);
  before.store.close();

  const after = identityCloud({ store: journaledStore(folder), startAt: startMs + 1_000 });
  expect(after.state.users.get(assignment.PrincipalId)?.UserStatus).toBe('DISABLED');
  expect(after.state.accounts.get(fixture.Accounts[4]?.Id ?? '')?.Status).toBe('SUSPENDED');
  expect((await after.as('team').kms.send(key)).PublicKey).toEqual(PublicKey);
  const status = async () => {
    const ask = new DescribeAccountAssignmentCreationStatusCommand({ InstanceArn, AccountAssignmentCreationRequestId: begun?.RequestId });
    return (await after.as('team').sso.send(ask)).AccountAssignmentCreationStatus?.Status;
  };
  expect(await status()).toBe('IN_PROGRESS');
  after.clock.advanceTo(startMs + 61_000);
  expect(await status()).toBe('SUCCEEDED');
  expect(after.sso.holds(assignment)).toBe(true);
  after.store.close();
});

test('refuses a folder that holds another organization than the file', () => {
  const store = journaledStore(folder);
  expect(() => identityCloud({ store, organization: createSecondOrganization() })).toThrow('The data folder holds organization');
  store.close();
});
