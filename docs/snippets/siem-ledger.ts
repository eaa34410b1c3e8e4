/** What a subscriber keeps of `AuditRecorded` events: which came, so that none is taken twice, and which are missing. */
import type { AuditRecordedV1 } from '@team/contracts';

/** Numbers of a chain that have not come although a later one has, and since when that is known (ms since the epoch). */
export interface Gap {
  readonly chain: string;
  readonly missing: readonly number[];
  readonly sinceMs: number;
}

/** A chain as far as it has come. */
interface Seen {
  /** Every number up to this one has come. */
  upTo: number;
  /** Beyond it, with a hole before. */
  readonly ahead: Set<number>;
  readonly hashes: Map<number, string>;
  holeSinceMs: number | undefined;
}

/** Kept in memory here; yours belongs beside what you store, in one transaction with it. */
export class SiemLedger {
  readonly #eventIds = new Set<string>();
  readonly #chains = new Map<string, Seen>();

  /** The same `eventId` again is the same event. */
  isNew(eventId: string): boolean {
    return !this.#eventIds.has(eventId);
  }

  /**
   * Takes note of an event once it is indexed. Throws where another event stood at its place before, which no loss and no repetition explains:
   * somebody has changed the trail, or speaks in its name.
   */
  take(eventId: string, { chain, seq, hash }: AuditRecordedV1, nowMs: number): void {
    const seen = this.#chains.get(chain) ?? { upTo: 0, ahead: new Set<number>(), hashes: new Map<number, string>(), holeSinceMs: undefined };
    const stood = seen.hashes.get(seq);
    if (stood !== undefined && stood !== hash) throw new Error(`two records stand at ${seq} of ${chain}: ${stood} and ${hash}`);
    this.#eventIds.add(eventId);
    this.#chains.set(chain, seen);
    seen.hashes.set(seq, hash);
    if (seq > seen.upTo) seen.ahead.add(seq);
    while (seen.ahead.delete(seen.upTo + 1)) seen.upTo += 1;
    seen.holeSinceMs = seen.ahead.size === 0 ? undefined : (seen.holeSinceMs ?? nowMs);
  }

  /** What is missing for longer than `patienceMs`: events come in no order, so that a hole may still fill by itself. */
  gaps(nowMs: number, patienceMs: number): Gap[] {
    return [...this.#chains].flatMap(([chain, { upTo, ahead, holeSinceMs }]) => {
      if (holeSinceMs === undefined || nowMs - holeSinceMs < patienceMs) return [];
      const last = Math.max(...ahead);
      const missing = Array.from({ length: last - upTo - 1 }, (_, i) => upTo + 1 + i).filter((seq) => !ahead.has(seq));
      return [{ chain, missing, sinceMs: holeSinceMs }];
    });
  }
}
