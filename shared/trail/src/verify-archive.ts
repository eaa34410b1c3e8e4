import { folderOf, placeInArchive } from './archive.ts';
import { hourAfter, hoursBetween } from './checkpoint.ts';
import { maximumProblems, type Findings, type Problem } from './problems.ts';
import type { Head } from './chain.ts';
import { openCheckpoint, type ArchiveReading, type ArchiveSource, type Behind, type Opened } from './verify-checkpoint.ts';
import { verifyHour } from './verify-hour.ts';

/** An archive, or a copy of it. */
export interface Archive extends ArchiveSource {
  /** All keys there are. */
  keys(): AsyncIterable<string>;
}

/** Which part of an archive must be there. Hours as in `Checkpoint`, both included. */
export interface Part {
  /** Where the part begins; absent: with the first checkpoint ever. */
  readonly from?: string;
  /** Where it ends; absent: with the last checkpoint that is there. Whatever was cut off behind it is not found then. */
  readonly to?: string;
}

/** What verifying an archive found. */
export interface ArchiveFindings extends Findings {
  readonly checkpoints: number;
  readonly chains: number;
  /** The first and the last hour looked at; undefined where there is none. */
  readonly hours: { readonly first: string; readonly last: string } | undefined;
}

/**
 * Verifies an archive with nothing but itself and the key that `reading.open` has: that no hour lacks its checkpoint, each was signed and
 * continues the one before, and that the objects, records and chains are what was signed and hang together. It holds one object at a time and
 * a head for each chain; of an hour with a problem, all its records.
 */
export async function verifyArchive(archive: Archive, reading: ArchiveReading, { from, to }: Part = {}): Promise<ArchiveFindings> {
  const problems: Problem[] = [];
  let found = 0;
  let records = 0;
  const add = (problem: Problem): void => {
    found += 1;
    if (problems.length < maximumProblems) problems.push(problem);
  };
  const byHour = await objectsByHour(archive, { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) });
  const present = [...byHour.keys()].sort();
  const [first, last] = [from ?? present[0], to ?? present.at(-1)];
  if (first === undefined || last === undefined || first > last) {
    add({ chain: 'checkpoints', kind: 'missing-checkpoint', message: 'there is no checkpoint here' });
    return { checkpoints: 0, chains: 0, records, problems, omitted: 0, hours: undefined };
  }

  const state: State = { heads: new Map(), certain: from === undefined };
  let behind: Behind | undefined = from === undefined ? { number: 0, digest: undefined, total: 0 } : undefined;
  let checkpoints = 0;
  for (let hour = first; hour <= last; hour = hourAfter(hour)) {
    const number = behind === undefined ? undefined : behind.number + 1;
    const report = (kind: Problem['kind'], message: string): void => add({ chain: 'checkpoints', ...(number === undefined ? {} : { seq: number }), kind, message });
    const opened = await openCheckpoint(hour, behind, archive, reading, report);
    if (opened === undefined) {
      behind = number === undefined ? undefined : { number, digest: undefined, total: undefined };
      state.certain = false;
      continue;
    }
    checkpoints += 1;
    const { checkpoint, digest } = opened;
    behind = { number: checkpoint.number, digest, total: checkpoint.records.total };
    for (const stray of straysOf(byHour.get(hour) ?? [], opened)) report('foreign', `${folderOf(hour)}${stray} is not of this checkpoint`);
    follow(state, opened, report);
    const inHour = await verifyHour(opened, archive, reading);
    records += inHour.records;
    for (const problem of inHour.problems) add(problem);
    found += inHour.omitted;
  }
  return { checkpoints, chains: state.heads.size, records, problems, omitted: found - problems.length, hours: { first, last } };
}

interface State {
  readonly heads: Map<string, Pick<Head, 'seq' | 'hash'>>;
  /** Whether every checkpoint so far was read: a chain that is not in `heads` was in none. */
  certain: boolean;
}

/** Each chain goes on where the checkpoint before left it. */
function follow(state: State, { heads, checkpoint }: Opened, report: (kind: Problem['kind'], message: string) => void): void {
  if (heads === undefined) state.certain = false;
  for (const { chain, head, from } of heads ?? []) {
    const known = state.heads.get(chain);
    const continues = known === undefined ? !state.certain || from === undefined : known.seq === from?.seq && known.hash === from.hash;
    // After a checkpoint that could not be read, nobody knows where a chain stood.
    if (!continues && (state.certain || (from?.seq ?? 0) < (known?.seq ?? 0))) {
      report('forged-checkpoint', `the checkpoint of the hour ${checkpoint.hour} lists ${chain} from ${from?.seq ?? 0} on, and it stood at ${known?.seq ?? 0}`);
    }
    state.heads.set(chain, { seq: head.seq, hash: head.hash });
  }
}

async function objectsByHour(archive: Archive, { from = '', to = '~' }: Part): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for await (const key of archive.keys()) {
    const place = placeInArchive(key);
    if (place === undefined || place.hour < from || place.hour > to || Number.isNaN(hoursBetween(place.hour, place.hour))) continue;
    const names = found.get(place.hour);
    if (names === undefined) found.set(place.hour, [place.name]);
    else names.push(place.name);
  }
  return found;
}

function straysOf(present: readonly string[], { checkpoint }: Opened): string[] {
  const expected = new Set(['checkpoint.jws', 'heads.jsonl', ...checkpoint.objects.map(({ name }) => name)]);
  return present.filter((name) => !expected.has(name));
}
