import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Change } from './recorded-maps.ts';

const newline = 0x0a;

/** The state on disk is damaged in a way that no interrupted write explains; going on would lose or invent data. */
export class DamagedJournalError extends Error {
  override readonly name = 'DamagedJournalError';
  readonly code = 'ERR_DAMAGED_JOURNAL';
}

/**
 * Reads a file of lines, each a JSON array of changes, and answers how many bytes of it are whole. A process killed in
 * the middle of a write leaves a last line without its end: that commit did not happen. A broken line elsewhere is damage.
 */
export function readJournal(path: string, apply: (change: Change) => void): number {
  if (!existsSync(path)) return 0;
  const bytes = readFileSync(path);
  let start = 0;
  for (let line = 1; start < bytes.length; line++) {
    const end = bytes.indexOf(newline, start);
    if (end === -1) return start;
    for (const change of parseLine(bytes.toString('utf8', start, end), path, line)) apply(change);
    start = end + 1;
  }
  return start;
}

function parseLine(text: string, path: string, line: number): Change[] {
  try {
    const parsed: unknown = JSON.parse(text);
    if (Array.isArray(parsed) && parsed.every(isChange)) return parsed;
  } catch (cause) {
    throw new DamagedJournalError(`${path}:${line} is not JSON. Restore the folder from a copy, or remove it to start afresh.`, { cause });
  }
  throw new DamagedJournalError(`${path}:${line} is not a list of changes. Was it written by another version?`);
}

function isChange(value: unknown): value is Change {
  return Array.isArray(value) && (value.length === 2 || value.length === 3) && typeof value[0] === 'string' && typeof value[1] === 'string';
}

/** An append-only file. What `append` wrote is with the operating system when it returns: a killed process loses none of it. */
export class JournalFile {
  readonly #descriptor: number;
  #size: number;
  #failure: Error | undefined;

  constructor(path: string, wholeBytes: number) {
    this.#descriptor = openSync(path, 'a');
    ftruncateSync(this.#descriptor, wholeBytes);
    this.#size = wholeBytes;
  }

  get size(): number {
    return this.#size;
  }

  /** Once a write has failed (a full disk), memory is ahead of the file: nothing more is accepted, so that nothing is skipped. */
  append(changes: readonly Change[]): void {
    if (this.#failure !== undefined) throw this.#failure;
    try {
      const line = Buffer.from(`${JSON.stringify(changes)}\n`);
      writeWhole(this.#descriptor, line);
      this.#size += line.length;
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error(String(error));
      ftruncateSync(this.#descriptor, this.#size);
      throw error;
    }
  }

  empty(): void {
    ftruncateSync(this.#descriptor, 0);
    this.#size = 0;
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

/**
 * Writes all changes beside `path` and renames it into place. A crash before the rename leaves the old snapshot and the
 * whole journal; a crash after it leaves a journal whose replay over the new snapshot ends in the same state.
 * Returns the bytes written.
 */
export function writeSnapshot(path: string, changes: Iterable<Change>): number {
  const next = `${path}.next`;
  const descriptor = openSync(next, 'w');
  let size = 0;
  try {
    for (const change of changes) {
      const line = Buffer.from(`${JSON.stringify([change])}\n`);
      writeWhole(descriptor, line);
      size += line.length;
    }
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(next, path);
  syncFolder(dirname(path));
  return size;
}

function writeWhole(descriptor: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
}

/** The rename is in the folder's own data, which must reach the disk before the journal is emptied. */
function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
