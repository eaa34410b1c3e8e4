import { DeleteCommand, PutCommand, QueryCommand, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { AwsError } from '../../infra/local/src/cloud/index.ts';
import { auditForTests, heads, records, requestId } from './audit-for-tests.ts';

type Audit = Awaited<ReturnType<typeof auditForTests>>;

async function recorded(...words: readonly string[]): Promise<Audit> {
  const audit = await auditForTests();
  for (const word of words) {
    await audit.put(word);
    await audit.drain();
  }
  return audit;
}

async function items(audit: Audit): Promise<Record<string, unknown>[]> {
  const { Items = [] } = await audit.documents.send(new ScanCommand({ TableName: records }));
  return Items.sort((a, b) => Number(a['seq'] ?? Infinity) - Number(b['seq'] ?? Infinity));
}

/** The seq of each record, and whether it waits for one. */
const places = async (audit: Audit) => (await items(audit)).map(({ seq, unchainedShard }) => [seq, unchainedShard]);

const verify = (audit: Audit) => audit.query({ op: 'verify', requestId });
const kinds = async (audit: Audit) => ((await verify(audit)).problems ?? []).map(({ kind, seq }) => `${kind} ${seq ?? ''}`.trim());
async function words(audit: Audit, asked: object) {
  const { events = [] } = await audit.query({ op: 'events', ...asked });
  return events.map(({ detail }) => detail?.data?.word);
}
const sound = { checkpoints: 0, problems: [], omitted: 0, waiting: 0 };

describe('what the bus delivers', () => {
  it('is recorded in its chain, also what nobody knows, and listed in order', async () => {
    const audit = await recorded('one', 'two', 'three');
    expect(await verify(audit)).toEqual({ ...sound, chains: 1, records: 3 });
    expect(await words(audit, { requestId })).toEqual(['one', 'two', 'three']);
    expect(await places(audit)).toEqual([[1, undefined], [2, undefined], [3, undefined]]);
  });

  it('is recorded for its source and day where it names no request', async () => {
    const audit = await auditForTests();
    await audit.put('one', { metadata: {} });
    await audit.drain();
    expect((await items(audit)).map(({ chain }) => chain)).toEqual(['source#com.example.system#2026-01-01']);
  });

  it("is not recorded when it is the service's own word of a record", async () => {
    const audit = await auditForTests();
    await audit.put('own', { source: 'team.audit', detailType: 'AuditRecorded.v1' });
    await audit.put('other', { source: 'team.audit', detailType: 'LifecycleStalled.v1' });
    await audit.put('pretended', { detailType: 'AuditRecorded.v1' });
    await audit.drain();
    expect(await words(audit, { requestId })).toEqual(['other', 'pretended']);
  });

  it('is a dead letter only when it is no event at all', async () => {
    const audit = await recorded('one');
    await audit.put('two');
    const [message] = audit.received();
    if (message === undefined) throw new Error('nothing was delivered');
    const bodies = ['{', '{}', '[]', message.body];
    const answer = await audit.deliver(bodies.map((body, i) => ({ ...message, messageId: `m${i}`, body })));
    expect(answer.batchItemFailures).toEqual([]);
    expect(audit.queues.consumer('team-audit-inbox-dlq').receive(10).map((letter) => letter.message.body)).toEqual(['{', '{}', '[]']);
    expect(await words(audit, { requestId })).toEqual(['one', 'two']);
  });

  it('is recorded once, though delivered again and by many at once', async () => {
    const audit = await auditForTests();
    for (let i = 0; i < 8; i += 1) await audit.put(`word ${i}`);
    const batch = audit.received();
    const answers = await Promise.all([...batch, ...batch].map((record) => audit.deliver([record])));
    expect(answers.flatMap(({ batchItemFailures }) => batchItemFailures)).toEqual([]);
    expect(await verify(audit)).toEqual({ ...sound, chains: 1, records: 8 });
  });

  it('is put off, not failed, while others keep moving its chain on', async () => {
    const audit = await auditForTests();
    await audit.put('one');
    audit.intercept(async ({ action, input }, next) => {
      if (action === 'PutItem' && input['TableName'] === heads) throw new AwsError('ConditionalCheckFailedException', 'moved on');
      return next();
    });
    expect(await audit.deliver(audit.received())).toEqual({ batchItemFailures: [] });
    audit.intercept(undefined);
    audit.timeline.advanceTo(audit.timeline.now() + 4_999);
    await audit.drain();
    expect(await places(audit)).toMatchObject([[undefined, expect.anything()]]);
    audit.timeline.advanceTo(audit.timeline.now() + 1);
    await audit.drain();
    expect(await places(audit)).toEqual([[1, undefined]]);
  });

  it('is recorded once, wherever the first attempt was killed, by the next delivery or by the sweep', async () => {
    // The head is read and the record written; killed before, there is nothing yet. The process that wrote the last record knows of its place.
    for (const [secondTry, another, calledAtMost] of [['delivery', false, 5], ['sweep', false, 5], ['delivery', true, 6], ['sweep', true, 6]] as const) {
      for (let killAt = 3; killAt <= calledAtMost; killAt += 1) {
        for (const answered of [false, true]) {
          const audit = await recorded('one');
          if (another) audit.redeploy();
          await audit.put('two');
          const batch = audit.received();
          let calls = 0;
          let killed = false;
          audit.intercept(async (_, next) => {
            calls += 1;
            if (calls < killAt) return next();
            if (answered && !killed) await next();
            killed = true;
            return new Promise(() => undefined);
          });
          // A function that is killed answers nobody: this delivery stays without an end.
          void audit.deliver(batch);
          while (!killed) await audit.settle();
          await audit.settle();
          audit.intercept(undefined);
          audit.timeline.advanceTo(audit.timeline.now() + 61_000);
          await (secondTry === 'delivery' ? audit.deliver(batch) : audit.sweep());
          expect(await verify(audit)).toEqual({ ...sound, chains: 1, records: 2 });
          expect(await places(audit)).toEqual([[1, undefined], [2, undefined]]);
        }
      }
    }
  });
});

describe('a question', () => {
  it.each([
    [{ op: 'drop' }, 'ERR_QUERY_INVALID'],
    [{ op: 'events', after: 'x' }, 'ERR_CURSOR_INVALID'],
    [{ op: 'verify', after: 'x' }, 'ERR_CURSOR_INVALID'],
  ])('like %j is refused with %s', async (asked, code) => {
    const audit = await auditForTests();
    await expect(audit.query(asked)).rejects.toMatchObject({ name: 'QuestionError', code, retryable: false });
  });
});

describe('all events', () => {
  it('can be followed with a cursor', async () => {
    const audit = await auditForTests();
    await audit.put('one');
    await audit.put('two', { metadata: {} });
    await audit.drain();
    audit.timeline.advanceTo(audit.timeline.now() + 3_000);
    const { events = [], next } = await audit.query({ op: 'events' });
    expect(events.map(({ detail }) => detail?.data?.word).sort()).toEqual(['one', 'two']);
    expect(await words(audit, { after: next })).toEqual([]);
    await audit.put('three');
    await audit.drain();
    audit.timeline.advanceTo(audit.timeline.now() + 3_000);
    expect(await words(audit, { after: next })).toEqual(['three']);
  });
});

describe('verification', () => {
  const change = (audit: Audit, pk: unknown, name: string, value: unknown) =>
    audit.documents.send(
      new UpdateCommand({
        TableName: records,
        Key: { pk },
        UpdateExpression: 'SET #n = :v',
        ExpressionAttributeNames: { '#n': name },
        ExpressionAttributeValues: { ':v': value },
      }),
    );
  const remove = (audit: Audit, pk: unknown, from = records) => audit.documents.send(new DeleteCommand({ TableName: from, Key: { pk } }));
  const put = (audit: Audit, item: Record<string, unknown>) => audit.documents.send(new PutCommand({ TableName: records, Item: item }));
  const withoutRequest = (raw: unknown): string => String(raw).replaceAll(requestId, '-');

  const moved = ['changed 9', 'foreign 9'];
  it.each<[string, (audit: Audit, found: Record<string, unknown>[]) => Promise<unknown>, string[]]>([
    ['a changed text', (audit, [, two]) => change(audit, two?.['pk'], 'raw', String(two?.['raw']).replace('two', 'TWO')), ['changed 2']],
    ['a lost attribute', (audit, [, two]) => change(audit, two?.['pk'], 'detailType', ''), ['changed 2']],
    ['a removed record', (audit, [, two]) => remove(audit, two?.['pk']), ['missing 2']],
    ['a removed last record', (audit, [, , , four]) => remove(audit, four?.['pk']), ['truncated 4']],
    ['a removed head', (audit) => remove(audit, `request#${requestId}`, heads), ['truncated 1']],
    ['a copied record', (audit, [, two]) => put(audit, { ...two, pk: 'copy' }), ['doubled 2']],
    ['a record moved here', (audit, [, two]) => put(audit, { ...two, pk: 'x', seq: 9, raw: withoutRequest(two?.['raw']) }), moved],
    ['two records swapped', async (audit, [, two, three]) => {
      await change(audit, two?.['pk'], 'seq', 3);
      await change(audit, three?.['pk'], 'seq', 2);
    }, ['reordered 2', 'reordered 3']],
  ])('finds %s', async (_, tamper, problems) => {
    const audit = await recorded('one', 'two', 'three', 'four');
    await tamper(audit, await items(audit));
    expect(await kinds(audit)).toEqual(problems);
  });

  it('finds a forged head, which does not rewrite the places that were given', async () => {
    const audit = await recorded('one', 'two');
    const [one] = await items(audit);
    const Item = { pk: `request#${requestId}`, seq: 9, hash: 'f'.repeat(64), last: one?.['pk'] };
    await audit.documents.send(new PutCommand({ TableName: heads, Item }));
    await audit.put('three');
    await audit.drain();
    expect(await places(audit)).toEqual([[1, undefined], [2, undefined], [10, undefined]]);
    expect(await kinds(audit)).toEqual(['missing 3']);
  });

  it('of the whole trail finds what is wrong in any chain, and a chain whose head is gone', async () => {
    const audit = await recorded('one', 'two');
    for (let i = 0; i < 30; i += 1) await audit.put(`other ${i}`, { metadata: {}, source: `com.example.system${i}` });
    await audit.drain();
    const [one] = await items(audit);
    await change(audit, one?.['pk'], 'raw', '{}');
    await remove(audit, 'source#com.example.system7#2026-01-01', heads);
    const found: string[] = [];
    let chains = 0;
    for (let after: string | undefined = 'heads:'; after !== undefined; ) {
      const answer = await audit.query({ op: 'verify', after });
      found.push(...(answer.problems ?? []).map(({ kind }) => kind));
      chains += answer.chains ?? 0;
      after = answer.next;
    }
    expect([chains, found]).toEqual([31, ['changed', 'truncated']]);
  });

  it('does not take a record for missing that only an index does not show yet', async () => {
    const audit = await recorded('one', 'two', 'three', 'four');
    const hidden = new Set([2, 3, 4]);
    const late = (hide: Set<number>) =>
      audit.documents.middlewareStack.add(
        (next) => async (args) => {
          const result = await next(args);
          const output = result.output as { Items?: Record<string, unknown>[] };
          if (output.Items !== undefined) output.Items = output.Items.filter(({ seq }) => !hide.has(Number(seq)));
          return result;
        },
        { step: 'initialize', priority: 'high', name: 'late', override: true },
      );
    late(hidden);
    const { Items = [] } = await audit.documents.send(
      new QueryCommand({
        TableName: records,
        IndexName: 'chain',
        KeyConditionExpression: '#c = :c',
        ExpressionAttributeNames: { '#c': 'chain' },
        ExpressionAttributeValues: { ':c': `request#${requestId}` },
      }),
    );
    expect(Items).toMatchObject([{ seq: 1 }]);
    expect(await verify(audit)).toEqual({ ...sound, chains: 1, records: 4 });
    late(new Set([2, 3]));
    expect(await verify(audit)).toEqual({ ...sound, chains: 1, records: 4 });
    expect(await words(audit, { requestId, after: '2' })).toEqual(['three', 'four']);
  });
});
