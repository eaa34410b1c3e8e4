import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { accessScheduledV1 } from '@team/contracts';
import { createOnce, createServiceKit, EventIdReusedError, OutageError, route, TeamError } from '@team/runtime';
import { buildEvent, exampleOf } from '@team/testing';
import { AwsError } from '../../infra/local/src/cloud/index.ts';
import { batch, benchPlatform, context, counter, manifest, ownAccount } from './bench-service.ts';

const scheduled = (source = 'team.expiry', account = ownAccount) =>
  JSON.stringify(buildEvent(accessScheduledV1, exampleOf(accessScheduledV1), { source, account }));

async function consuming(handle: () => Promise<void>) {
  const world = await benchPlatform();
  const handler = createServiceKit(manifest, world.platform).events('inbox', [route(accessScheduledV1, handle)]);
  const letters = async (queue: string) => {
    const { Messages = [] } = await world.clients.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: `http://localhost/${ownAccount}/team-bench-${queue}`, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }),
    );
    return Messages.map((message) => message.MessageAttributes?.['code']?.StringValue);
  };
  return { ...world, handler, letters };
}

it('deletes what was handled and reports only what failed', async () => {
  let calls = 0;
  const { handler } = await consuming(async () => {
    calls += 1;
    if (calls === 2) throw new TeamError('ERR_BUSY', 'again please', { retryable: true });
  });
  const answer = await handler(batch(scheduled(), scheduled(), scheduled()), context);
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
});

it.each([
  ['malformed JSON', '{"detail": ', 'ERR_JSON_MALFORMED'],
  ['no EventBridge envelope', '{"hello": 1}', 'ERR_ENVELOPE_INVALID'],
  ['an unknown detail-type', scheduled().replace('AccessScheduled.v1', 'Nonsense.v1'), 'ERR_DETAIL_TYPE_UNKNOWN'],
  ['a fact from another source', scheduled('acme.evil'), 'ERR_SOURCE_FOREIGN'],
  ['a fact from another account', scheduled('team.expiry', '999999999999'), 'ERR_SOURCE_FOREIGN'],
  ['wrong types', scheduled().replace(/"grantIds":\[[^\]]*\]/, '"grantIds":7'), 'ERR_CONTRACT_VIOLATION'],
])('lays down %s as a dead letter with its code, and handles the rest of the batch', async (_what, body, code) => {
  let handled = 0;
  const { handler, letters } = await consuming(async () => void (handled += 1));
  expect(await handler(batch(body, scheduled()), context)).toEqual({ batchItemFailures: [] });
  expect(handled).toBe(1);
  expect(await letters('inbox-dlq')).toEqual([code]);
});

it('puts work off during an outage without using up its receives', async () => {
  const { handler, queues } = await consuming(() => Promise.reject(new OutageError('ERR_DIRECTORY_UNAVAILABLE', 'down', { retryAfterSeconds: 45 })));
  expect(await handler(batch(scheduled()), context)).toEqual({ batchItemFailures: [] });
  const [put] = queues.peek('team-bench-inbox');
  expect(put?.body).toBe(scheduled());
});

it('puts work off longer each time, up to about two minutes, but for just as long as was asked for', async () => {
  const delaysWhere = async (retryAfterSeconds?: number): Promise<number[]> => {
    const error = new OutageError('ERR_DIRECTORY_UNAVAILABLE', 'down', retryAfterSeconds === undefined ? {} : { retryAfterSeconds });
    const { handler, queues, timeline } = await consuming(() => Promise.reject(error));
    const [fresh] = batch(scheduled()).Records;
    if (fresh === undefined) throw new Error('no record');
    const delays: number[] = [];
    let record = { ...fresh, attributes: { ...fresh.attributes, SentTimestamp: String(timeline.now()) } };
    for (let time = 0; time < 8; time++) {
      await handler({ Records: [record] }, context);
      const put = queues.peek('team-bench-inbox').at(-1);
      if (put === undefined) throw new Error('nothing was put off');
      delays.push((put.visibleAtMs - put.sentMs) / 1_000);
      timeline.advanceTo(put.visibleAtMs);
      const stringValue = put.attributes['arrivedAt']?.StringValue ?? '';
      const attributes = { ...fresh.attributes, SentTimestamp: String(put.sentMs) };
      record = { ...fresh, attributes, messageId: put.id, messageAttributes: { arrivedAt: { dataType: 'Number', stringValue } } };
    }
    return delays;
  };
  const delays = await delaysWhere();
  const within = (seconds: number | undefined, middle: number): void => {
    expect(seconds).toBeGreaterThanOrEqual(middle * 0.8);
    expect(seconds).toBeLessThanOrEqual(middle * 1.2);
  };
  within(delays[0], 30);
  within(delays[1], 30);
  within(delays.at(-2), 120);
  within(delays.at(-1), 120);
  expect(await delaysWhere()).toEqual(delays);
  expect(await delaysWhere(5)).toEqual([5, 5, 5, 5, 5, 5, 5, 5]);
  expect(await delaysWhere(300)).toEqual([300, 300, 300, 300, 300, 300, 300, 300]);
});

