import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { ListEventBusesCommand } from '@aws-sdk/client-eventbridge';
import { ListQueuesCommand } from '@aws-sdk/client-sqs';
import { beliefs } from './beliefs/index.ts';
import { localPlace } from './places/local.ts';
import { tryBelief } from './run.ts';

const place = localPlace();

/** What the local cloud does not have. Everything else holds there, too. */
const notLocal = ['sso.session-duration-default'];

test.each(beliefs.map((belief) => [belief.id, belief] as const))('the local cloud keeps %s', async (id, belief) => {
  const { result, words } = await tryBelief(place, belief, true);
  expect([result, result === 'broken' ? words : undefined]).toEqual([notLocal.includes(id) ? 'untried' : 'held', undefined]);
});

test('what they made is all removed', async () => {
  await expect(place.sandbox.empty()).resolves.toEqual([]);
  const { dynamo, sqs, eventBridge } = place.clients;
  expect((await dynamo.send(new ListTablesCommand({}))).TableNames).toEqual([]);
  expect((await sqs.send(new ListQueuesCommand({}))).QueueUrls ?? []).toEqual([]);
  expect((await eventBridge.send(new ListEventBusesCommand({}))).EventBuses?.map(({ Name }) => Name)).toEqual(['default']);
});
