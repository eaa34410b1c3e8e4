import { DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import { DeleteQueueCommand, GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { serveHttp, type HttpServer } from '../../infra/local/src/cloud/index.ts';
import type { Organization } from '../../infra/local/src/identity/index.ts';
import { ask, type World } from '../../infra/local/src/play/world.ts';
import { lambdaApi } from '../../infra/local/src/system/lambda-api.ts';
import { manifests as services } from '../../infra/local/src/system/create-system.ts';
import { queueNames } from '../../infra/local/src/system/provision.ts';
import { functionsByName } from '../../infra/local/src/system/run-functions.ts';
import { accessRequestedV1 } from '@team/contracts';
import { manifest as portalManifest } from '@team/portal/manifest';
import { resourceNames, type ServiceManifest } from '@team/runtime';
import type { Finding } from '../../services/portal/cli/src/doctor/finding.ts';
import { expectedOf, inventory, portalInventory } from '../../services/portal/cli/src/doctor/inventory.ts';
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
  const server = await serveHttp({ router: system.outside, port: 0, now, also: lambdaApi(system.invoke, system.callers, functionsByName(system.manifests)) });
  servers.push(server);
  const said: string[] = [];
  const output = { say: (text: string) => void said.push(text), remark: (text: string) => void said.push(text) };
  const code = await run(['--endpoint', server.endpoint, 'doctor', '--json', ...argv], { output, signal: new AbortController().signal, pause: async () => undefined });
  return { code, findings: (JSON.parse(said.join('\n')) as { findings: Finding[] }).findings };
}

const worldOf = (more: Partial<Organization> = {}): Promise<World> => monday({ organization: { ...tidy, ...more }, more: unhurried });
/** A portal at which nobody signs in. */
const portal = { origin: 'http://localhost', issuer: 'http://localhost/sign-in', audience: 'team', client: { id: 'team-portal', secret: 'none' } };
const worldWithPortal = (): Promise<World> => monday({ organization: tidy, more: { ...unhurried, portal } });
const saidOf = (name: string, findings: readonly Finding[]) => findings.flatMap(({ check, result, found }) => (check === name ? [`${result}: ${found}`] : []));
const amiss = (findings: readonly Finding[]) => findings.filter(({ result }) => result === 'problem' || result === 'warning').map(({ check, result }) => `${result}: ${check}`);

test.each<[string, readonly ServiceManifest[], typeof inventory]>([
  ['of the five services', services, inventory],
  ['of the portal', [portalManifest], [portalInventory]],
])('what is looked for is what the manifests say: %s', (_, manifests, of) => {
  const { busName, tables, queues, functions, keyAliases } = expectedOf('team', of);
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

test('that there is no portal is said, and nothing is amiss; where there must be one, everything of it is missing', async () => {
  const world = await worldOf();
  const { code, findings } = await doctor(world);
  expect([code, amiss(findings), saidOf('portal', findings)]).toEqual([0, [], ['ok: there is none: nothing of one is seen; where there must be one, say so with --portal']]);
  const must = await doctor(world, '--portal');
  expect([must.code, saidOf('portal', must.findings)]).toEqual([1, ['ok: everything of it is looked for, as --portal says']]);
  const { tables, queues, functions, keyAliases } = expectedOf('team', [portalInventory]);
  const missing = [...queues.flatMap(({ name, deadLetters, rule }) => [`rule ${rule ?? ''}`, `queue ${name}`, `queue ${deadLetters}`]), ...tables.map((one) => `table ${one}`), ...keyAliases.map((one) => `key ${one}`), ...functions.map((one) => `function ${one}`)];
  expect(amiss(must.findings)).toEqual(missing.map((one) => `problem: ${one}`));
});

test('a portal is looked at with the rest: whole, nothing is amiss, and what it lacks is found', async () => {
  const world = await worldWithPortal();
  const { code, findings } = await doctor(world);
  expect([code, amiss(findings)]).toEqual([0, []]);
  expect(saidOf('portal', findings)).toEqual(['ok: there is one (queue team-portal-inbox): everything of it is looked for']);
  expect(saidOf('functions', findings)).toEqual([`ok: ${functionsByName([...services, portalManifest]).size} functions`]);

  const { dynamo, sqs } = world.system.clients('deployment');
  for (const TableName of ['team-portal-events', 'team-portal-sessions']) await dynamo.send(new DeleteTableCommand({ TableName }));
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'team-portal-inbox-dlq' }));
  await sqs.send(new DeleteQueueCommand({ QueueUrl }));
  const lacking = await doctor(world);
  expect([lacking.code, saidOf('portal', lacking.findings)]).toEqual([1, ['ok: there is one (queue team-portal-inbox): everything of it is looked for']]);
  expect(amiss(lacking.findings)).toEqual(['problem: queue team-portal-inbox-dlq', 'problem: table team-portal-events', 'problem: table team-portal-sessions']);
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
  const server = await serveHttp({ router: system.outside, port: 0, now, also: lambdaApi(system.invoke, system.callers, functionsByName(system.manifests)) });
  servers.push(server);
  const look = (caller: string, name: string) =>
    fetch(`${server.endpoint}/2015-03-31/functions/${name}/configuration`, { headers: { authorization: `AWS4-HMAC-SHA256 Credential=${caller}/20260302/eu-central-1/lambda/aws4_request` } });
  expect((await look('deploy-pipeline', 'team-audit-query')).status).toBe(403);
  expect((await look('operator', 'team-audit-nothing')).status).toBe(404);
  await expect((await look('operator', 'team-provisioning-dispatch')).json()).resolves.toEqual({ FunctionName: 'team-provisioning-dispatch', State: 'Active', Timeout: 30 });
});
