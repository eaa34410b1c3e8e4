import { folderOf, headInLine, linesIn, names } from './archive.ts';
import { checkpointIn, type Checkpoint, type Listed, type MovedHead } from './checkpoint.ts';
import type { ProblemKind } from './problems.ts';
import type { Reading } from './record.ts';

/** Where archived objects are read from. */
export interface ArchiveSource {
  /** An object's bytes; undefined where there is none under the key. */
  read(key: string): Promise<Uint8Array | undefined>;
}

/** How what is archived is read. */
export interface ArchiveReading extends Reading {
  /** SHA-256 of bytes, lower-case hexadecimal. */
  sha256OfBytes(bytes: Uint8Array): string;
  /** The payload of a JWS of the type of checkpoints, whose signature was verified. Rejects with why it is not to be trusted. */
  open(jws: string): Promise<unknown>;
}

/** What is wrong with a checkpoint, or with what it answers for. */
export type Report = (kind: ProblemKind, message: string) => void;

/** Where the chain of checkpoints has come to. `digest` is undefined after one that is not to be trusted. */
export interface Behind {
  readonly number: number;
  readonly digest: string | undefined;
  readonly total: number | undefined;
}

/** A checkpoint that was signed, with the heads that it lists; `heads` is undefined where these are not the ones signed. */
export interface Opened {
  readonly checkpoint: Checkpoint;
  readonly digest: string;
  readonly heads: readonly MovedHead[] | undefined;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
export const textOf = (bytes: Uint8Array): string => decoder.decode(bytes);

/**
 * Reads the checkpoint of an hour: it was signed, for this hour, continues the one before (`behind`; undefined: nothing is known of it),
 * and its list of heads is the one signed. Undefined where it is not to be trusted or not there, which is reported.
 */
export async function openCheckpoint(hour: string, behind: Behind | undefined, source: ArchiveSource, reading: ArchiveReading, report: Report): Promise<Opened | undefined> {
  const bytes = await source.read(`${folderOf(hour)}${names.checkpoint}`);
  if (bytes === undefined) {
    report('missing-checkpoint', `the checkpoint of the hour ${hour} is missing`);
    return undefined;
  }
  let checkpoint: Checkpoint;
  try {
    checkpoint = checkpointIn(await reading.open(textOf(bytes)));
  } catch (error) {
    report('forged-checkpoint', `the checkpoint of the hour ${hour} is not one that was signed: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
  const flaw = flawOf(checkpoint, hour, behind);
  if (flaw !== undefined) {
    report('forged-checkpoint', `the checkpoint of the hour ${hour} ${flaw}`);
    return undefined;
  }
  return { checkpoint, digest: reading.sha256OfBytes(bytes), heads: await headsOf(checkpoint, source, reading, report) };
}

function flawOf({ number, hour: of, previous, records }: Checkpoint, hour: string, behind: Behind | undefined): string | undefined {
  if (of !== hour) return `is that of the hour ${of}`;
  if ((number === 1) !== (previous === null)) return `is number ${number} and ${previous === null ? 'names none' : 'names one'} before it`;
  if (behind === undefined) return undefined;
  if (number !== behind.number + 1) return `is number ${number}, and ${behind.number + 1} should be here`;
  if (behind.digest !== undefined && previous !== behind.digest) return `does not continue number ${behind.number}`;
  if (behind.total !== undefined && records.total !== behind.total + records.added) return `counts ${records.total} records, and there were ${behind.total} and ${records.added} more`;
  return undefined;
}

async function headsOf({ hour, heads }: Checkpoint, source: ArchiveSource, reading: ArchiveReading, report: Report): Promise<readonly MovedHead[] | undefined> {
  const key = `${folderOf(hour)}${names.heads}`;
  const bytes = await source.read(key);
  if (bytes === undefined) {
    report('missing', `${key} is missing: the heads that the checkpoint answers for`);
    return undefined;
  }
  const found = asSigned(bytes, heads, reading) ? linesIn(textOf(bytes)).map(headInLine) : [];
  if (found.length === heads.count && !found.includes(undefined)) return found.flatMap((head) => head ?? []);
  report('changed', `${key} is not what was signed`);
  return undefined;
}

/** Whether an object is the one that was signed, byte by byte. */
export const asSigned = (bytes: Uint8Array, { bytes: length, sha256 }: Listed, { sha256OfBytes }: Pick<ArchiveReading, 'sha256OfBytes'>): boolean =>
  bytes.byteLength === length && sha256OfBytes(bytes) === sha256;
