import { CreateAccountAssignmentCommand } from '@aws-sdk/client-sso-admin';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SignCommand } from '@aws-sdk/client-kms';
import { createWorld, type World } from '../play/world.ts';
import { loadOrganization } from '../identity/index.ts';
import { loadPolicies } from '../policies/index.ts';
import { fileURLToPath } from 'node:url';
import { busName } from './who.ts';

const fixtures = fileURLToPath(new URL('../../fixtures', import.meta.url));
const organization = loadOrganization(`${fixtures}/organization.json`);
let world: World;
beforeAll(async () => {
  world = await createWorld({ organization, policies: loadPolicies(`${fixtures}/policies`, organization), startAt: '2026-03-02T09:00:00.000Z', seed: 1 });
});

const put = (caller: string, ...entries: [source: string, detailType: string][]) => {
  const Entries = entries.map(([Source, DetailType]) => ({ EventBusName: busName, Source, DetailType, Detail: '{}' }));
  return world.system.clients(caller).eventBridge.send(new PutEventsCommand({ Entries }));
};
const denied = { name: 'AccessDeniedException' };

describe('the bus', () => {
  it.each<[string, string, string, string]>([
    ["a service's own fact", 'team.approval', 'team.approval', 'AccessApproved.v1'],
    ["an emitter's registered intent", 'deploy-pipeline', 'acme.deploy-pipeline', 'AccessRequested.v1'],
  ])('takes %s', async (_what, caller, source, detailType) => {
    expect(await put(caller, [source, detailType])).toMatchObject({ FailedEntryCount: 0 });
  });

  it.each<[string, string, string, string]>([
    ["a fact under another's source", 'team.request', 'team.approval', 'AccessApproved.v1'],
    ["another's fact under one's own source", 'team.request', 'team.request', 'AccessApproved.v1'],
    ['an intent that its emitter is not registered for', 'deploy-pipeline', 'acme.deploy-pipeline', 'ApprovalDecisionSubmitted.v1'],
    ['anything of the operator', 'operator', 'acme.deploy-pipeline', 'AccessRequested.v1'],
  ])('refuses %s', async (_what, caller, source, detailType) => {
    await expect(put(caller, [source, detailType])).rejects.toMatchObject(denied);
  });

  it('takes nothing of a batch in which one entry is refused', async () => {
    const before = world.events().length;
    const own: [string, string] = ['team.approval', 'AccessApproved.v1'];
    await expect(put('team.approval', own, ['team.expiry', 'AccessExpired.v1'])).rejects.toMatchObject(denied);
    expect(world.events()).toHaveLength(before);
  });
});

it('lets each signer sign with its own key alone, by whatever name it is called', async () => {
  const sign = (caller: string, KeyId?: string) =>
    world.system.clients(caller).kms.send(new SignCommand({ KeyId, Message: Buffer.alloc(32), MessageType: 'DIGEST', SigningAlgorithm: 'ECDSA_SHA_256' }));
  const { KeyId } = await sign('team.approval', 'alias/team-proof');
  for (const name of ['alias/team-proof', KeyId]) {
    for (const other of ['team.request', 'team.provisioning', 'local-channel', 'operator']) await expect(sign(other, name)).rejects.toMatchObject(denied);
  }
});

it('lets provisioning alone assign', async () => {
  const { InstanceArn, Users, Accounts } = organization;
  const assign = (caller: string) =>
    world.system.clients(caller).ssoAdmin.send(
      new CreateAccountAssignmentCommand({
        InstanceArn,
        TargetId: Accounts.at(-1)?.Id,
        TargetType: 'AWS_ACCOUNT',
        PermissionSetArn: world.permissionSet('PowerUserAccess').PermissionSetArn,
        PrincipalType: 'USER',
        PrincipalId: Users[0]?.UserId,
      }),
    );
  for (const other of ['team.expiry', 'team.request', 'operator', 'deploy-pipeline']) await expect(assign(other)).rejects.toMatchObject(denied);
  expect(await assign('team.provisioning')).toHaveProperty('AccountAssignmentCreationStatus');
});
