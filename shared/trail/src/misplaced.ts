import { hashAt, type Bound, type Digest } from './chain.ts';
import type { Fault } from './inspect-record.ts';

/** A record whose hash does not follow from the record before it. */
export interface Misplaced {
  readonly record: Bound;
  readonly seq: number;
  /** Hash that it bears. */
  readonly hash: string;
  /** Hashes that the record before it may rightly have had; `null` before the first. */
  readonly after: readonly (string | null)[];
}

/** So many of a chain are explained by looking for where they belong; its cost grows with their cube. */
export const explainable = 16;

/** The fault of a record that belongs nowhere in the chain. */
export function unexplained({ key }: Pick<Bound, 'key'>): Fault {
  return { kind: 'changed', message: `the hash of ${key} does not follow from it and the record before it` };
}

/**
 * Says of each record whose hash does not fit, why: it belongs to the place of another such record (`reordered`), it or its hash is not
 * what was written (`changed`), or nothing is wrong with it, but with the one before it (no fault).
 */
export function explain(misplaced: readonly Misplaced[], digest: Digest): { readonly seq: number; readonly fault: Fault }[] {
  const hashes = new Set(misplaced.map(({ hash }) => hash));
  const before = [...new Set([...misplaced.flatMap(({ after }) => after), ...hashes])];
  const fits = (record: Bound, seq: number, wanted: (hash: string) => boolean): boolean =>
    before.some((previous) => wanted(hashAt(record, seq, previous, digest)));

  return misplaced.flatMap(({ record, seq, hash }) => {
    if (fits(record, seq, (computed) => computed === hash)) return [];
    const home = misplaced.find((other) => other.seq !== seq && fits(record, other.seq, (computed) => hashes.has(computed)));
    if (home === undefined) return [{ seq, fault: unexplained(record) }];
    return [{ seq, fault: { kind: 'reordered', message: `${record.key} belongs at ${home.seq}` } }];
  });
}
