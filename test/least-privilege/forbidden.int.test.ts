import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SignCommand } from '@aws-sdk/client-kms';
import type { World } from '../../infra/local/src/play/world.ts';
import { busName } from '../../infra/local/src/system/who.ts';
import { monday, organization, policies as configured } from '../journeys/worlds.ts';
import { deployedFor, everything, iamOf } from './deployment.ts';
import { withRole, without, type DeployedPolicies } from './deployed-policies.ts';
import { evaluatorOf } from './evaluator.ts';

let deployed: DeployedPolicies;
let world: World;
/** The same world, in which somebody has attached a policy that allows everything to every role. */
let careless: World;

beforeAll(async () => {
  deployed = deployedFor(organization, configured.emitters);
  const worldOf = (policies: DeployedPolicies): Promise<World> => monday({ more: { iam: iamOf(policies, evaluatorOf(policies)) } });
  world = await worldOf(deployed);
  careless = await worldOf(Object.keys(deployed.roles).reduce((policies, role) => withRole(policies, role, (own) => [...own, everything]), deployed));
}, 120_000);

const put = (where: World, caller: string, Source: string, DetailType: string) =>
  where.system.clients(caller).eventBridge.send(new PutEventsCommand({ Entries: [{ EventBusName: busName, Source, DetailType, Detail: '{}' }] }));
const sign = (where: World, caller: string, KeyId: string) =>
  where.system.clients(caller).kms.send(new SignCommand({ KeyId, Message: Buffer.alloc(32), MessageType: 'DIGEST', SigningAlgorithm: 'ECDSA_SHA_256' }));
const denied = { name: 'AccessDeniedException' };
const passes = { FailedEntryCount: 0 };

it('lets services publish their facts and sign with their keys, and emitters send what they are registered for', async () => {
  expect(await put(world, 'team.approval/inbox', 'team.approval', 'AccessApproved.v1')).toMatchObject(passes);
  expect(await put(world, 'deploy-pipeline', 'acme.deploy-pipeline', 'AccessRequested.v1')).toMatchObject(passes);
  expect(await sign(world, 'team.approval/inbox', 'alias/team-proof')).toHaveProperty('Signature');
});

it.each<[string, string, string, string]>([
  ["a service's fact under its own source that is another's", 'team.request/inbox', 'team.request', 'AccessApproved.v1'],
  ['a fact of a function that publishes none', 'team.audit/query', 'team.audit', 'AuditRecorded.v1'],
])('refuses %s', async (_what, caller, source, detailType) => {
  await expect(put(world, caller, source, detailType)).rejects.toMatchObject(denied);
});

it.each<[string, string, string, string]>([
  ["a fact under another service's source", 'team.request/inbox', 'team.approval', 'AccessApproved.v1'],
  ["an intent under an emitter's source", 'team.request/inbox', 'acme.deploy-pipeline', 'AccessRequested.v1'],
  ['a fact by an emitter', 'deploy-pipeline', 'team.approval', 'AccessApproved.v1'],
  ["an intent under another emitter's source", 'deploy-pipeline', 'acme.service-desk', 'AccessRequested.v1'],
  ['an intent that its emitter is not registered for', 'deploy-pipeline', 'acme.deploy-pipeline', 'ApprovalDecisionSubmitted.v1'],
  ['anything under a source that nobody has', 'deploy-pipeline', 'acme.unheard-of', 'AccessRequested.v1'],
])('refuses %s, whatever policies anybody attaches', async (_what, caller, source, detailType) => {
  for (const where of [world, careless]) await expect(put(where, caller, source, detailType)).rejects.toMatchObject(denied);
});

it.each(['team.provisioning/dispatch', 'team.provisioning/inbox', 'team.request/inbox', 'team.expiry/timers', 'deploy-pipeline'])(
  'lets %s sign no proof, whatever policies anybody attaches',
  async (caller) => {
    for (const where of [world, careless]) await expect(sign(where, caller, 'alias/team-proof')).rejects.toMatchObject(denied);
  },
);

it('takes no fact from an account outside, whatever its own policies say', () => {
  const roleArn = 'arn:aws:iam::999999999999:role/stranger';
  const { allows } = evaluatorOf(withRole(deployed, roleArn, () => [everything]));
  const owner = organization.DelegatedAdministratorAccountId;
  const resource = `arn:aws:events:${organization.Region}:${owner}:event-bus/${busName}`;
  for (const [source, detailType] of [['team.approval', 'AccessApproved.v1'], ['acme.deploy-pipeline', 'AccessRequested.v1']] as const) {
    const context = { 'aws:PrincipalArn': roleArn, 'aws:PrincipalAccount': '999999999999', 'aws:PrincipalIsAWSService': 'false', 'events:source': source, 'events:detail-type': detailType };
    expect(allows({ name: 'stranger', roleArn, accountId: '999999999999' }, { action: 'events:PutEvents', resource, owner, context })).toBe(false);
  }
});

it('lets every rule fill its queues, and every mapping read its queue, keys included', () => {
  const evaluator = evaluatorOf(deployed);
  expect(deployed.triggers.length).toBeGreaterThan(20);
  expect(deployed.triggers.flatMap((trigger) => evaluator.deniedTo(trigger))).toEqual([]);
});

it('says where a mapping may not read', () => {
  const mapping = deployed.triggers.find(({ kind }) => kind === 'mapping');
  if (mapping?.kind !== 'mapping') throw new Error('no function reads a queue');
  const less = evaluatorOf(withRole(deployed, mapping.roleArn, (policies) => without('sqs:ReceiveMessage', policies)));
  expect(less.deniedTo(mapping)).toEqual([`sqs:ReceiveMessage on ${mapping.queueArn}`]);
});
