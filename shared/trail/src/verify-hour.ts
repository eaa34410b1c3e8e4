import { folderOf, linesIn, recordInLine, type ArchivedRecord } from './archive.ts';
import { hashAt, type ChainedRecord } from './chain.ts';
import type { MovedHead } from './checkpoint.ts';
import { maximumProblems, type Findings, type Problem } from './problems.ts';
import { recordOf, type Reading } from './record.ts';
import { verifyChain } from './verify.ts';
import { asSigned, textOf, type ArchiveReading, type ArchiveSource, type Opened } from './verify-checkpoint.ts';

/**
 * Verifies the records that a checkpoint answers for. First in one pass, which only says whether all is well: every object is the one
 * signed, every text has the hash that its place binds, and every chain leads from its head before to its head now. Where it is not, all
 * records of the hour are looked at again, to say what is wrong with which.
 */
export async function verifyHour(opened: Opened, source: ArchiveSource, reading: ArchiveReading): Promise<Findings> {
  return (await inOnePass(opened, source, reading)) ?? inDetail(opened, source, reading);
}

async function inOnePass({ checkpoint, heads }: Opened, source: ArchiveSource, reading: ArchiveReading): Promise<Findings | undefined> {
  if (heads === undefined) return undefined;
  const walk = walkAlong(heads, reading);
  let records = 0;
  for (const object of checkpoint.objects) {
    const bytes = await source.read(`${folderOf(checkpoint.hour)}${object.name}`);
    if (bytes === undefined || !asSigned(bytes, object, reading)) return undefined;
    const lines = linesIn(textOf(bytes));
    if (lines.length !== object.count) return undefined;
    for (const line of lines) if (!walk.takes(line)) return undefined;
    records += lines.length;
  }
  return walk.ended() && records === checkpoint.records.added ? { records, problems: [], omitted: 0 } : undefined;
}

/** A walk along chains. After one line that it did not take, it says nothing more. */
export interface Walk {
  /** Whether a line is the next record: of its chain, at its place, with the text that its hash binds. */
  takes(line: string): boolean;
  /** Whether the chain of the last line has come to its head. */
  arrived(): boolean;
  /** Whether all have. */
  ended(): boolean;
}

/** The way along all chains of an hour, one after the other, record by record. */
export function walkAlong(heads: readonly MovedHead[], reading: Pick<Reading, 'sha256' | 'digest'>): Walk {
  let index = -1;
  let current: MovedHead | undefined;
  let at: { readonly seq: number; readonly hash: string | null; readonly last: string | undefined } = { seq: 0, hash: null, last: undefined };
  const arrived = (): boolean => current === undefined || (at.seq === current.head.seq && at.hash === current.head.hash && at.last === current.head.last);
  return {
    takes(line) {
      if (current === undefined || at.seq === current.head.seq) {
        if (!arrived()) return false;
        current = heads[(index += 1)];
        at = current?.from ?? { seq: 0, hash: null, last: undefined };
      }
      const record = recordInLine(line);
      if (record === undefined || record.chain !== current?.chain) return false;
      const { seq, hash, previous } = record.place;
      if (seq !== at.seq + 1 || previous !== at.last || record.rawHash !== reading.sha256(record.raw)) return false;
      if (hashAt(record, seq, at.hash, reading.digest) !== hash) return false;
      at = { seq, hash, last: record.key };
      return true;
    },
    arrived,
    ended: () => arrived() && index === heads.length - 1,
  };
}

async function inDetail(opened: Opened, source: ArchiveSource, reading: ArchiveReading): Promise<Findings> {
  const { checkpoint, heads } = opened;
  const problems: Problem[] = [];
  let omitted = 0;
  const report = (problem: Problem): void => void (problems.length < maximumProblems ? problems.push(problem) : (omitted += 1));
  const about = { chain: 'checkpoints', seq: checkpoint.number };
  const chains = new Map<string, ChainedRecord[]>();
  const unlike: string[] = [];
  let records = 0;
  for (const object of checkpoint.objects) {
    const key = `${folderOf(checkpoint.hour)}${object.name}`;
    const bytes = await source.read(key);
    if (bytes === undefined) {
      report({ ...about, kind: 'missing', message: `${key} is missing, with ${object.count} records` });
      continue;
    }
    if (!asSigned(bytes, object, reading)) unlike.push(key);
    for (const [index, line] of linesIn(textOf(bytes)).entries()) {
      const record = recordInLine(line);
      if (record === undefined) {
        report({ ...about, kind: 'changed', message: `line ${index + 1} of ${key} is no record` });
        continue;
      }
      records += 1;
      const chained = remade(record, reading);
      const others = chains.get(chained.chain);
      if (others === undefined) chains.set(chained.chain, [chained]);
      else others.push(chained);
    }
  }
  const listed = new Set<string>();
  for (const { chain, head, from } of heads ?? []) {
    listed.add(chain);
    const inOrder = chains.get(chain) ?? [];
    for (const [index, { key, place }] of inOrder.entries()) {
      const before = inOrder[index - 1];
      if (before !== undefined && place.seq < before.place.seq) report({ chain, seq: place.seq, kind: 'reordered', message: `${key} stands after the record at ${before.place.seq}` });
    }
    const sorted = inOrder.toSorted((a, b) => a.place.seq - b.place.seq);
    const found = await verifyChain(chain, head, each(sorted), reading, from);
    for (const problem of found.problems) report(problem);
    omitted += found.omitted;
  }
  if (heads !== undefined) {
    for (const [chain, [first]] of chains) if (!listed.has(chain)) report({ chain, ...(first === undefined ? {} : { seq: first.place.seq }), kind: 'foreign', message: `the checkpoint ${checkpoint.number} does not list this chain` });
  }
  // What the records do not show: another spelling of a line, records at another place, something between them.
  if (problems.length === 0) for (const key of unlike) report({ ...about, kind: 'changed', message: `${key} is not what was signed, though its records are` });
  if (problems.length === 0 && heads !== undefined) report({ ...about, kind: 'forged-checkpoint', message: `what the checkpoint ${checkpoint.number} counts and lists is not what its objects hold` });
  return { records, problems, omitted };
}

/** The record that a line says there is, made again from its text, but for what the line says itself. */
function remade(line: ArchivedRecord, reading: Reading): ChainedRecord {
  try {
    return { ...recordOf(line.raw, line.recordedAt, reading), ...line };
  } catch {
    // No event any more: the verifier of chains says so when it tries the same.
    return { source: '', account: '', detailType: '', eventId: '', arrivalDay: '', arrivalKey: '', ...line };
  }
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
