import { placed, type StoredRecord } from '../domain/chain.ts';
import type { EventsAnswer, EventsQuery, RecordedEvent } from '../domain/query.ts';
import { requestChain, type Reading } from '../domain/record.ts';
import { dayMs, settledMs, toTimestamp } from '../domain/timing.ts';
import { cursorInvalid } from './cursor-invalid.ts';
import type { Answering, ReadableTrail } from './ports.ts';

/** Below the 6 MB that a function may answer (Lambda quotas), with room for one more event of 256 KB. */
const maximumCharacters = 4_000_000;

/** Recorded events, a page at a time. Refused with `ERR_CURSOR_INVALID` where `after` is not from an earlier answer to the same question. */
export async function listEvents(answering: Answering, asked: EventsQuery): Promise<EventsAnswer> {
  if (asked.requestId === undefined) return listArrivals(answering, asked);
  return listChain(answering, requestChain(asked.requestId), asked);
}

async function listChain({ trail, reading, finalError }: Answering, chain: string, asked: EventsQuery): Promise<EventsAnswer> {
  const { after = '0', limit } = asked;
  if (!/^\d{1,15}$/.test(after)) throw cursorInvalid(finalError, after);
  const head = await trail.head(chain);
  const events = await page(trail.chain(chain, head, Number(after)), limit, reading);
  return answer(events, ({ seq }) => String(seq), Number(after) === 0 ? undefined : after);
}

async function listArrivals({ trail, reading, clock, finalError }: Answering, asked: EventsQuery): Promise<EventsAnswer> {
  const { after, since, limit } = asked;
  if (after !== undefined && !/^\d{4}-\d{2}-\d{2}T[\d:.]+Z(#[0-9a-f]{64})?$/.test(after)) throw cursorInvalid(finalError, after);
  const now = clock();
  const begin = after ?? toTimestamp(since === undefined ? now - dayMs : Date.parse(since));
  const end = toTimestamp(now - settledMs);
  const records = async function* (): AsyncIterable<StoredRecord> {
    for (let day = Date.parse(begin.slice(0, 10)); day <= Date.parse(end); day += dayMs) {
      yield* trail.arrivals(toTimestamp(day).slice(0, 10), begin, end);
    }
  };
  const heads = new Map<string, Awaited<ReturnType<ReadableTrail['head']>>>();
  const listed: Listed[] = [];
  for (const { record, event } of await page(records(), limit, reading)) {
    // The last of a chain bears its place a moment later than its head does.
    if (record.place === undefined && !heads.has(record.chain)) heads.set(record.chain, await trail.head(record.chain));
    const { place } = placed(record, heads.get(record.chain)) ?? {};
    listed.push({ record, event: place === undefined ? event : { ...event, seq: place.seq, hash: place.hash } });
  }
  return answer(listed, (_, { arrivalKey }) => arrivalKey, begin);
}

interface Listed {
  readonly record: StoredRecord;
  readonly event: RecordedEvent;
}

async function page(records: AsyncIterable<StoredRecord>, limit: number, reading: Reading): Promise<Listed[]> {
  const listed: Listed[] = [];
  let characters = 0;
  for await (const record of records) {
    listed.push({ record, event: eventOf(record, reading) });
    characters += record.raw.length;
    if (listed.length === limit || characters > maximumCharacters) break;
  }
  return listed;
}

type CursorOf = (event: RecordedEvent, record: StoredRecord) => string;

function answer(listed: readonly Listed[], cursorOf: CursorOf, from: string | undefined): EventsAnswer {
  const last = listed.at(-1);
  const next = last === undefined ? from : cursorOf(last.event, last.record);
  return { events: listed.map(({ event }) => event), ...(next === undefined ? {} : { next }) };
}

function eventOf(record: StoredRecord, reading: Reading): RecordedEvent {
  const { chain, place, recordedAt, source, detailType, account, eventId, raw } = record;
  const where = place === undefined ? {} : { seq: place.seq, hash: place.hash };
  const facts = { chain, ...where, recordedAt, source, detailType, account, eventId };
  try {
    const { time, detail } = reading.parse(raw);
    return { ...facts, time, detail };
  } catch {
    // Somebody changed the text; verification says so, and the events after it are listed all the same.
    return facts;
  }
}
