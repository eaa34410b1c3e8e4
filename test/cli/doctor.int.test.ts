import { DeleteQueueCommand, GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { serveHttp, type HttpServer } from '../../infra/local/src/cloud/index.ts';
import type { Organization } from '../../infra/local/src/identity/index.ts';
import { ask, type World } from '../../infra/local/src/play/world.ts';
import { lambdaApi } from '../../infra/local/src/system/lambda-api.ts';
import { manifests } from '../../infra/local/src/system/create-system.ts';
import { queueNames } from '../../infra/local/src/system/provision.ts';
import { functionsByName } from '../../infra/local/src/system/run-functions.ts';
import { accessRequestedV1 } from '@team/contracts';
import { resourceNames } from '@team/runtime';
import type { Finding } from '../../services/portal/cli/src/doctor/finding.ts';
import { expectedOf } from '../../services/portal/cli/src/doctor/inventory.ts';
import { run } from '../../services/portal/cli/src/program.ts';
import { devPayments, monday, organization, policies, wren } from '../journeys/worlds.ts';
import { layDown } from './redrive-world.ts';

/** The example organization without anything that the doctor would warn of. */
const tidy: Organization = {
  ...organization,
  AccountAssignments: [],
  PermissionSets: organization.PermissionSets.map((set) => ({ ...set, SessionDuration: 'PT1H' })),
};

/** Everything a virtual second's calls could use up is used within none. */
const unhurried = { identityCenter: { callsPerSecond: 10_000 } };

const servers: HttpServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** What `npx team doctor --json` finds in a world, over HTTP as `npm start` serves it. */
async function doctor({ system, now }: World, ...argv: string[]): Promise<{ code: number; findings: Finding[] }> {
  const server = await serveHttp({ router: system.outside, port: 0, now, also: lambdaApi(system.invoke, system.callers, functionsByName(manifests)) });
  servers.push(server);
  const said: string[] = [];
  const output = { say: (text: string) => void said.push(text), remark: (text: string) => void said.push(text) };
  const code = await run(['--endpoint', server.endpoint, 'doctor', '--json', ...argv], { output, signal: new AbortController().signal, pause: async () => undefined });
  return { code, findings: (JSON.parse(said.join('\n')) as { findings: Finding[] }).findings };
}

const worldOf = (more: Partial<Organization> = {}): Promise<World> => monday({ organization: { ...tidy, ...more }, more: unhurried });
const amiss = (findings: readonly Finding[]) => findings.filter(({ result }) => result === 'problem' || result === 'warning').map(({ check, result }) => `${result}: ${check}`);

test('what is looked for is what the manifests say', () => {
  const { busName, tables, queues, functions, keyAliases } = expectedOf('team');
  expect(busName).toBe('team');
  expect([...tables].sort()).toEqual(manifests.flatMap(({ name, tables: of }) => Object.keys(of).map((table) => resourceNames.table('team', name, table))).sort());
  expect([...functions].sort()).toEqual([...functionsByName(manifests).keys()].sort());
  expect([...keyAliases].sort()).toEqual(manifests.flatMap(({ signingKey }) => (signingKey === undefined ? [] : [resourceNames.signingKeyAlias('team', signingKey)])).sort());
  const ofManifests = manifests.flatMap(({ name: service, queues: of }) =>
    Object.entries(of).map(([queue, { fifo = false, consumes }]) => ({
      ...queueNames(service, queue, fifo),
      ...(consumes === undefined ? {} : { rule: resourceNames.rule('team', service, queue) }),
    })),
  );
  expect(queues).toEqual(expect.arrayContaining(ofManifests));
  expect(queues).toHaveLength(ofManifests.length);
});

test('nothing is amiss in a tidy local run, and what it has no stand-in for is not checked', async () => {
  const { code, findings } = await doctor(await worldOf());
  expect([code, amiss(findings)]).toEqual([0, []]);
  expect(findings.filter(({ result }) => result === 'not checked').map(({ check }) => check)).toEqual(['clock', 'point-in-time recovery']);
});

test('each planted fault is found, and no other', async () => {
  const [first, ...others] = tidy.PermissionSets;
  if (first === undefined) throw new TypeError('there are permission sets');
  const world = await worldOf({ PermissionSets: [{ ...first, SessionDuration: 'PT12H' }, ...others] });
  const { system } = world;
  const { sqs } = system.clients('deployment');
  const inManagement = world.permissionSet('ManagementOnly').PermissionSetArn;
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'team-expiry-timers' }));

  await sqs.send(new DeleteQueueCommand({ QueueUrl }));
  await layDown(world, 'team-audit-inbox', 'left');
  system.ssoAdmin.assignByHand({ AccountId: tidy.ManagementAccountId, PermissionSetArn: inManagement, PrincipalType: 'USER', PrincipalId: world.user(wren).UserId });
  await system.seed({ ...policies, approvers: [] });

  const { code, findings } = await doctor(world);
  expect(code).toBe(1);
  expect(amiss(findings)).toEqual([
    'problem: queue team-expiry-timers',
    'problem: queue team-audit-inbox-dlq',
    'problem: approvers',
    'warning: permission sets to grant',
    'warning: session durations',
    'warning: standing access',
  ]);
  const words = findings.map(({ found }) => found).join('\n');
  expect(words).toContain('1 dead letter');
  expect(words).toContain(`${first.Name} 720 min`);
  expect(words).toContain('in the management account: ManagementOnly');
  expect(words).toContain('1 assignment of 1 not made by TEAM: ManagementOnly in Acme Management (1)');
});

