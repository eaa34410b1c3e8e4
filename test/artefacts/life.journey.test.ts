import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ListAccountAssignmentsCommand } from '@aws-sdk/client-sso-admin';
import { GetQueueUrlCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { accessRequestedV1, approvalDecisionSubmittedV1 } from '@team/contracts';
import { createSigner, toTimestamp } from '@team/runtime';
import { runDeployment, type RunningDeployment } from './run-deployment.ts';
import { channel, environment, organization, prefix } from './setting.ts';
import { throughGateway } from './through-gateway.ts';

/** How many times as fast as here time passes in the cloud and in the functions. */
const scale = 30;
/** Minutes of the cloud's time for which access is asked: eight seconds here. */
const durationMinutes = 4;
/** How long something is waited for (ms): a busy machine may take its time. */
const patienceMs = 60_000;

const synthesizing = fileURLToPath(new URL('./synthesize.ts', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'team-artefacts-'));
let deployed: RunningDeployment | undefined;

beforeAll(async () => {
  writeFileSync(path.join(folder, 'environment.json'), JSON.stringify(environment));
  // What CDK thinks of the templates is tested elsewhere.
  await promisify(execFile)(process.execPath, [synthesizing, folder], { env: { PATH: process.env['PATH'], HOME: folder, CDK_VALIDATION: 'false' } });
  deployed = await runDeployment(path.join(folder, 'templates'), scale);
}, 300_000);

afterAll(async () => {
  await deployed?.stop();
  rmSync(folder, { recursive: true });
}, 60_000);

it('a request is asked, approved, granted, expires and is gone, in the functions as they are deployed, each in its own process', async () => {
  const running = present(deployed, 'deployment');
  const { cloud, functions } = running;
  const requestId = randomUUID();
  const user = personOf('wren.kowalski@acme.example');
  const approver = personOf('emeka.eriksen@acme.example');
  const target = { accountId: '836423630756', permissionSetName: 'ReadOnlyAccess' };
  const asked = { requestId, requester: user.UserName, targets: [target], durationMinutes, justification: 'look at a slow query' };

  await put(accessRequestedV1.detailType, asked);
  const wanted = await until('ApprovalRequested.v1');
  await decide(String(wanted['requestDigest']));
  const { endsAt } = await until('AccessGranted.v1');
  expect(await assigned()).toEqual([user.UserId]);
  const { removedAt } = await until('AccessEnded.v1');
  expect(await assigned()).toEqual([]);
  expect(String(removedAt) >= String(endsAt)).toBe(true);
  // `AccessExpired` may be missing: where provisioning, which knows the end too, was faster, expiry has nothing to say any more.
  expect(typesSoFar()).toEqual(expect.arrayContaining([
    'AccessRequested', 'AccessRequestAccepted', 'ApprovalRequested', 'ApprovalDecisionSubmitted', 'ApprovalRecorded', 'AccessApproved', 'AccessWindowOpened', 'AccessGranted', 'AccessEnded',
  ]));
  await wakeInVain();

  const query = present(functions.get(`${prefix}-audit-query`), 'audit function');
  await settled(async () => JSON.stringify(await query.invoke({ op: 'verify', requestId })), /"waiting":0,.*"problems":\[\]/);
  const { events } = (await query.invoke({ op: 'events', requestId, limit: 100 })) as { events: { detailType: string }[] };
  expect(events.map(({ detailType }) => detailType).toSorted()).toEqual(typesSoFar('.v1').toSorted());

  expect(await present(functions.get(`${prefix}-audit-rebuild`), 'rebuild function').invoke({ requestId })).toMatchObject({ requests: 1 });
  await askAboutPolicies();

  function typesSoFar(major = ''): string[] {
    return running.events(requestId).map(({ type }) => type.replace('.v1', major));
  }

  /** `data` of the first event of this type, as soon as there is one. */
  async function until(type: string): Promise<Readonly<Record<string, unknown>>> {
    const giveUpAt = Date.now() + patienceMs;
    for (;;) {
      const found = running.events(requestId).find((event) => event.type === type);
      if (found !== undefined) return found.data;
      if (Date.now() > giveUpAt) throw new Error(`no ${type}: ${typesSoFar().join(', ')}; ${running.failures.join('\n')}`);
      await delay(50);
    }
  }

  /** Nothing of this request is due in the approval and audit services, whose functions nothing else would have run. */
  async function wakeInVain(): Promise<void> {
    for (const [service, timer] of [['approval', `request#${requestId}`], ['audit', `lifecycle#${requestId}`]] as const) {
      const { sqs } = running.clients(`team.${service}`);
      const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: `${prefix}-${service}-timers` }));
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify({ timer }) }));
    }
  }

  /** What nobody asks for in a request's life: the policies, and what would become of such a request. */
  async function askAboutPolicies(): Promise<void> {
    const ask = (service: string, input: object) => present(functions.get(`${prefix}-${service}-query`), `query function of ${service}`).invoke(input);
    const policyId = 'developers-read-production';
    expect(await ask('request', { op: 'policies' })).toMatchObject({ eligibility: expect.arrayContaining([expect.objectContaining({ policy: expect.objectContaining({ policyId }) as unknown })]) as unknown, proposals: [] });
    expect(await ask('approval', { op: 'policies' })).toMatchObject({ approvers: expect.arrayContaining([expect.objectContaining({ version: 1 })]) as unknown, proposals: [] });
    const asked = [{ requester: user.UserName, accountId: target.accountId, permissionSet: target.permissionSetName, durationMinutes, justification: 'look' }];
    expect(await ask('request', { op: 'explain', asked })).toMatchObject({ explanations: [{ allowed: true, policyId, reasons: [] }] });
    const permissionSetArn = present(organization.PermissionSets.find(({ Name }) => Name === target.permissionSetName), target.permissionSetName).PermissionSetArn;
    const { answers } = (await ask('approval', { op: 'approvers', asked: [{ requester: user.UserName, accountId: target.accountId, permissionSetArn }] })) as { answers: { stages: { people: string[] }[] }[] };
    expect(answers[0]?.stages[0]?.people).toContain(approver.UserName);
  }

  async function put(detailType: string, data: object): Promise<void> {
    const detail = { metadata: { eventId: randomUUID(), requestId, occurredAt: toTimestamp(cloud.timeline.now()) }, data };
    const entry = { EventBusName: prefix, Source: channel.source, DetailType: detailType, Detail: JSON.stringify(detail) };
    const { FailedEntryCount } = await running.clients(channel.name).eventBridge.send(new PutEventsCommand({ Entries: [entry] }));
    expect(FailedEntryCount).toBe(0);
  }

  async function decide(requestDigest: string): Promise<void> {
    const decisionId = randomUUID();
    const seconds = Math.floor(cloud.timeline.now() / 1000);
    const claims = { requestId, requestDigest, decisionId, decider: approver.UserId, verdict: 'approve', auth_time: seconds, exp: seconds + 300 };
    const signature = await createSigner(running.clients(channel.name).kms, channel.mayDecide.keyId).sign('team-decision+jws', claims);
    await put(approvalDecisionSubmittedV1.detailType, { requestId, decisionId, verdict: 'approve', decider: approver.UserName, signature });
  }

  async function assigned(): Promise<string[]> {
    const { PermissionSetArn } = present(organization.PermissionSets.find(({ Name }) => Name === target.permissionSetName), target.permissionSetName);
    const question = new ListAccountAssignmentsCommand({ InstanceArn: organization.InstanceArn, AccountId: target.accountId, PermissionSetArn });
    const { AccountAssignments = [] } = await running.clients('operator').ssoAdmin.send(question);
    return AccountAssignments.flatMap(({ PrincipalType, PrincipalId = '' }) => (PrincipalType === 'USER' ? [PrincipalId] : []));
  }
}, 150_000);