it('spreads what was put off at once', async () => {
  const { handler, queues } = await consuming(() => Promise.reject(new OutageError('ERR_DIRECTORY_UNAVAILABLE', 'down')));
  await handler(batch(...Array.from({ length: 10 }, () => scheduled())), context);
  const delays = queues.peek('team-bench-inbox').map(({ visibleAtMs, sentMs }) => (visibleAtMs - sentMs) / 1_000);
  expect(new Set(delays).size).toBeGreaterThan(4);
  expect(Math.min(...delays)).toBeGreaterThanOrEqual(24);
  expect(Math.max(...delays)).toBeLessThanOrEqual(36);
});

it('knows when an event arrived first, however often it was put off', async () => {
  const world = await benchPlatform();
  const arrived: number[] = [];
  const down = async ({ arrivedAt }: { readonly arrivedAt: number }): Promise<void> => {
    arrived.push(arrivedAt);
    throw new OutageError('ERR_DIRECTORY_UNAVAILABLE', 'down');
  };
  const handler = createServiceKit(manifest, world.platform).events('inbox', [route(accessScheduledV1, down)]);
  const [record] = batch(scheduled()).Records;
  if (record === undefined) throw new Error('no record');
  await handler({ Records: [{ ...record, attributes: { ...record.attributes, SentTimestamp: '1000' } }] }, context);
  const [put] = world.queues.peek('team-bench-inbox');
  const stringValue = put?.attributes['arrivedAt']?.StringValue ?? '';
  const again = { ...record, attributes: { ...record.attributes, SentTimestamp: '31000' }, messageAttributes: { arrivedAt: { dataType: 'Number', stringValue } } };
  await handler({ Records: [again] }, context);
  expect(arrived).toEqual([1000, 1000]);
});

it.each(['ThrottlingException', 'ProvisionedThroughputExceededException', 'InternalServerError'])('takes %s of DynamoDB for an outage, not for a failure', async (name) => {
  const world = await benchPlatform((call, next) =>
    call.action === 'GetItem' ? Promise.reject(new AwsError(name, 'no', name.startsWith('Internal') ? 500 : 400)) : next(),
  );
  const kit = createServiceKit(manifest, world.platform);
  const counters = kit.aggregate('aggregates', counter);
  const handler = kit.events('inbox', [route(accessScheduledV1, async () => void (await counters.load('counter#1')))]);
  expect(await handler(batch(scheduled()), context)).toEqual({ batchItemFailures: [] });
  expect(world.queues.peek('team-bench-inbox')).toHaveLength(1);
  expect(world.queues.peek('team-bench-inbox-dlq')).toHaveLength(0);
});

it('leaves a timer to the next sweep during an outage: sent again by both, timers would become more each minute', async () => {
  const world = await benchPlatform();
  const handler = createServiceKit(manifest, world.platform).timers({
    counter: () => Promise.reject(new OutageError('ERR_DIRECTORY_UNAVAILABLE', 'down')),
  });
  expect(await handler(batch('{"timer":"counter#1"}'), context)).toEqual({ batchItemFailures: [] });
  expect(world.queues.peek('team-bench-timers')).toHaveLength(0);
  expect(world.queues.peek('team-bench-timers-dlq')).toHaveLength(0);
});

it('handles the timers of a batch at once, and events one after the other', async () => {
  const world = await benchPlatform();
  const kit = createServiceKit(manifest, world.platform);
  let underWay = 0;
  let most = 0;
  const busy = async (): Promise<void> => {
    most = Math.max(most, (underWay += 1));
    await new Promise((resolve) => setImmediate(resolve));
    underWay -= 1;
  };
  expect(await kit.timers({ counter: busy })(batch('{"timer":"counter#1"}', '{"timer":"counter#2"}', '{"timer":"counter#3"}'), context)).toEqual({ batchItemFailures: [] });
  expect(most).toBe(3);
  most = 0;
  await kit.events('inbox', [route(accessScheduledV1, busy)])(batch(scheduled(), scheduled()), context);
  expect(most).toBe(1);
});

it('gives a message back when it could not even be put aside', async () => {
  const world = await benchPlatform((call, next) => (call.action === 'SendMessage' ? Promise.reject(new Error('SQS is down')) : next()));
  const handler = createServiceKit(manifest, world.platform).events('inbox', []);
  expect(await handler(batch('{'), context)).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
});

it('puts an event off while another delivery of it is being handled', async () => {
  const { clients } = await benchPlatform();
  const once = createOnce(clients.dynamo, 'team-bench-once');
  const key = { consumer: 'bench', source: 'team.expiry', account: ownAccount, eventId: 'e1', content: { a: 1 } };
  let finish = (): void => undefined;
  const first = once(key, context, () => new Promise((resolve) => (finish = resolve)));
  await expect(once(key, context, async () => undefined).finally(() => finish())).rejects.toThrow(OutageError);
  await first;
});

it('runs a use case once per event, and refuses other content under a used event id', async () => {
  const { clients } = await benchPlatform();
  const once = createOnce(clients.dynamo, 'team-bench-once');
  let runs = 0;
  const useCase = async (): Promise<void> => void (runs += 1);
  const key = { consumer: 'bench', source: 'team.expiry', account: ownAccount, eventId: 'e1', content: { a: 1 } };
  await once(key, context, useCase);
  await once(key, context, useCase);
  expect(runs).toBe(1);
  await expect(once({ ...key, content: { a: 2 } }, context, useCase)).rejects.toThrow(EventIdReusedError);
  await once({ ...key, account: '999999999999' }, context, useCase);
  expect(runs).toBe(2);
});
