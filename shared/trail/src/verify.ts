import { hashAt, type Bound, type ChainedRecord, type Head } from './chain.ts';
import { faultOf, type Fault } from './inspect-record.ts';
import { explain, explainable, unexplained, type Misplaced } from './misplaced.ts';
import { maximumProblems, type Findings, type Problem } from './problems.ts';
import type { Reading } from './record.ts';

/** Where the walk along a chain has come to. */
interface Walk {
  /** Last seq that was passed, or found missing. */
  readonly seq: number;
  /** Key of the record there, for the next to name; `null` before the first, `undefined` where that is not certain. */
  readonly key: string | null | undefined;
  /** Key that it names as the one before it. */
  readonly previous?: string | undefined;
  /** Hashes that it may rightly have, the one it bears first; `undefined` after a gap: the next record's hash is taken at its word. */
  readonly hashes: readonly (string | null)[] | undefined;
}

/**
 * Recomputes a chain from the raw texts: every record is what was written, stands once, at its place, from 1 without gaps, and the head
 * agrees with the last. `records` come in the order of their seq; those beyond the head last. Holds a bounded number of records at a time.
 * With `from`, an earlier head of the chain, only what came after it is looked at.
 */
export async function verifyChain(
  chain: string,
  head: Head | undefined,
  records: AsyncIterable<ChainedRecord>,
  reading: Reading,
  from?: Head,
): Promise<Findings> {
  const problems: Problem[] = [];
  const misplaced: Misplaced[] = [];
  const end = head?.seq ?? 0;
  let count = 0;
  let found = 0;
  const report = (fault: Fault, seq?: number): void => {
    found += 1;
    if (problems.length < maximumProblems) problems.push({ chain, ...(seq === undefined ? {} : { seq }), ...fault });
  };
  let walk: Walk = from === undefined ? { seq: 0, key: null, hashes: [null] } : { seq: from.seq, key: from.last, previous: from.previous, hashes: [from.hash] };

  for await (const record of records) {
    count += 1;
    const { seq, hash } = record.place;
    if (!Number.isInteger(seq) || seq < 1) {
      report({ kind: 'changed', message: `${record.key} stands at ${seq}, which is no place` }, seq);
      continue;
    }
    const fault = faultOf(record, chain, reading);
    if (fault !== undefined) report(fault, seq);
    // A record that has no business here takes nobody's place.
    if (fault?.kind === 'doubled' || fault?.kind === 'foreign') continue;
    if (seq <= walk.seq) {
      report({ kind: 'doubled', message: `${record.key} stands at ${seq} as well` }, seq);
      continue;
    }
    if (seq > end && !follows(record, walk, reading)) {
      report({ kind: 'foreign', message: `${record.key} stands beyond the chain's end at ${end} and does not continue it` }, seq);
      continue;
    }
    if (seq === end + 1) {
      report({ kind: 'truncated', message: `the head says that the chain ends at ${end}, but ${record.key} follows at ${seq}` }, seq);
    } else if (seq > walk.seq + 1) {
      report({ kind: 'missing', message: places(walk.seq + 1, seq - 1) }, walk.seq + 1);
      walk = { seq: seq - 1, key: undefined, hashes: undefined };
    }
    const { hashes } = walk;
    if (hashes === undefined || follows(record, walk, reading)) {
      if (walk.key !== undefined && (record.place.previous ?? null) !== walk.key) {
        report({ kind: 'changed', message: `${record.key} names another record as the one before it than ${walk.key ?? 'none'}` }, seq);
      }
      walk = { seq, key: record.key, previous: record.place.previous, hashes: [hash] };
      continue;
    }
    if (fault === undefined && misplaced.length < explainable) misplaced.push({ record: bound(record), seq, hash, after: hashes });
    else if (fault === undefined) report(unexplained(record), seq);
    walk = { seq, key: undefined, hashes: [hash, hashAt(record, seq, hashes.at(-1) ?? null, reading.digest)] };
  }

  for (const { seq, fault } of explain(misplaced, reading.digest)) report(fault, seq);
  if (walk.seq < end) {
    report({ kind: 'truncated', message: `${places(walk.seq + 1, end)} at the end of the chain` }, walk.seq + 1);
  } else if (head !== undefined && walk.seq === end && !agrees(head, walk)) {
    report({ kind: 'changed', message: 'the head does not agree with the last record' }, head.seq);
  }
  return { records: count, problems, omitted: found - problems.length };
}

function follows(record: ChainedRecord, { seq, hashes = [] }: Walk, { digest }: Reading): boolean {
  return record.place.seq === seq + 1 && hashes.some((previous) => hashAt(record, seq + 1, previous, digest) === record.place.hash);
}

function agrees(head: Head, { key, previous, hashes }: Walk): boolean {
  return (key === undefined || (head.last === key && head.previous === previous)) && hashes?.includes(head.hash) === true;
}

const places = (from: number, to: number): string => (from === to ? `record ${from} is missing` : `records ${from} to ${to} are missing`);

/** What its hash binds, without its text: misplaced records are kept until the end. */
function bound({ chain, key, contentHash, rawHash, recordedAt }: ChainedRecord): Bound {
  return { chain, key, contentHash, rawHash, recordedAt };
}
