import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { callingAs, runNode, type Running } from './local-run.ts';

const emit = 'docs/snippets/emit-request.ts';
const subscribe = 'docs/snippets/subscribe-to-approvals.ts';
const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

describe('docs/integrating.md', () => {
  it.each([emit, subscribe])('shows %s as it is', (file) => {
    const shown = read('docs/integrating.md').split(`<!-- ${file} -->\n`)[1]?.split('\n```')[0];
    expect(`${String(shown)}\n`).toBe(`\`\`\`ts\n${read(file)}`);
  });
});

describe('against the local run', () => {
  let local: Running;
  let endpoint: string;

  beforeAll(async () => {
    local = runNode(['infra/local/bin/start.js', '--in-memory', '--port', '0']);
    [endpoint] = await local.says(/http:\/\/127\.0\.0\.1:\d+/);
  }, 30_000);
  afterAll(() => local.stop());

  it('a subscriber hears of the approval of what an emitter asked for', async () => {
    const subscriber = runNode([subscribe], callingAs('operator', endpoint));
    try {
      await subscriber.says(/^subscribed$/m);
      const requestId = randomUUID();
      const emitter = runNode([emit, requestId], callingAs('deploy-pipeline', endpoint));
      await emitter.says(new RegExp(`^asked: ${requestId}$`, 'm'));
      await emitter.stop();
      await subscriber.says(new RegExp(`^AccessApproved\\.v1 request ${requestId} event [0-9a-f-]{36}$`, 'm'));
    } finally {
      await subscriber.stop();
    }
  }, 60_000);

  it('the subscriber of docs/siem.md prints in OCSF what was recorded', async () => {
    const follower = runNode(['docs/snippets/follow-siem.ts'], callingAs('operator', endpoint));
    try {
      await follower.says(/^subscribed$/m);
      const requestId = randomUUID();
      const emitter = runNode([emit, requestId], callingAs('deploy-pipeline', endpoint));
      await emitter.says(new RegExp(`^asked: ${requestId}$`, 'm'));
      await emitter.stop();
      await follower.says(new RegExp(`^\\{"activity_id":.*"message":"something was asked for; whether it is allowed is another event".*"log_name":"request#${requestId}"`, 'm'));
    } finally {
      await follower.stop();
    }
  }, 60_000);

  it('an emitter that nobody registered is told so', async () => {
    const emitter = runNode([emit], callingAs('stranger', endpoint));
    await emitter.says(/UnrecognizedClientException/);
    await emitter.stop();
  }, 30_000);

  it('the operator subscribes others beside what belongs to TEAM, an emitter nobody', async () => {
    const config = (caller: string) => ({ endpoint, region: 'eu-central-1', credentials: { accessKeyId: caller, secretAccessKey: 'any' }, maxAttempts: 1 });
    const operator = new EventBridgeClient(config('operator'));
    const denied = { name: 'AccessDeniedException' };
    const rule = { EventBusName: 'team', EventPattern: JSON.stringify({ source: ['team.approval'] }) };
    await operator.send(new PutRuleCommand({ ...rule, Name: 'everything-approved' }));
    await expect(operator.send(new PutRuleCommand({ ...rule, Name: 'team-audit-inbox' }))).rejects.toMatchObject(denied);
    const Targets = [{ Id: 'queue', Arn: 'arn:aws:sqs:eu-central-1:170349155450:team-approval-inbox' }];
    await expect(operator.send(new PutTargetsCommand({ Rule: 'everything-approved', EventBusName: 'team', Targets }))).rejects.toMatchObject(denied);
    await expect(new SQSClient(config('operator')).send(new CreateQueueCommand({ QueueName: 'team-request-inbox' }))).rejects.toMatchObject(denied);
    await expect(new SQSClient(config('deploy-pipeline')).send(new CreateQueueCommand({ QueueName: 'mine' }))).rejects.toMatchObject(denied);
  }, 30_000);
});
