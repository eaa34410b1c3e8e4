import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { accessRequestedV1 } from '@team/contracts';
import { ask, type World } from '../../infra/local/src/play/world.ts';
import { busName } from '../../infra/local/src/system/who.ts';
import { withRole, without } from '../least-privilege/deployed-policies.ts';
import { deployedFor, iamOf } from '../least-privilege/deployment.ts';
import { evaluatorOf } from '../least-privilege/evaluator.ts';
import { devPayments, monday, organization, policies, takeDenied, wren } from './worlds.ts';

/** A world in which one function may do one thing less than the AWS app lets it. */
function worldWithout(functionName: string, action: string): Promise<World> {
  const deployed = deployedFor(organization, policies.emitters);
  const less = withRole(deployed, deployed.functionRoles[functionName] ?? '', (attached) => without(action, attached));
  return monday({ more: { iam: iamOf(less, evaluatorOf(less)) } });
}

async function granted(world: World): Promise<void> {
  const requestId = world.newId();
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, wren, devPayments, 'PowerUserAccess', { durationMinutes: 5 }));
  await world.until('AccessGranted.v1', requestId);
}

it.each([
  ['team-expiry-inbox', 'kms:GetPublicKey'],
  ['team-provisioning-inbox', 'dynamodb:PutItem'],
  ['team-provisioning-dispatch', 'sso:CreateAccountAssignment'],
])('nobody is granted anything where the policies leave %s without %s', async (functionName, action) => {
  await granted(await monday());
  await expect(granted(await worldWithout(functionName, action))).rejects.toThrow('AccessGranted.v1 within 30 minutes');
}, 30_000);

it('a function that is denied something shows, though the journey goes on', async () => {
  const world = await monday();
  const Entries = [{ EventBusName: busName, Source: 'team.audit', DetailType: 'AuditRecorded.v1', Detail: '{}' }];
  await expect(world.system.clients('team.audit/query').eventBridge.send(new PutEventsCommand({ Entries }))).rejects.toThrow('team-audit-query is not authorized');
  await granted(world);
  expect(takeDenied()).toEqual(['team-audit-query events:PutEvents']);
});
