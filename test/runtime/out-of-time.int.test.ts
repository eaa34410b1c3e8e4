import { setImmediate as nextImmediate } from 'node:timers/promises';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { accessScheduledV1 } from '@team/contracts';
import { consumeWakes, createServiceKit, route, type ReceivedEvent, type SqsHandler } from '@team/runtime';
import { buildEvent, exampleOf } from '@team/testing';
import { eventSourceMapping, lambdaContext } from '../../infra/local/src/lambda/index.ts';
import { systemTimeline } from '../../infra/local/src/cloud/index.ts';
import { batch, benchPlatform, manifest, ownAccount } from './bench-service.ts';

const never = new Promise<never>(() => undefined);
/** How long an invocation may take here (ms), in real time. */
const timeoutMs = 1_000;

/** What reaches a queue's function while what it handles does not answer for some of it. */
async function hanging(waitsFor: (requestId: string) => Promise<unknown> | undefined, alsoHangs?: string) {
  const world = await benchPlatform((call, next) => (call.action === alsoHangs ? never : next()));
  const begun: string[] = [];
  const handled: string[] = [];
  const handle = async ({ data: { requestId } }: Pick<ReceivedEvent<{ requestId: string }>, 'data'>): Promise<void> => {
    begun.push(requestId);
    await waitsFor(requestId);
    handled.push(requestId);
  };
  const inbox = createServiceKit(manifest, world.platform).events('inbox', [route(accessScheduledV1, handle)]);
  return { ...world, inbox, begun, handled };
}

const idOf = (i: number): string => `018f0000-0000-7000-8000-${String(i).padStart(12, '0')}`;
const event = (i: number): string =>
  JSON.stringify(buildEvent(accessScheduledV1, { ...exampleOf(accessScheduledV1), requestId: idOf(i) }, { source: 'team.expiry', account: ownAccount }));

const invoke = (handler: SqsHandler, bodies: readonly string[]) =>
  handler(
    batch(...bodies),
    lambdaContext({ functionName: 'bench', requestId: 'r', accountId: ownAccount, region: 'eu-central-1', deadlineMs: Date.now() + timeoutMs, clock: { now: () => Date.now() } }),
  );

it('puts off what does not end in time, and what it had no time to begin with, without using up a receive', async () => {
  const { inbox, queues, begun, handled } = await hanging((id) => (id === idOf(1) ? never : undefined));
  expect(await invoke(inbox, [event(0), event(1), event(2), event(3)])).toEqual({ batchItemFailures: [] });
  expect(begun).toEqual([idOf(0), idOf(1)]);
  expect(handled).toEqual([idOf(0)]);
  const put = queues.peek('team-bench-inbox');
  expect(put.map(({ body }) => body)).toEqual([event(1), event(2), event(3)]);
  // What hangs waits as during an outage; nobody knows of the others that anything is wrong.
  const [hangs, ...others] = put.map(({ visibleAtMs, sentMs }) => (visibleAtMs - sentMs) / 1_000);
  expect(hangs).toBeGreaterThanOrEqual(24);
  expect(others).toEqual([5, 5]);
  expect(queues.peek('team-bench-inbox-dlq')).toHaveLength(0);
});

it('handles the others of a batch soon, and what hung once AWS answers again, after however many tries', async () => {
  let down = true;
  const { inbox, queues, handled, timeline, random, clients } = await hanging((id) => (down && id < idOf(2) ? never : undefined));
  for (let i = 0; i < 6; i++) {
    await clients.sqs.send(new SendMessageCommand({ QueueUrl: `http://localhost/${ownAccount}/team-bench-inbox`, MessageBody: event(i) }));
  }
  const failures: unknown[] = [];
  const executionClock = systemTimeline();
  const common = { functionName: 'inbox', handler: inbox, timeoutMs, accountId: ownAccount, region: 'eu-central-1', random, timeline, executionClock };
  const mapping = eventSourceMapping({ ...common, queues, queueName: 'team-bench-inbox', batchSize: 10, concurrency: 2, onFailure: (failure) => failures.push(failure) });
  const pass = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second++) {
      timeline.advanceTo(timeline.now() + 1_000);
      await nextImmediate();
      await mapping.drained();
    }
  };
  await pass(20);
  expect(handled.toSorted()).toEqual([2, 3, 4, 5].map(idOf));
  // Long enough for more tries than a message has receives (3).
  await pass(150);
  down = false;
  await pass(200);
  mapping.stop();
  executionClock.close();
  // Each at least once: on a slow machine one may be handled and yet run out of its time.
  expect([...new Set(handled)].toSorted()).toEqual([0, 1, 2, 3, 4, 5].map(idOf));
  expect(failures).toEqual([]);
  expect(queues.peek('team-bench-inbox-dlq')).toHaveLength(0);
}, 60_000);

it('gives back only what it cannot put off either, and forgets what was done', async () => {
  const { inbox, handled } = await hanging((id) => (id === idOf(1) ? never : undefined), 'SendMessage');
  const answer = await invoke(inbox, [event(0), event(1), event(2)]);
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }, { itemIdentifier: 'm2' }] });
  expect(handled).toEqual([idOf(0)]);
});

it('ends within its time where a dead letter cannot be laid down', async () => {
  const { inbox } = await hanging(() => undefined, 'SendMessage');
  expect(await invoke(inbox, ['{'])).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
});

it('lets a wake go that does not end in time, and handles the others of its batch', async () => {
  const { platform, queues } = await hanging(() => undefined);
  const looked: string[] = [];
  const timers = createServiceKit(manifest, platform).timers({
    counter: async (key) => {
      if (key === 'counter#0') await never;
      looked.push(key);
    },
  });
  expect(await invoke(timers, [0, 1, 2].map((i) => `{"timer":"counter#${i}"}`))).toEqual({ batchItemFailures: [] });
  expect(looked).toEqual(['counter#1', 'counter#2']);
  expect(queues.peek('team-bench-timers')).toHaveLength(0);
  expect(queues.peek('team-bench-timers-dlq')).toHaveLength(0);
});

it('gives up nothing in a FIFO queue, where the next would begin beside it', async () => {
  const { platform } = await hanging(() => undefined);
  const queue = { url: `http://localhost/${ownAccount}/wakes.fifo`, deadLetterUrl: `http://localhost/${ownAccount}/wakes-dlq.fifo` };
  const steps: string[] = [];
  const slow = consumeWakes(queue, platform.clients.sqs, platform.logger, async (body) => {
    steps.push(`${body} begins`);
    await new Promise((resolve) => setTimeout(resolve, 0.9 * timeoutMs));
    steps.push(`${body} ends`);
  });
  expect(await invoke(slow, ['a', 'b'])).toEqual({ batchItemFailures: [] });
  // What the second would have said, the sweep says again.
  expect(steps).toEqual(['a begins', 'a ends']);
});
