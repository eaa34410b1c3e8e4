import { createAggregateStore, createServiceKit, OutageError, shards } from '@team/runtime';
import { AwsError, runUntil } from '../../infra/local/src/cloud/index.ts';
import { eventSourceMapping } from '../../infra/local/src/lambda/index.ts';
import { benchPlatform, context, counter, manifest, ownAccount, requestId } from './bench-service.ts';

const key = `counter#${requestId}`;

type Intercept = NonNullable<Parameters<typeof benchPlatform>[0]>;
/** A bus that takes nothing. */
const refusingBus: Intercept = (call, next) =>
  call.action === 'PutEvents' ? Promise.resolve({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure', ErrorMessage: 'no' }] }) : next();

async function bench(...given: Parameters<typeof benchPlatform>) {
  const world = await benchPlatform(...given);
  const kit = createServiceKit(manifest, world.platform);
  const counters = kit.aggregate('aggregates', counter);
  const store = createAggregateStore(world.clients.documents, 'team-bench-aggregates', world.platform.clock);
  const waiting = async (): Promise<readonly string[]> => {
    const found = await Promise.all(
      shards.map((value) => store.find('outbox', { name: 'outboxShard', value }, { name: 'outboxAt', upTo: Number.MAX_SAFE_INTEGER }, 10)),
    );
    return found.flat();
  };
  return { ...world, kit, counters, store, waiting };
}

it('publishes what a command causes and leaves nothing in the outbox', async () => {
  const { counters, published, store, waiting } = await bench();
  await counters.execute(key, { type: 'step', requestId }, { eventId: '018f0000-0000-7000-8000-0000000000ff' });
  const [event] = published();
  expect(published()).toHaveLength(1);
  expect(event?.detail).toMatchObject({ metadata: { requestId, causationId: '018f0000-0000-7000-8000-0000000000ff' }, data: { requestId } });
  expect((await store.load(key))?.outbox).toEqual({});
  expect(await waiting()).toEqual([]);
});

it('loses no step when many commands race for one aggregate', async () => {
  const { counters, published } = await bench();
  await Promise.all(Array.from({ length: 8 }, () => counters.execute(key, { type: 'step', requestId })));
  expect((await counters.load(key))?.count).toBe(8);
  expect(new Set(published().map(({ detail }) => JSON.stringify(detail['metadata']))).size).toBe(8);
});

it('asks to be put off for a moment where others win every race, which uses up no receive', async () => {
  const { counters } = await bench((call, next) =>
    call.action === 'PutItem' ? Promise.reject(new AwsError('ConditionalCheckFailedException', 'The conditional request failed')) : next(),
  );
  const failure: unknown = await counters.execute(key, { type: 'step', requestId }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(OutageError);
  expect(failure).toMatchObject({ code: 'ERR_CONTENTION', retryAfterSeconds: 5 });
});

it('keeps an event that the bus refuses and relays it when the bus takes it again, once', async () => {
  let down = true;
  const { counters, published, kit, timeline, waiting } = await bench((call, next) =>
    call.action === 'PutEvents' && down
      ? Promise.resolve({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure', ErrorMessage: 'try again' }] })
      : next(),
  );
  await counters.execute(key, { type: 'step', requestId });
  expect(published()).toHaveLength(0);
  expect(await waiting()).toEqual([key]);
  down = false;
  timeline.advanceTo(timeline.now() + 60_000);
  await kit.sweep()({}, context);
  await kit.sweep()({}, context);
  expect(published()).toHaveLength(1);
  expect(await waiting()).toEqual([]);
});

it('relays what a process killed between commit and publish left behind', async () => {
  let killed = false;
  const never = new Promise<never>(() => undefined);
  const { counters, published, kit, timeline } = await bench((call, next) => (call.action === 'PutEvents' && !killed ? never : next()));
  void counters.execute(key, { type: 'step', requestId });
  await runUntil(timeline, 'idle');
  killed = true;
  expect(published()).toHaveLength(0);
  timeline.advanceTo(timeline.now() + 60_000);
  await kit.sweep()({}, context);
  expect(published()).toHaveLength(1);
});

it('removes only acknowledged events from the outbox', async () => {
  const { counters, store, waiting } = await bench(refusingBus);
  await counters.execute(key, { type: 'step', requestId });
  await counters.execute(key, { type: 'step', requestId });
  const [first = '', second = ''] = Object.keys((await store.load(key))?.outbox ?? {});
  await store.acknowledge(key, [first]);
  expect(Object.keys((await store.load(key))?.outbox ?? {})).toEqual([second]);
  expect(await waiting()).toEqual([key]);
  // Twice the same, and together with one that is gone already.
  await store.acknowledge(key, [first, second]);
  expect((await store.load(key))?.outbox).toEqual({});
  expect(await waiting()).toEqual([]);
});

it('relays an outbox of 200 events once, and empties it', async () => {
  const writes: unknown[] = [];
  const { kit, store, timeline, published, waiting } = await bench((call, next) => {
    if (call.action === 'UpdateItem') writes.push(call.input['UpdateExpression']);
    return next();
  });
  const detail = JSON.stringify({ text: 'small' });
  const events = Array.from({ length: 200 }, (_, i) => {
    const eventId = `018f0000-0000-7000-8000-${String(i).padStart(12, '0')}`;
    return { eventId, source: 'team.approval', detailType: 'ApprovalExpired.v1', detail };
  });
  await store.commit(key, 0, { state: { requestId, count: 0 }, events, dueAt: undefined, expiresAt: undefined, index: {} });
  timeline.advanceTo(timeline.now() + 60_000);
  await kit.sweep()({}, context);
  expect(published()).toHaveLength(200);
  expect((await store.load(key))?.outbox).toEqual({});
  expect(await waiting()).toEqual([]);
  // Fifty a write; the last takes the item out of the index, too.
  expect(writes).toHaveLength(4);
  expect(writes.at(-1)).toContain('outboxShard');
  await kit.sweep()({}, context);
  expect(published()).toHaveLength(200);
});

it('keeps in the index what was committed while many events were acknowledged', async () => {
  const { counters, store, waiting } = await bench(refusingBus);
  const ids = Array.from({ length: 60 }, (_, i) => `018f0000-0000-7000-8000-${String(i).padStart(12, '0')}`);
  const events = ids.map((eventId) => ({ eventId, source: 'team.approval', detailType: 'ApprovalExpired.v1', detail: '{}' }));
  await store.commit(key, 0, { state: { requestId, count: 0 }, events, dueAt: undefined, expiresAt: undefined, index: {} });
  await counters.execute(key, { type: 'step', requestId });
  await store.acknowledge(key, ids);
  const left = Object.keys((await store.load(key))?.outbox ?? {});
  expect(left).toHaveLength(1);
  expect(await waiting()).toEqual([key]);
  // Again with those that are gone.
  await store.acknowledge(key, [...ids, ...left]);
  expect((await store.load(key))?.outbox).toEqual({});
  expect(await waiting()).toEqual([]);
});

it('waits a little longer than a clock may be behind', async () => {
  const { counters, timeline, queues } = await bench();
  await counters.execute(key, { type: 'step', requestId, dueAt: timeline.now() + 5_000 });
  expect(queues.peek('team-bench-timers')).toEqual([expect.objectContaining({ visibleAtMs: timeline.now() + 6_000 })]);
});

it.each([1_000, 45_000, 119_000, 600_000])('does what is due after %i ms at most two seconds late', async (waitMs) => {
  const { counters, kit, timeline, queues, random, published } = await bench();
  const handler = kit.timers({ counter: async (timer) => void (await counters.execute(timer, { type: 'due' })) });
  const common = { accountId: ownAccount, region: 'eu-central-1', random, timeline, executionClock: timeline };
  const mapping = eventSourceMapping({ ...common, functionName: 'timers', handler, timeoutMs: 5_000, queues, queueName: 'team-bench-timers', batchSize: 10, concurrency: 2 });
  const dueAt = timeline.now() + waitMs;
  await counters.execute(key, { type: 'step', requestId, dueAt });
  while (published().length === 0 && timeline.now() < dueAt + 120_000) {
    await runUntil(timeline, { ms: timeline.now() + 60_000 });
    await kit.sweep()({}, context);
  }
  mapping.stop();
  const [event] = published();
  const lateMs = Date.parse(String((event?.detail['metadata'] as { occurredAt: string }).occurredAt)) - dueAt;
  expect(lateMs).toBeGreaterThanOrEqual(0);
  expect(lateMs).toBeLessThanOrEqual(2_000);
});

it('keeps since when an event waits, however often the aggregate is written meanwhile', async () => {
  const { counters, store, timeline } = await bench(refusingBus);
  await counters.execute(key, { type: 'step', requestId });
  const since = timeline.now();
  timeline.advanceTo(since + 9_000);
  await counters.execute(key, { type: 'step', requestId });
  expect((await store.load(key))?.outboxAt).toBe(since);
});

it('decides nothing more while the bus has not taken what was said before, and goes on when it has', async () => {
  const { counters, kit, store, timeline, published } = await bench();
  const detail = JSON.stringify({ text: 'x'.repeat(80_000) });
  const left = { eventId: '018f0000-0000-7000-8000-0000000000aa', source: 'team.approval', detailType: 'ApprovalExpired.v1', detail };
  await store.commit(key, 0, { state: { requestId, count: 0 }, events: [left], dueAt: undefined, expiresAt: undefined, index: {} });
  const step = () => counters.execute(key, { type: 'step', requestId });
  const failure: unknown = await step().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(OutageError);
  expect(failure).toMatchObject({ code: 'ERR_OUTBOX_FULL' });
  timeline.advanceTo(timeline.now() + 60_000);
  await kit.sweep()({}, context);
  await step();
  expect(published()).toHaveLength(2);
});

it('enqueues everything that is due in a minute, however much, in batches of ten and without loading it', async () => {
  const sent: number[] = [];
  let loads = 0;
  const { kit, store, timeline, queues } = await bench((call, next) => {
    if (call.action === 'SendMessageBatch') sent.push((call.input['Entries'] as object[]).length);
    if (call.action === 'GetItem') loads += 1;
    return next();
  });
  const change = { state: { requestId, count: 1 }, events: [], dueAt: timeline.now() + 30_000, expiresAt: undefined, index: {} };
  const keys = Array.from({ length: 1_203 }, (_, i) => `counter#${i}`);
  for (const each of keys) await store.commit(each, 0, change);
  await kit.sweep()({}, context);
  const enqueued = queues.peek('team-bench-timers').map(({ body }) => (JSON.parse(body) as { timer: string }).timer);
  expect(enqueued.toSorted()).toEqual(keys.toSorted());
  expect(sent.filter((count) => count === 10).length).toBeGreaterThan(115);
  expect(loads).toBe(0);
}, 60_000);

it('enqueues the rest when SQS refuses some calls', async () => {
  let calls = 0;
  const { kit, store, timeline, queues } = await bench((call, next) => {
    if (call.action !== 'SendMessageBatch') return next();
    calls += 1;
    return calls <= 12 ? Promise.reject(new AwsError('InternalFailure', 'down', 500)) : next();
  });
  const change = { state: { requestId, count: 1 }, events: [], dueAt: timeline.now(), expiresAt: undefined, index: {} };
  for (let i = 0; i < 300; i += 1) await store.commit(`counter#${i}`, 0, change);
  await expect(kit.sweep()({}, context)).rejects.toThrow('1 of 2 duties of the sweep failed');
  expect(queues.peek('team-bench-timers').length).toBeGreaterThanOrEqual(300 - 12 * 10);
});

it('relays what waits behind any number of events that the bus refuses for ever', async () => {
  const { kit, store, timeline, published } = await bench((call, next) =>
    call.action === 'PutEvents' && JSON.stringify(call.input).includes('poison')
      ? Promise.resolve({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'MalformedDetail', ErrorMessage: 'no' }] })
      : next(),
  );
  const left = (id: number, text: string) => ({
    state: { requestId, count: 1 },
    events: [{ eventId: `018f0000-0000-7000-8000-${String(id).padStart(12, '0')}`, source: 'team.approval', detailType: 'ApprovalExpired.v1', detail: JSON.stringify({ text }) }],
    dueAt: undefined,
    expiresAt: undefined,
    index: {},
  });
  for (let i = 0; i < 450; i += 1) await store.commit(`counter#${i}`, 0, left(i, 'poison'));
  timeline.advanceTo(timeline.now() + 1_000);
  for (let i = 450; i < 460; i += 1) await store.commit(`counter#${i}`, 0, left(i, 'good'));
  timeline.advanceTo(timeline.now() + 60_000);
  await kit.sweep()({}, context);
  expect(published()).toHaveLength(10);
}, 60_000);

it('relays although nothing can be enqueued', async () => {
  let down = true;
  const { counters, kit, timeline, published } = await bench((call, next) => {
    if (call.action === 'PutEvents' && down) return Promise.reject(new AwsError('InternalFailure', 'down', 500));
    return call.action.startsWith('SendMessage') ? Promise.reject(new AwsError('InternalFailure', 'down', 500)) : next();
  });
  await counters.execute(key, { type: 'step', requestId });
  await counters.execute(`${key}-other`, { type: 'step', requestId, dueAt: timeline.now() });
  down = false;
  timeline.advanceTo(timeline.now() + 60_000);
  await expect(kit.sweep()({}, context)).rejects.toThrow('1 of 2 duties of the sweep failed');
  expect(published()).toHaveLength(1);
});
