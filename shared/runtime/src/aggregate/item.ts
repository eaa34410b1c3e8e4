import { createHash } from 'node:crypto';
import type { OutgoingEvent } from '../events.ts';

/** An event that is committed but not yet known to be on the bus, as it stands in its aggregate's item. */
export interface OutboxEntry {
  readonly source: string;
  readonly detailType: string;
  readonly detail: string;
}

/** One aggregate = one item. `state` is the service's own; the rest is the kernel's. */
export interface AggregateItem<State> {
  readonly pk: string;
  readonly version: number;
  readonly state: State;
  /** By event id, so that an acknowledgement removes exactly what was acknowledged. */
  readonly outbox: Readonly<Record<string, OutboxEntry>>;
  readonly outboxShard?: string;
  readonly outboxAt?: number;
  readonly dueShard?: string;
  readonly dueAt?: number;
  /** Seconds since the epoch; DynamoDB's time to live. */
  readonly expiresAt?: number;
}

/** Sparse indexes are spread over so many partitions. */
const shardCount = 2;
/** Names of all those partitions. */
export const shards: readonly string[] = Array.from({ length: shardCount }, (_, i) => String(i));

/** The shard of an aggregate; the same for the same key. */
export function shardOf(key: string): string {
  const [byte = 0] = createHash('sha256').update(key).digest();
  return String(byte % shardCount);
}

/** An item's unpublished events, oldest first (event ids are ordered by time). */
export function unpublished(outbox: Readonly<Record<string, OutboxEntry>>): OutgoingEvent[] {
  return Object.entries(outbox)
    .map(([eventId, entry]) => ({ eventId, ...entry }))
    .sort((a, b) => (a.eventId < b.eventId ? -1 : 1));
}

/** Bytes of the events that wait in an outbox, near enough. */
export function unpublishedBytes(outbox: Readonly<Record<string, OutboxEntry>>): number {
  return Object.values(outbox).reduce((sum, { detail }) => sum + Buffer.byteLength(detail), 0);
}
