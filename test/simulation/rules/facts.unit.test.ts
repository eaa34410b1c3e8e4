import { comesToRest } from './comes-to-rest.ts';
import { deadLettersExplained } from './dead-letters-explained.ts';
import { eventsKeepContracts } from './events-keep-contracts.ts';
import { factsAreStored } from './facts-are-stored.ts';
import { iso, tell } from './fake-run.ts';
import { recordedOnce } from './recorded-once.ts';

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const detail = (eventId: string, more = ''): string => JSON.stringify({ metadata: { eventId }, data: { more } });
const entry = (eventId: string) => ({ source: 'team.expiry', detailType: 'A.v1', detail: detail(eventId) });
const item = (...eventIds: string[]) => ({ pk: 'request#1', outbox: Object.fromEntries(eventIds.map((id) => [id, entry(id)])) });
const write = { TableName: 'team-expiry-aggregates', Item: { pk: { S: 'request#1' } } };
const put = (...details: string[]) => ({ Entries: details.map((Detail) => ({ Source: 'team.expiry', DetailType: 'A.v1', Detail })) });

describe('facts are stored', () => {
  /** A service that committed event e1. */
  function committed() {
    const run = tell(factsAreStored);
    run.call('PutItem', write, 'expiry');
    run.store('expiry', 'aggregates', item('e1'));
    return run;
  }

  it('lets be published what was committed, also after it was acknowledged', () => {
    const run = committed();
    expect(run.call('PutEvents', put(detail('e1')), 'expiry')).toBeUndefined();
    run.store('expiry', 'aggregates', item());
    expect(run.call('PutEvents', put(detail('e1')), 'expiry')).toBeUndefined();
  });

  it('finds what is published and was never committed', () => {
    expect(committed().call('PutEvents', put(detail('e1'), detail('e2')), 'expiry')).toMatch(/e2, which stands in no outbox/);
  });

  it('lets the audit service publish of a grant what it committed there, and nothing else', () => {
    const run = tell(factsAreStored);
    const told = { Entries: [{ Source: 'team.audit', DetailType: 'A.v1', Detail: detail('e1') }] };
    run.call('PutItem', { TableName: 'team-audit-activity', Item: { pk: { S: 'activity#1' } } }, 'audit');
    run.store('audit', 'activity', { pk: 'activity#1', outbox: { e1: { source: 'team.audit', detailType: 'A.v1', detail: detail('e1') } } });
    expect(run.call('PutEvents', told, 'audit')).toBeUndefined();
    expect(tell(factsAreStored).call('PutEvents', told, 'audit')).toMatch(/stands in no outbox/);
  });

  it('finds what is published and whose commit was refused', () => {
    const run = tell(factsAreStored);
    run.call('PutItem', write, 'expiry');
    expect(run.call('PutEvents', put(detail('e1')), 'expiry')).toMatch(/stands in no outbox/);
  });

  it('finds what is published otherwise than it was committed', () => {
    expect(committed().call('PutEvents', put(detail('e1', 'changed')), 'expiry')).toMatch(/otherwise than it stored it/);
  });

  it('finds what was committed and never published, and what waits still', async () => {
    const run = committed();
    const said = [/e1 was committed and never came/, /1 events still wait/];
    expect(await run.rest()).toEqual(said.map((text): unknown => expect.stringMatching(text)));
  });

  it('is content when all was published and nothing waits', async () => {
    const run = committed();
    run.call('PutEvents', put(detail('e1')), 'expiry');
    run.store('expiry', 'aggregates', item());
    run.event('A.v1', {}, { eventId: 'e1' });
    expect(await run.rest()).toEqual([]);
  });
});

describe('events keep contracts', () => {
  const lapse = { requestId: uuid(1), reason: { code: 'ERR_X_Y', message: 'no' } };
  it.each([
    ['an unknown type', 'AccessForgotten.v1', 'team.expiry', {}, /in no catalog/],
    ['a foreign source', 'AccessRevocationRefused.v1', 'team.approval', lapse, /only team.expiry may say/],
    ['a missing field', 'AccessRevocationRefused.v1', 'team.expiry', { requestId: uuid(1) }, /broke a contract: .*reason/],
    ['an undeclared field', 'AccessRevocationRefused.v1', 'team.expiry', { ...lapse, more: 1 }, /more: is not declared/],
  ])('finds %s', (_, detailType, source, data, said) => {
    expect(tell(eventsKeepContracts).event(detailType, data, { source, requestId: uuid(1), eventId: uuid(2) })).toMatch(said);
  });
});

