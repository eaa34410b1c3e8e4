import { setTimeout as delay } from 'node:timers/promises';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { startLocalRun, type LocalRun } from './local-run.ts';

const dana = 'dana.jansen@acme.example';
const fatima = 'Fatima.Lindqvist@acme.example';
const account = '624177419051';
const readProduction = ['ask', '--as', dana, '--account', account, '--permission-set', 'ReadOnlyAccess', '--why', 'look at a slow query'];
/** Several processes, on a machine that may be busy. */
const unhurried = 120_000;

let local: LocalRun;
beforeAll(async () => {
  local = await startLocalRun();
}, unhurried);
afterAll(async () => {
  await local.stop();
  await expect(team('audit', 'verify')).resolves.toMatchObject({ code: 3, err: expect.stringContaining(`nothing answers at ${local.endpoint}`) });
}, unhurried);

/** `npx team` in a process of its own, to its end. */
const team = (...argv: string[]) => local.startTeam(...argv).ended;

const idIn = (out: string): string => /^request\s+([0-9a-f-]{36})$/m.exec(out)?.[1] ?? 'none';

/** Asks until the request's status is this one. */
async function shown(requestId: string, status: string): Promise<{ grants: { grantId: string; credentialsUselessBy?: string }[] }> {
  for (;; await delay(100)) {
    const { code, out } = await local.team('show', requestId, '--json');
    expect(code).toBe(0);
    const story = JSON.parse(out) as { status: string; grants: { grantId: string }[] };
    if (story.status === status) return story;
  }
}

test('a request goes all the way by hand: asked, decided, shown, ended, verified', async () => {
  const asked = await team(...readProduction, '--minutes', '60');
  expect(asked).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/Waits for approval\. Next: npx team --endpoint http:\/\/127\.0\.0\.1:\d+ decide \S+ approve --as [\w.]+@acme\.example\n$/) });
  const requestId = idIn(asked.out);

  await expect(team('decide', requestId, 'approve', '--as', dana)).resolves.toMatchObject({ code: 1, out: expect.stringContaining('ERR_SELF_APPROVAL') });
  await expect(local.team('decide', requestId, 'approve', '--as', 'nobody@acme.example')).resolves.toMatchObject({ code: 1, err: 'there is no user "nobody@acme.example" in the identity store\n' });
  await expect(team('decide', requestId, 'approve', '--as', fatima)).resolves.toMatchObject({ code: 0, out: expect.stringContaining('AccessApproved.v1') });

  const { grants } = await shown(requestId, 'active');
  await expect(local.team('end', requestId, '--as', 'quinn.eriksen@acme.example')).resolves.toMatchObject({ code: 1, out: expect.stringMatching(/^Not ended: ERR_/) });
  const end = await team('end', requestId, '--as', dana, '--grant', grants[0]?.grantId ?? '', '--reason', 'found it');
  expect(end).toMatchObject({ code: 0, out: expect.stringContaining('found it') });
  expect((await shown(requestId, 'revoked')).grants).toMatchObject([{ ended: 'deleted', credentialsUselessBy: expect.any(String) }]);

  const story = (await team('show', requestId.slice(0, 8))).out;
  expect(story).toMatch(/^who +Dana\.Jansen@acme\.example$/m);
  expect(story).toMatch(/^decided +approve by fatima\.lindqvist@acme\.example at /m);
  await expect(team('audit', 'verify', requestId)).resolves.toMatchObject({ code: 0, out: expect.stringMatching(/^The audit trail is whole: 1\d records in 1 chain, \d checkpoints?\.\n$/) });
  await expect(local.team('audit', 'verify')).resolves.toMatchObject({ code: 0 });
}, unhurried);

test('a request that is not allowed is answered by every reason, and a request that waits can be taken back', async () => {
  const rejected = await local.team(...readProduction, '--minutes', '10000', '--target', '111111111111/Nothing');
  expect(rejected).toMatchObject({ code: 1, out: expect.stringContaining('The request is over: rejected.') });
  for (const code of ['ERR_DURATION_OVER_LIMIT', 'ERR_ACCOUNT_UNKNOWN', 'ERR_PERMISSION_SET_UNKNOWN']) expect(rejected.out).toContain(code);

  const requestId = idIn((await local.team(...readProduction, '--minutes', '30')).out);
  await expect(local.team('end', requestId, '--as', dana)).resolves.toMatchObject({ code: 0, out: expect.stringContaining('AccessCancelled.v1') });
  await expect(local.team('decide', requestId, 'approve', '--as', fatima)).resolves.toMatchObject({ code: 1, out: expect.stringContaining('ERR_REQUEST_OVER') });
}, unhurried);

test('following ends with 0 on Ctrl-C, and in silence when its reader has had enough', async () => {
  const [interrupted, unheard] = [local.startTeam('events'), local.startTeam('events', '--json')];
  const requestId = idIn((await local.team(...readProduction, '--minutes', '31')).out);
  await Promise.all([interrupted.said(requestId.slice(0, 8)), unheard.said(requestId)]);
  interrupted.child.kill('SIGINT');
  unheard.child.stdout?.destroy();
  await local.team(...readProduction, '--minutes', '32');
  await expect(interrupted.ended).resolves.toMatchObject({ code: 0, err: '' });
  await expect(unheard.ended).resolves.toMatchObject({ code: 0, err: '' });
}, unhurried);

test('a dead letter is shown with its reason and redriven; what is still wrong comes back', async () => {
  await expect(local.team('redrive')).resolves.toMatchObject({ code: 0, out: expect.stringContaining('There are no dead letters') });
  const client = new EventBridgeClient({ endpoint: local.endpoint, region: 'eu-central-1', credentials: { accessKeyId: 'local-channel', secretAccessKey: 'any' } });
  const Detail = JSON.stringify({ data: { requestId: 'not an id' } });
  await client.send(new PutEventsCommand({ Entries: [{ EventBusName: 'team', Source: 'team.local-channel', DetailType: 'AccessRequested.v1', Detail }] }));
  const letter = /^team-request-inbox-dlq: 1 letter\n {2}\S+ \S+ {2}1× {2}team\.local-channel → AccessRequested\.v1 .*ERR_CONTRACT_VIOLATION/;
  const laidDown = async (): Promise<void> => {
    for (let out = ''; !letter.test(out); await delay(100)) ({ out } = await local.team('redrive', '--dry-run'));
  };
  await laidDown();
  await expect(team('redrive', 'team-request-inbox')).resolves.toMatchObject({ code: 0, out: expect.stringContaining('1 letter sent back to team-request-inbox\n') });
  await laidDown();
}, unhurried);