it('people ask, approve and end by the portal’s functions as they are deployed', async () => {
  const running = present(deployed, 'deployment');
  const as = (userName: string) => throughGateway(running, () => running.issuer.token(userName));
  const [nobody, requester, approver, administrator] = [throughGateway(running, async () => undefined), as('wren.kowalski@acme.example'), as('emeka.eriksen@acme.example'), as('ana.alvarez@acme.example')];
  expect(await Promise.all([nobody.get('api', '/v1/me'), nobody.get('pages', '/requests/1'), nobody.get('sign-in', '/auth/callback?code=1&state=2')].map(async (answer) => (await answer).status))).toEqual([401, 200, 400]);

  await settled(async () => String((await requester.get('api', '/v1/askable?search=Payments')).status), /200/);
  const permissionSetArn = present(organization.PermissionSets.find(({ Name }) => Name === 'ReadOnlyAccess'), 'permission set').PermissionSetArn;
  const asking = { targets: [{ accountId: '836423630756', permissionSetArn }], durationMinutes: 60, justification: 'look at a slow query' };
  expect(await requester.post('api', '/v1/preview', asking)).toMatchObject({ status: 200, body: { allowed: true } });
  const { status, body } = await requester.post('api', '/v1/requests', asking);
  expect(status).toBe(202);
  const request = `/v1/requests/${String(body['requestId'])}`;

  const statusOf = async (): Promise<string> => JSON.stringify((await approver.get('api', request)).body['row'] ?? {});
  await settled(statusOf, /"status":"pending"/);
  const decision = { verdict: 'approve', comment: 'go ahead' };
  expect(await requester.post('decide', `${request}/decisions`, decision)).toMatchObject({ status: 403 });
  expect(await approver.post('decide', `${request}/decisions`, decision)).toMatchObject({ status: 202 });
  await settled(statusOf, /"status":"active"/);
  expect(await requester.post('decide', `${request}/end`, { reason: 'done' })).toMatchObject({ status: 202 });
  await settled(statusOf, /"status":"(ended|revoked)"/);

  expect(await administrator.get('policies', '/v1/policies')).toMatchObject({ status: 200, body: { policies: expect.arrayContaining([expect.objectContaining({ kind: 'Limits' })]) as unknown, proposals: [] } });
  const { events } = (await present(running.functions.get(`${prefix}-audit-query`), 'audit function').invoke({ op: 'events', requestId: body['requestId'], limit: 100 })) as { events: object[] };
  expect(await present(running.functions.get(`${prefix}-portal-rebuild`), 'rebuild function').invoke({ events })).toEqual({ remembered: events.length });
}, 150_000);

it('every function that is deployed was used, and none failed', async () => {
  const { functions, failures } = present(deployed, 'deployment');
  await settled(async () => [...functions].filter(([, { answered }]) => answered === 0).map(([name]) => name).join(), /^$/);
  expect(failures).toEqual([]);
}, 90_000);

async function settled(look: () => Promise<string>, pattern: RegExp): Promise<void> {
  const giveUpAt = Date.now() + patienceMs;
  for (let seen = await look(); !pattern.test(seen); seen = await look()) {
    if (Date.now() > giveUpAt) throw new Error(`not ${String(pattern)}: ${seen}`);
    await delay(200);
  }
}

const personOf = (userName: string) => present(organization.Users.find(({ UserName }) => UserName === userName), userName);

function present<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`there is no ${what}`);
  return value;
}
