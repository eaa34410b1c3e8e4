import { TeamError } from '@team/runtime';
import { fixedClock, uuidFrom } from '@team/testing';
import { appendTo, messageOf, reading, requestId, start } from '../../test/events.ts';
import { archiveInMemory, checkingOver } from '../../test/archive-in-memory.ts';
import { trailInMemory } from '../../test/trail-in-memory.ts';
import type { EventsAnswer, EventsQuery, VerifyQuery } from '../domain/query.ts';
import { recordOf } from '../domain/record.ts';
import { listEvents } from './list-events.ts';
import type { Answering } from './ports.ts';
import { verifyTrail } from './verify-trail.ts';

function audit() {
  const trail = trailInMemory();
  const clock = fixedClock(start);
  const checking = checkingOver(trail, archiveInMemory(), clock);
  const answering: Answering = { trail, reading, clock, finalError: (code, message) => new TeamError(code, message) };
  return {
    trail,
    clock,
    record(word: string, changes = {}) {
      return appendTo(trail)(recordOf(messageOf(word, changes), new Date(clock()).toISOString(), reading));
    },
    events: (asked: Partial<EventsQuery>) => listEvents(answering, { op: 'events', limit: 50, ...asked }),
    verify: (asked: Partial<VerifyQuery> = {}) => verifyTrail(answering, checking, { op: 'verify', ...asked }),
  };
}

const wordsIn = ({ events }: EventsAnswer) => events.map(({ detail }) => (detail?.['data'] as { word: string } | undefined)?.word);

describe('the events of a request', () => {
  it('come in the order of their chain, page by page, and what follows later with the last cursor', async () => {
    const { record, events } = audit();
    for (const word of ['one', 'two', 'three']) await record(word);
    await record('other', { metadata: { requestId: uuidFrom('other') } });
    const first = await events({ requestId, limit: 2 });
    expect(first.events.map(({ seq }) => seq)).toEqual([1, 2]);
    const facts = { source: 'com.example.system', detailType: 'SomethingHappened.v1', eventId: uuidFrom('one'), recordedAt: start };
    expect(first.events[0]).toMatchObject(facts);
    const second = await events({ requestId, limit: 2, after: first.next });
    expect(wordsIn(second)).toEqual(['three']);
    const third = await events({ requestId, after: second.next });
    expect(third).toEqual({ events: [], next: second.next });
    await record('four');
    expect(wordsIn(await events({ requestId, after: third.next }))).toEqual(['four']);
  });

  it('show the last one with its place while only the head knows it', async () => {
    const { trail, record, events } = audit();
    await record('one');
    for (const [key, { place: _, ...rest }] of trail.records) trail.records.set(key, rest);
    expect((await events({ requestId })).events.map(({ seq }) => seq)).toEqual([1]);
  });

  it('are listed without their detail where the text was tampered with', async () => {
    const { trail, record, events } = audit();
    for (const word of ['one', 'two']) await record(word);
    for (const [key, stored] of [...trail.records].slice(0, 1)) trail.records.set(key, { ...stored, raw: 'gone' });
    expect(wordsIn(await events({ requestId }))).toEqual([undefined, 'two']);
  });
});

describe('all events', () => {
  it('come in the order of arrival, over midnight, and only when none before them can still appear', async () => {
    const { clock, record, events } = audit();
    await record('one');
    clock.advance(14 * 3_600_000);
    await record('two', { metadata: { requestId: 'none' } });
    clock.advance(2_000);
    expect(wordsIn(await events({}))).toEqual(['one']);
    clock.advance(1);
    const both = await events({});
    expect(wordsIn(both)).toEqual(['one', 'two']);
    expect(both.events.map(({ seq }) => seq)).toEqual([1, 1]);
    expect(await events({ after: both.next })).toEqual({ events: [], next: both.next });
  });

  it('begin a day ago, or where they are told to', async () => {
    const { clock, record, events } = audit();
    await record('one');
    clock.advance(25 * 3_600_000);
    await record('two');
    clock.advance(3_000);
    expect(wordsIn(await events({}))).toEqual(['two']);
    expect(wordsIn(await events({ since: start }))).toEqual(['one', 'two']);
  });

  it('stop before an answer grows too large', async () => {
    const { clock, record, events } = audit();
    for (let i = 0; i < 20; i += 1) await record(`${i} ${'x'.repeat(250_000)}`);
    clock.advance(3_000);
    const page = await events({});
    expect(page.events.length).toBe(16);
    expect((await events({ after: page.next })).events.length).toBe(4);
  });

  const strayed = [{ after: 'x' }, { requestId, after: '2026-11-22T10:00:00.000Z' }];

  it.each(strayed)('with the cursor of another question %j are refused', async (asked) => {
    await expect(audit().events(asked)).rejects.toMatchObject({ code: 'ERR_CURSOR_INVALID' });
  });
});

describe('verification', () => {
  it('of a request looks at its chain alone', async () => {
    const { record, verify } = audit();
    for (const word of ['one', 'two']) await record(word);
    await record('other', { metadata: { requestId: uuidFrom('other') } });
    expect(await verify({ requestId })).toEqual({ checkpoints: 0, chains: 1, records: 2, waiting: 0, problems: [], omitted: 0 });
    expect(await verify({ requestId: uuidFrom('unheard of') })).toMatchObject({ chains: 0, records: 0, problems: [] });
  });

  it('of everything goes through all chains, part by part', async () => {
    const { record, verify } = audit();
    for (let i = 0; i < 60; i += 1) await record(`word ${i}`, { metadata: { requestId: uuidFrom(`request ${i}`) } });
    const first = await verify();
    expect(first).toMatchObject({ chains: 60, records: 60, problems: [] });
    const last = await verify({ after: first.next });
    expect(last).toEqual({ checkpoints: 0, chains: 0, records: 0, waiting: 0, problems: [], omitted: 0, next: 'checkpoints:' });
    expect(await verify({ after: last.next })).toEqual({ checkpoints: 0, chains: 0, records: 0, waiting: 0, problems: [], omitted: 0 });
  });

  it('finds chains whose head is gone', async () => {
    const { trail, record, verify } = audit();
    await record('one');
    trail.heads.clear();
    const first = await verify();
    expect(first.problems).toEqual([]);
    const last = await verify({ after: first.next });
    expect(last.problems.map(({ kind }) => kind)).toEqual(['truncated']);
  });

  it('reports a record without a place once it is older than a minute; before that it is only waiting', async () => {
    const { trail, clock, record, verify } = audit();
    await record('one');
    await trail.store(recordOf(messageOf('two'), start, reading));
    clock.advance(60_000);
    expect(await verify({ requestId })).toMatchObject({ records: 1, waiting: 1, problems: [] });
    clock.advance(1);
    const late = await verify({ requestId });
    expect(late).toMatchObject({ waiting: 0, problems: [{ kind: 'unchained', chain: `request#${requestId}` }] });
    expect((await verify({ after: (await verify()).next })).problems).toEqual(late.problems);
  });

  it('refuses a cursor that it never gave', async () => {
    await expect(audit().verify({ after: 'x' })).rejects.toMatchObject({ code: 'ERR_CURSOR_INVALID' });
  });
});
