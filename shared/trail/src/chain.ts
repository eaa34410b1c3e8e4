import type { EventRecord } from './record.ts';

/** A record's place in its chain. */
export interface Place {
  /** Counted from 1 without gaps. */
  readonly seq: number;
  /** Digest of everything that this record and all before it were. */
  readonly hash: string;
  /** Key of the record before; the first has none. */
  readonly previous?: string;
}

/** Where a chain ends: the place of its last record. What the head says is so, also while the record does not say it yet. */
export interface Head extends Place {
  /** Key of the last record. */
  readonly last: string;
}

export interface StoredRecord extends EventRecord {
  readonly place?: Place;
}

export interface ChainedRecord extends EventRecord {
  readonly place: Place;
}

/** What of a record its hash binds. */
export type Bound = Pick<EventRecord, 'chain' | 'key' | 'contentHash' | 'rawHash' | 'recordedAt'>;

export type Digest = (value: unknown) => string;

/** Hash of a record at a place, after the record whose hash is given; `null` before the first. */
export function hashAt(record: Bound, seq: number, previousHash: string | null, digest: Digest): string {
  const { chain, key: recordKey, contentHash, rawHash, recordedAt } = record;
  // In the order of canonical JSON, so that who has many to compute need not sort.
  return digest({ chain, contentHash, previousHash, rawHash, recordKey, recordedAt, seq });
}

/** The head that a chain has after one more record. */
export function nextHead(head: Head | undefined, record: Bound, digest: Digest): Head {
  const seq = (head?.seq ?? 0) + 1;
  const hash = hashAt(record, seq, head?.hash ?? null, digest);
  return { seq, hash, last: record.key, ...(head === undefined ? {} : { previous: head.last }) };
}

/** The place of a chain's last record. */
export function placeOfLast({ seq, hash, previous }: Head): Place {
  return { seq, hash, ...(previous === undefined ? {} : { previous }) };
}

/** A record with its place, which for the last of a chain stands in the head first; `undefined` where it has none. */
export function placed(record: StoredRecord, head: Head | undefined): ChainedRecord | undefined {
  const place = record.place ?? (head?.last === record.key ? placeOfLast(head) : undefined);
  return place === undefined ? undefined : { ...record, place };
}