describe('recorded once', () => {
  const whole = { records: 1, waiting: 0, problems: [] };
  const raw = (eventId: string, id = 'bus-1'): string => {
    const metadata = { eventId, requestId: 'r1', occurredAt: iso(0) };
    return JSON.stringify({ id, source: 'team.approval', account: '999999999999', 'detail-type': 'A.v1', detail: { metadata, data: {} } });
  };
  const advance = (chain: string) => ({ TableName: 'team-audit-heads', Item: { pk: { S: chain } } });

  /** A trail with these events, one after the other in one chain. */
  function trail(answer: object, ...eventIds: string[]) {
    const run = tell(recordedOnce, { answer });
    let said: string | undefined;
    for (const [i, eventId] of eventIds.entries()) {
      said ??= run.call('PutItem', advance('c'), 'audit');
      run.store('audit', 'records', { pk: `k${i}`, raw: raw(eventId, `bus-${i}`) });
      run.store('audit', 'heads', { pk: 'c', seq: i + 1, last: `k${i}` });
    }
    return { run, said: said ?? run.call('GetItem', {}, 'audit') };
  }

  it('is content with each event once', async () => {
    const { run, said } = trail(whole, 'e1');
    run.event('A.v1', {}, { eventId: 'e1' });
    run.event('A.v1', {}, { eventId: 'e1' });
    expect(said).toBeUndefined();
    expect(await run.rest()).toEqual([]);
  });

  it('finds an event that stands twice in the trail, at once', () => {
    expect(trail(whole, 'e1', 'e1').said).toMatch(/stands twice in the trail, the second time at 2/);
  });

  it('finds a chain that leaves out a place', () => {
    const { run } = trail(whole, 'e1');
    run.call('PutItem', advance('c'), 'audit');
    run.store('audit', 'heads', { pk: 'c', seq: 3, last: 'k0' });
    expect(run.call('GetItem', {}, 'audit')).toMatch(/ended at 1 and then at 3/);
  });

  it('finds what is not on record, what is in no chain, and what never was on the bus', async () => {
    const { run } = trail({ ...whole, records: 3 }, 'e1');
    run.store('audit', 'records', { pk: 'k9', raw: raw('e9') });
    for (const eventId of ['e2', 'e3', 'e9']) run.event('A.v1', {}, { eventId });
    expect(await run.rest()).toEqual([
      expect.stringMatching(/e2 .* not on record/),
      expect.stringMatching(/e3 .* not on record/),
      expect.stringMatching(/e9 .* in no chain/),
      expect.stringMatching(/never was on the bus: .*e1/),
    ]);
  });

  it('finds what the audit service finds', async () => {
    const { run } = trail({ records: 2, waiting: 1, problems: [{ message: 'k0 was changed' }] }, 'e1');
    run.event('A.v1', {}, { eventId: 'e1' });
    expect(await run.rest()).toEqual([
      'the audit service finds: k0 was changed',
      '1 records have no place in a chain yet',
      'the audit service verified 2 records, and 1 events were on the bus',
    ]);
  });

  it('finds an audit service that does not answer', async () => {
    expect(await tell(recordedOnce).rest()).toEqual(['the audit service does not answer']);
  });
});

describe('dead letters explained', () => {
  const letter = (source: string, eventId: string, causationId = 'e0'): string =>
    JSON.stringify({ source, 'detail-type': 'A.v1', detail: { metadata: { eventId, causationId } } });

  it('finds what is a dead letter without a reason, and facts of our own with one', async () => {
    const run = tell(deadLettersExplained);
    run.forged.add('forged');
    run.letters.push(
      { queue: 'q-dlq', body: letter('acme.x', 'e1') },
      { queue: 'q-dlq', body: letter('team.expiry', 'e2'), code: 'ERR_X' },
      { queue: 'q-dlq', body: letter('acme.x', 'e3'), code: 'ERR_X' },
      { queue: 'q-dlq', body: letter('team.expiry', 'forged'), code: 'ERR_X' },
      { queue: 'q-dlq', body: letter('team.expiry', 'e4', 'forged'), code: 'ERR_X' },
    );
    const said = [/e1 in q-dlq .* nothing says why/, /e2 in q-dlq .* our own: ERR_X/];
    expect(await run.rest()).toEqual(said.map((text): unknown => expect.stringMatching(text)));
  });
});

describe('comes to rest', () => {
  it('finds what still moves, before and after dead letters are put back', async () => {
    const run = tell(comesToRest);
    expect([await run.beforeRedrive(), await run.rest()]).toEqual([[], []]);
    run.moving.push('request#1 of expiry is due');
    const said = ['the run does not come to rest: request#1 of expiry is due'];
    expect([await run.beforeRedrive(), await run.rest()]).toEqual([said, said]);
    run.moving.push(...'bcdefg');
    expect(await run.rest()).toEqual(['the run does not come to rest: request#1 of expiry is due, b, c, d, e, and 2 more']);
  });
});
