import type { ChainedRecord, Head, Place, StoredRecord } from '../domain/chain.ts';
import type { EventRecord } from '../domain/record.ts';

/** Where records are appended. Every operation is indivisible and sees all that was written before. */
export interface AppendableTrail {
  /** Writes the record unless its key is taken; gives what stands under the key. */
  store(record: EventRecord): Promise<StoredRecord>;
  head(chain: string): Promise<Head | undefined>;
  /** Writes the place on the record unless it has one, or is not there. */
  place(key: string, place: Place): Promise<void>;
  record(key: string): Promise<StoredRecord | undefined>;
  /** Replaces the head if its seq is the one seen (0: if there is none); says whether it did. */
  advance(chain: string, seen: number, to: Head): Promise<boolean>;
}

/** A page of something that is listed in no particular order, and where the next begins. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string | undefined;
}

/** Where the trail is read from. */
export interface ReadableTrail {
  head(chain: string): Promise<Head | undefined>;
  record(key: string): Promise<StoredRecord | undefined>;
  /**
   * The records of a chain after the given seq, in order, up to the given head, none left out because an index is late; then those
   * that stand beyond the head that the chain has by then, where none should.
   */
  chain(chain: string, head: Head | undefined, afterSeq?: number): AsyncIterable<ChainedRecord>;
  /** Records that came on a day (UTC), in the order in which they came, after a key and before another. */
  arrivals(day: string, after: string, before: string): AsyncIterable<StoredRecord>;
  /** Records that have no place yet, by the index: look again before acting. `until`: came at this moment or before (ms). */
  unchained(until: number, chain?: string): AsyncIterable<StoredRecord>;
  /** Every chain that has a head. */
  chainsWithHead(limit: number, after?: string): Promise<Page<string>>;
  /** Chains of which a record claims to be part. The same one comes again and again. */
  chainsOfRecords(limit: number, after?: string): Promise<Page<string>>;
}
