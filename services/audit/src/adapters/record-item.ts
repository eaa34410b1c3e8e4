import { shardOf } from '@team/runtime';
import type { Head, Place, StoredRecord } from '../domain/chain.ts';
import type { EventRecord } from '../domain/record.ts';

export type Item = Readonly<Record<string, unknown>>;

/** Item of a record that has no place yet. */
export function itemOf(record: EventRecord): Item {
  const { key, raw, recordedAt, chain, source, account, detailType, eventId, contentHash, rawHash, arrivalDay, arrivalKey } = record;
  return {
    ...{ pk: key, raw, recordedAt, chain, source, account, detailType, eventId, contentHash, rawHash, arrivalDay, arrivalKey },
    unchainedShard: shardOf(key),
    unchainedAt: Date.parse(recordedAt),
  };
}

/** The record in an item. What somebody took away comes out empty, for verification to find. */
export function recordIn(item: Item): StoredRecord {
  const text = (name: string): string => (typeof item[name] === 'string' ? item[name] : '');
  return {
    key: text('pk'),
    raw: text('raw'),
    recordedAt: text('recordedAt'),
    chain: text('chain'),
    source: text('source'),
    account: text('account'),
    detailType: text('detailType'),
    eventId: text('eventId'),
    contentHash: text('contentHash'),
    rawHash: text('rawHash'),
    arrivalDay: text('arrivalDay'),
    arrivalKey: text('arrivalKey'),
    ...(item['seq'] === undefined ? {} : { place: placeIn(item) }),
  };
}

/** Item of a chain's head. Where it says when it moved, it is in the index of heads that did. */
export function headItemOf(chain: string, { seq, hash, last, previous }: Head, movedHour?: string): Item {
  return { pk: chain, seq, hash, last, ...(previous === undefined ? {} : { previous }), ...(movedHour === undefined ? {} : { movedHour }) };
}

/** The head in an item. */
export function headIn(item: Item): Head {
  return { ...placeIn(item), last: typeof item['last'] === 'string' ? item['last'] : '' };
}

function placeIn({ seq, hash, previous }: Item): Place {
  return {
    seq: typeof seq === 'number' ? seq : Number.NaN,
    hash: typeof hash === 'string' ? hash : '',
    ...(typeof previous === 'string' ? { previous } : {}),
  };
}
