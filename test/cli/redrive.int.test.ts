import { ListRulesCommand, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge';
import { GetQueueAttributesCommand, ListQueuesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { AwsError } from '../../infra/local/src/cloud/aws-error.ts';
import type { World } from '../../infra/local/src/play/world.ts';
import { manifests } from '../../infra/local/src/system/create-system.ts';
import { queueNames } from '../../infra/local/src/system/provision.ts';
import { approvedLife, askForProduction, hostileWorld, inProduction, ofType, type Fate } from '../hostile/hostile-world.ts';
import { monday } from '../journeys/worlds.ts';
import { deliveredText, dyingAfter, layDown, lettersOf, team } from './redrive-world.ts';

const fourteenDays = String(14 * 24 * 3600);

async function attributesOf(sqs: SQSClient, QueueUrl: string): Promise<Record<string, string>> {
  const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  return Attributes;
}

test('every queue and every rule of every service has a dead-letter queue that keeps what it holds for fourteen days', async () => {
  const { system } = await monday();
  const { sqs, eventBridge } = system.clients('operator');
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'team-' }));
  const queues = new Map<string, Record<string, string>>();
  for (const url of QueueUrls) {
    const attributes = await attributesOf(sqs, url);
    queues.set(String(attributes['QueueArn']), attributes);
  }
  const keeps = (arn: string): string | undefined => queues.get(arn)?.['MessageRetentionPeriod'];
  const named = (name: string): Record<string, string> => [...queues.values()].find(({ QueueArn }) => QueueArn?.endsWith(`:${name}`) === true) ?? {};

  for (const manifest of manifests) {
    for (const [queue, { fifo = false }] of Object.entries(manifest.queues)) {
      const { deadLetterTargetArn } = JSON.parse(named(queueNames(manifest.name, queue, fifo).name)['RedrivePolicy'] ?? '{}') as { deadLetterTargetArn?: string };
      expect([manifest.name, queue, keeps(deadLetterTargetArn ?? '')]).toEqual([manifest.name, queue, fourteenDays]);
    }
  }
  const { Rules = [] } = await eventBridge.send(new ListRulesCommand({ EventBusName: 'team' }));
  const consuming = manifests.flatMap(({ queues: of }) => Object.values(of)).filter(({ consumes }) => consumes !== undefined);
  expect(Rules).toHaveLength(consuming.length);
  for (const { Name } of Rules) {
    const { Targets = [] } = await eventBridge.send(new ListTargetsByRuleCommand({ Rule: Name, EventBusName: 'team' }));
    expect(Targets.map(({ DeadLetterConfig }) => keeps(DeadLetterConfig?.Arn ?? ''))).toEqual([fourteenDays]);
  }
});

/** Letters of a life that has come as far as access: each was handled already. */
const handled: [detailType: string, queue: string][] = [
  ['AccessRequested.v1', 'team-request-inbox'],
  ['ApprovalDecisionSubmitted.v1', 'team-approval-inbox'],
  ['AccessWindowOpened.v1', 'team-provisioning-inbox'],
];

test.each(handled)('a letter with %s that was handled already, laid down twice and redriven twice, has no effect any more', async (detailType, queue) => {
  let creations = 0;
  const world = await hostileWorld(({ action }) => {
    if (action === 'CreateAccountAssignment') creations += 1;
    return 'pass';
  });
  const requestId = await approvedLife(world);
  await world.until('AccessGranted.v1', requestId);
  const before = world.events(requestId).map((event) => event.detailType);
  const letter = deliveredText(world, detailType, requestId);
  for (let time = 0; time < 2; time += 1) {
    await layDown(world, queue, letter);
    await layDown(world, queue, letter);
    await expect(team(world, ['redrive', queue])).resolves.toMatchObject({ code: 0, said: expect.stringContaining(`2 letters sent back to ${queue}`) });
    await world.pass(3);
  }
  expect(world.events(requestId).map((event) => event.detailType)).toEqual(before);
  expect({ creations, letters: lettersOf(world, queue), held: (await inProduction(world)).length }).toEqual({ creations: 1, letters: 0, held: 1 });
});

/** A world in which one service fails at each of its writes, in a way that is no outage, until it is mended. */
async function failing(service: string): Promise<{ world: World; mend(): void; broken(): void }> {
  let isBroken = false;
  const fate = (): Fate => new AwsError('ValidationException', 'planted', 400);
  const world = await hostileWorld(({ caller, action }) => (isBroken && caller.name === service && action.endsWith('Item') ? fate() : 'pass'));
  return { world, mend: () => void (isBroken = false), broken: () => void (isBroken = true) };
}

test('what failed until SQS laid it down is done when it is redriven, once, although the command is killed half-way and given again', async () => {
  const { world, mend, broken } = await failing('team.request');
  broken();
  const requestId = await askForProduction(world);
  await world.pass(20);
  expect([ofType(world, 'AccessRequestAccepted.v1', requestId).length, lettersOf(world, 'team-request-inbox')]).toEqual([0, 1]);
  expect((await team(world, ['redrive', '--dry-run'])).said).toMatch(/^team-request-inbox-dlq: 1 letter\n {2}2026-03-02 09:00:0\dZ {2}5× {2}acme\.deploy-pipeline → AccessRequested\.v1 .*received too often/);
  mend();
  await expect(team(world, ['redrive'], dyingAfter('StartMessageMoveTask'))).rejects.toThrow('killed');
  await expect(team(world, ['redrive'])).resolves.toMatchObject({ code: 0, said: expect.stringContaining('There are no dead letters') });
  await world.pass(2);
  expect(ofType(world, 'AccessRequestAccepted.v1', requestId)).toHaveLength(1);
  expect(ofType(world, 'ApprovalRequested.v1', requestId)).toHaveLength(1);
});

test('a letter that nobody can ever handle comes back once for each time that it is redriven, and is one letter all the time', async () => {
  const world = await monday();
  world.inject('acme.deploy-pipeline', 'AccessRequested.v1', { data: { requestId: 'not an id' } });
  await world.pass(2);
  for (let time = 0; time < 3; time += 1) {
    const { said } = await team(world, ['redrive']);
    expect(said).toMatch(/^team-request-inbox-dlq: 1 letter\n {2}2026-03-02 09:00:0\dZ {2}1× {2}.*ERR_CONTRACT_VIOLATION: .*\n {2}1 letter sent back to team-request-inbox/);
    await world.pass(2);
    expect(lettersOf(world, 'team-request-inbox')).toBe(1);
  }
});
