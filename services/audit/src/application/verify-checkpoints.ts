import { folderOf, hourAfter, hourOf, openCheckpoint, placeInArchive, type ArchiveReading, type Behind, type MovedHead, type Opened } from '@team/trail';
import { placed, type Head, type StoredRecord } from '../domain/chain.ts';
import { together, type Findings, type Problem } from '../domain/problems.ts';
import type { Clock } from './ports.ts';
import type { ArchiveReader, CheckpointLedger } from './ports/checkpoints.ts';

/** What verifying checkpoints takes: they are read from the archive, and held against the trail as it is now. */
export interface CheckpointChecking {
  readonly archive: ArchiveReader;
  readonly ledger: Pick<CheckpointLedger, 'latest' | 'listed'>;
  readonly trail: { head(chain: string): Promise<Head | undefined>; record(key: string): Promise<StoredRecord | undefined> };
  readonly reading: ArchiveReading;
  readonly clock: Clock;
}

/** Hours to verify; absent: from the first checkpoint, to the last that should be there. */
export interface Hours {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export interface CheckpointFindings {
  readonly checkpoints: number;
  readonly findings: Findings;
  /** Chains that were listed. */
  readonly chains: readonly string[];
  /** The hour to go on with. */
  readonly next?: string;
}

/** A checkpoint is missed once its hour is over for so long (ms): one that is late is not missing yet. */
const missedMs = 2 * 3_600_000;
const hourMs = 3_600_000;
/** A call goes on to another hour until it has looked at so many heads, or at so many hours. */
const headsPerCall = 2_000;
const hoursPerCall = 500;

const nothing: Findings = { records: 0, problems: [], omitted: 0 };
const one = (problem: Problem): Findings => ({ records: 0, problems: [problem], omitted: 0 });

/** Verifies checkpoints, hour by hour from `at` on: each is there, was signed, continues the one before, and every head that it lists is part of its chain still. */
export async function verifyCheckpoints(checking: CheckpointChecking, hours: Hours, at?: string): Promise<CheckpointFindings> {
  const { archive, clock, ledger } = checking;
  const first = hours.from ?? (await firstHour(archive));
  const latest = await ledger.latest();
  if (first === undefined) {
    const lost = latest === undefined ? nothing : one({ chain: 'checkpoints', seq: latest.number, kind: 'missing-checkpoint', message: `${latest.number} checkpoints were made, and the archive has none` });
    return { checkpoints: 0, findings: lost, chains: [] };
  }
  const due = hourOf(clock() - missedMs - hourMs);
  const last = hours.to ?? (latest !== undefined && latest.hour > due ? latest.hour : due);
  let hour = at ?? first;
  let behind = await behindOf(checking, hour, hours.from === undefined && hour === first);
  let findings = nothing;
  let checkpoints = 0;
  let looked = 0;
  const chains: string[] = [];
  for (let count = 0; hour <= last; hour = hourAfter(hour), count += 1) {
    if (looked >= headsPerCall || count >= hoursPerCall) return { checkpoints, findings, chains, next: hour };
    const number: number | undefined = behind === undefined ? undefined : behind.number + 1;
    const opened = await openCheckpoint(hour, behind, archive, checking.reading, (kind, message) => {
      findings = together(findings, one({ chain: 'checkpoints', ...(number === undefined ? {} : { seq: number }), kind, message }));
    });
    behind = opened === undefined ? (number === undefined ? undefined : { number, digest: undefined, total: undefined }) : behindBy(opened);
    if (opened === undefined) continue;
    checkpoints += 1;
    for (const head of opened.heads ?? []) {
      chains.push(head.chain);
      findings = together(findings, await standsStill(checking, head, opened.checkpoint.number));
    }
    looked += opened.heads?.length ?? 0;
  }
  return { checkpoints, findings, chains };
}

/** The checkpoint that listed a chain last, and what it says of it. */
export async function verifyListing(checking: CheckpointChecking, chain: string): Promise<CheckpointFindings> {
  const listed = await checking.ledger.listed(chain);
  if (listed === undefined) return { checkpoints: 0, findings: nothing, chains: [] };
  const { number, hour } = listed;
  let findings = nothing;
  const opened = await openCheckpoint(hour, undefined, checking.archive, checking.reading, (kind, message) => {
    findings = together(findings, one({ chain: 'checkpoints', seq: number, kind, message }));
  });
  const head = opened?.heads?.find((moved) => moved.chain === chain);
  if (head !== undefined) findings = together(findings, await standsStill(checking, head, number));
  return { checkpoints: opened === undefined ? 0 : 1, findings, chains: [chain] };
}

/** Whether what a checkpoint lists is part of the chain as it is now. */
async function standsStill({ trail }: CheckpointChecking, { chain, head }: MovedHead, number: number): Promise<Findings> {
  const [record, now] = await Promise.all([trail.record(head.last), trail.head(chain)]);
  const place = record === undefined ? undefined : placed(record, now)?.place;
  if (place?.seq === head.seq && place.hash === head.hash && record?.chain === chain) return nothing;
  const end = now?.seq ?? 0;
  if (end < head.seq) return one({ chain, seq: end + 1, kind: 'truncated', message: `the chain ended at ${head.seq} when checkpoint ${number} was made, and ends at ${end} now` });
  if (record === undefined) return one({ chain, seq: head.seq, kind: 'missing', message: `${head.last}, where the chain ended when checkpoint ${number} was made, is missing` });
  return one({ chain, seq: head.seq, kind: 'changed', message: `up to ${head.seq} the chain is not the one that checkpoint ${number} was made of` });
}

const behindBy = ({ checkpoint, digest }: Opened): Behind => ({ number: checkpoint.number, digest, total: checkpoint.records.total });

/** What is known of the checkpoint before an hour. It was verified, or will be, by who begins earlier. */
async function behindOf({ archive, reading }: CheckpointChecking, hour: string, begins: boolean): Promise<Behind | undefined> {
  if (begins) return { number: 0, digest: undefined, total: 0 };
  const before = await openCheckpoint(hourAfter(hour, -1), undefined, archive, reading, () => undefined);
  return before === undefined ? undefined : behindBy(before);
}

async function firstHour(archive: ArchiveReader): Promise<string | undefined> {
  const { objects } = await archive.list('', '~');
  return objects.flatMap(({ key }) => placeInArchive(key)?.hour ?? []).at(0);
}

/** What is in the archive, page by page. Public keys come last. */
export async function listArchive(archive: ArchiveReader, { from, to }: Hours, after?: string): Promise<{ objects: readonly { readonly key: string; readonly bytes: number }[]; next?: string }> {
  const begin = after ?? (from === undefined ? '' : folderOf(from));
  const bounded = to !== undefined && begin < keys;
  const { objects, more } = await archive.list(begin, bounded ? folderOf(hourAfter(to)) : '~');
  const last = objects.at(-1);
  if (more && last !== undefined) return { objects, next: last.key };
  return { objects, ...(bounded ? { next: keys } : {}) };
}

const keys = 'keys/';
