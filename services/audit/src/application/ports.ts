import type { Cause } from '@team/contracts';
import type { Call } from '../domain/activity/call.ts';
import type { Command as ActivityCommand } from '../domain/activity/decide.ts';
import type { Scope } from '../domain/activity/session.ts';
import type { ActivityState, Why } from '../domain/activity/state.ts';
import type { ChainedRecord, Head, Place, StoredRecord } from '../domain/chain.ts';
import type { Command as LifecycleCommand } from '../domain/lifecycle/decide.ts';
import type { Lifecycle } from '../domain/lifecycle/state.ts';
import type { Term } from '../domain/lifecycle/terms.ts';
import type { EventRecord, Reading } from '../domain/record.ts';

/** Milliseconds since the epoch, now. */
export type Clock = () => number;

export interface Log {
  info(message: string, facts: Record<string, unknown>): void;
  warn(message: string, facts: Record<string, unknown>): void;
  error(message: string, facts: Record<string, unknown>): void;
}

/**
 * Tells the SIEM of a record that is about to get its place; again, where whoever told before was stopped before the place was written.
 * Rejects while the bus does not answer.
 */
export type TellRecorded = (record: EventRecord, place: Place) => Promise<void>;

/** An error after which the same call would fail again. */
export type FinalError = (code: `ERR_${string}`, message: string) => Error;

/** An error after which the same call is worth making again so many seconds later: the message is put off without using up a receive. */
export type PutOffError = (code: `ERR_${string}`, message: string, retryAfterSeconds: number) => Error;

/** Appends a record to the trail: exactly once, however often it is called for the same one. */
export type AppendRecord = (record: EventRecord) => Promise<void>;

/** Where records are appended. Every operation is indivisible and sees all that was written before. */
export interface AppendableTrail {
  /** Writes the record unless its key is taken; gives what stands under the key, and whether it was not taken. */
  store(record: EventRecord): Promise<{ readonly record: StoredRecord; readonly fresh: boolean }>;
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

/** Lifecycles, one of each request: commits what was heard, and says what is missing. */
export interface Lifecycles {
  execute(key: string, command: LifecycleCommand, cause?: Cause): Promise<{ readonly state: Lifecycle | undefined }>;
}

/** The inverted index: under which terms which request is found. Entries are written once and stay. */
export interface Terms {
  /** Writes what is not there yet; the same again changes nothing. */
  put(terms: readonly Term[]): Promise<void>;
}

/** Where a page of an index begins and how much it holds; keys are `<ISO 8601 UTC>#<requestId>`. */
export interface Stretch {
  /** From this key or moment on, and up to that one. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Beyond this key, in the direction of reading. */
  readonly after?: string | undefined;
  readonly limit: number;
  readonly newestFirst: boolean;
}

/** Which index: entries under a term, or lifecycles that stand so now. */
export type Listing = { readonly term: string } | { readonly index: 'status' | 'unreviewed' | 'stalled'; readonly value: string };

/** Where lifecycles are found and read. Each call is one operation of the database, whatever the size of its tables. */
export interface RequestIndex {
  /** Keys in their order, at most as many as asked for; fewer: there are no more. */
  keys(listing: Listing, stretch: Stretch): Promise<readonly string[]>;
  /** Lifecycles by request id, at most a hundred; those that are not there are left out. */
  lifecycles(requestIds: readonly string[]): Promise<ReadonlyMap<string, Lifecycle>>;
}

/** All that answering a question about the trail takes. */
export interface Answering {
  readonly trail: ReadableTrail;
  readonly reading: Reading;
  readonly clock: Clock;
  readonly finalError: FinalError;
}

/** What a source of session activity answers. */
export type SourceAnswer =
  /** It works on it: ask again later, with this. */
  | { readonly kind: 'running'; readonly query: string }
  /** `whole`: every call that the source has was read, and it sees all of the account. Otherwise `why` says what is missing. */
  | { readonly kind: 'found'; readonly calls: readonly Call[]; readonly whole: boolean; readonly why?: Why | undefined };

/**
 * Where the calls of one person through one permission set in one account are read from. Rejects where it cannot answer: what cannot be
 * read is never no calls.
 */
export interface ActivitySource {
  /** Begins to look. `token` is the same where the same is begun once more after a crash. */
  begin(scope: Scope, token: string): Promise<SourceAnswer>;
  /** Asks about a query that was running. */
  resume(query: string, scope: Scope): Promise<SourceAnswer>;
}

/** Lines of detail, each written once. */
export interface ActivityDetails {
  /** All that are kept of a grant. */
  of(grantId: string): Promise<readonly Call[]>;
  /** A page of them, in the order of their times, after a cursor. */
  page(grantId: string, limit: number, after?: string): Promise<Page<Call>>;
  /** Writes those that are not there yet. */
  add(grantId: string, calls: readonly Call[], collection: number): Promise<void>;
  /** Where those of a grant lie, for people and programs. */
  locationOf(grantId: string): string;
}

/** The grants with what was collected of them. */
export interface GrantActivities {
  load(key: string): Promise<ActivityState | undefined>;
  /** What came of it: no events, where it changed nothing. */
  execute(key: string, command: ActivityCommand, cause?: Cause): Promise<{ readonly state: ActivityState | undefined; readonly events: readonly unknown[] }>;
}

/** Key of a grant's activity; what stands before `#` routes its timers. */
export const activityKey = (grantId: string): string => `activity#${grantId}`;