test('an approver policy whose groups are empty is found', async () => {
  const world = await worldOf();
  const groups = new Set(policies.approvers.flatMap(({ stages }) => stages.flatMap(({ approvers }) => approvers.groupIds)));
  for (const { GroupId, MemberId } of tidy.GroupMemberships) if (groups.has(GroupId)) world.system.people.removeMember(GroupId, MemberId.UserId);
  const { code, findings } = await doctor(world);
  expect(code).toBe(1);
  expect(new Set(amiss(findings))).toEqual(new Set(policies.approvers.map(({ policyId }) => `problem: approvers of ${policyId}`)));
});

test('access that TEAM gave is no standing access, and access given by hand beside it is', async () => {
  const world = await worldOf();
  const requestId = world.newId();
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, wren, devPayments, 'PowerUserAccess'));
  await world.until('AccessGranted.v1', requestId);
  expect((await doctor(world)).findings.at(-1)).toEqual({ check: 'standing access', result: 'ok', found: 'every assignment is TEAM’s: 1' });
  const PermissionSetArn = world.permissionSet('PowerUserAccess').PermissionSetArn;
  world.system.ssoAdmin.assignByHand({ AccountId: devPayments, PermissionSetArn, PrincipalType: 'USER', PrincipalId: world.user('emeka.eriksen@acme.example').UserId });
  expect((await doctor(world)).findings.at(-1)).toMatchObject({ result: 'warning', found: expect.stringMatching(/^1 assignment of 2 not made by TEAM/) });
});

test('an emitter may not look at functions', async () => {
  const { system, now } = await worldOf();
  const server = await serveHttp({ router: system.outside, port: 0, now, also: lambdaApi(system.invoke, system.callers, functionsByName(manifests)) });
  servers.push(server);
  const look = (caller: string, name: string) =>
    fetch(`${server.endpoint}/2015-03-31/functions/${name}/configuration`, { headers: { authorization: `AWS4-HMAC-SHA256 Credential=${caller}/20260302/eu-central-1/lambda/aws4_request` } });
  expect((await look('deploy-pipeline', 'team-audit-query')).status).toBe(403);
  expect((await look('operator', 'team-audit-nothing')).status).toBe(404);
  await expect((await look('operator', 'team-provisioning-dispatch')).json()).resolves.toEqual({ FunctionName: 'team-provisioning-dispatch', State: 'Active', Timeout: 30 });
});
