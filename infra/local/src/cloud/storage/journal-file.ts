import { closeSync, existsSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, renameSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Change } from '../store.ts';

const newline = 0x0a;

/** The state on disk is damaged in a way that no interrupted write explains; going on would lose or invent data. */
export class DamagedJournalError extends Error {
  override readonly name = 'DamagedJournalError';
  readonly code = 'ERR_DAMAGED_JOURNAL';
}

/** The files were removed, or others put in their place, while this process worked with them: nothing that it writes would be found again. */
export class RemovedFolderError extends Error {
  override readonly name = 'RemovedFolderError';
  readonly code = 'ERR_FOLDER_REMOVED';

  constructor(folder: string) {
    super(`${folder} was removed or replaced while it was in use. What was kept in it is not there any more, so nothing more is taken. Start again to begin anew.`);
  }
}

/** A file is read, and written, in pieces of at least this size: one that has grown large is never in memory whole. */
const pieceBytes = 1024 * 1024;

/**
 * Reads a file of lines, each a JSON array of changes, and answers how many bytes of it are whole. A process killed in
 * the middle of a write leaves a last line without its end: that commit did not happen. A broken line elsewhere is damage.
 */
export function readJournal(path: string, apply: (change: Change) => void): number {
  if (!existsSync(path)) return 0;
  const descriptor = openSync(path, 'r');
  try {
    return readLines(descriptor, path, apply);
  } finally {
    closeSync(descriptor);
  }
}

function readLines(descriptor: number, path: string, apply: (change: Change) => void): number {
  let buffer = Buffer.allocUnsafe(pieceBytes);
  let whole = 0;
  let held = 0;
  for (let line = 1; ; ) {
    const read = readSync(descriptor, buffer, held, buffer.length - held, null);
    if (read === 0) return whole;
    const filled = buffer.subarray(0, held + read);
    let start = 0;
    // What was held has no end of a line in it.
    for (let end = filled.indexOf(newline, held); end !== -1; end = filled.indexOf(newline, start)) {
      for (const change of changesIn(filled.toString('utf8', start, end), path, line)) apply(change);
      start = end + 1;
      line += 1;
    }
    whole += start;
    held = filled.length - start;
    // A line may be longer than the buffer.
    const next = held > buffer.length / 2 ? Buffer.allocUnsafe(2 * buffer.length) : buffer;
    filled.copy(next, 0, start);
    buffer = next;
  }
}

/** The changes of one line of such a file. */
export function changesIn(text: string, path: string, line: number): Change[] {
  try {
    const parsed: unknown = JSON.parse(text);
    if (Array.isArray(parsed) && parsed.every(isWritten)) return parsed.map(changeOf);
  } catch (cause) {
    throw new DamagedJournalError(`${path}:${line} is not JSON. Restore the folder from a copy, or remove it to start afresh.`, { cause });
  }
  throw new DamagedJournalError(`${path}:${line} is not a list of changes. Was it written by another version?`);
}

/** A change as it stands in a file: `[map, key, value]` sets, `[map, key]` deletes. */
type Written = readonly [map: string, key: string, value?: unknown];

function isWritten(value: unknown): value is Written {
  return Array.isArray(value) && (value.length === 2 || value.length === 3) && typeof value[0] === 'string' && typeof value[1] === 'string';
}

function changeOf(written: Written): Change {
  return written.length === 2 ? [written[0], written[1]] : [written[0], written[1], JSON.stringify(written[2])];
}

function lineOf(changes: readonly Change[]): string {
  const written = changes.map(([map, key, json]) => `[${JSON.stringify(map)},${JSON.stringify(key)}${json === undefined ? '' : `,${json}`}]`);
  return `[${written.join(',')}]\n`;
}

/** An append-only file. What `append` wrote is with the operating system when it returns: a killed process loses none of it. */
export class JournalFile {
  readonly #path: string;
  readonly #descriptor: number;
  readonly #lines = new TextWriter();
  #size: number;
  #failure: Error | undefined;

  constructor(path: string, wholeBytes: number) {
    this.#path = path;
    this.#descriptor = openSync(path, 'a');
    ftruncateSync(this.#descriptor, wholeBytes);
    this.#size = wholeBytes;
  }

  get size(): number {
    return this.#size;
  }

  /** False when the file was removed, or another has its name by now. */
  inPlace(): boolean {
    const [open, named] = [fstatSync(this.#descriptor, { bigint: true }), statSync(this.#path, { bigint: true, throwIfNoEntry: false })];
    return named?.ino === open.ino && named.dev === open.dev;
  }

  /**
   * Once a write has failed (a full disk), memory is ahead of the file: nothing more is accepted, so that nothing is skipped.
   * Throws `RemovedFolderError` when no folder has the file any more.
   */
  append(changes: readonly Change[]): void {
    if (this.#failure !== undefined) throw this.#failure;
    try {
      if (fstatSync(this.#descriptor).nlink === 0) throw new RemovedFolderError(dirname(this.#path));
      this.#size += this.#lines.write(this.#descriptor, lineOf(changes));
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
  const lines = new TextWriter();
  let size = 0;
  let text = '';
  try {
    for (const change of changes) {
      text += lineOf([change]);
      if (text.length < pieceBytes) continue;
      size += lines.write(descriptor, text);
      text = '';
    }
    size += lines.write(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(next, path);
  syncFolder(dirname(path));
  return size;
}

/** Writes texts through one buffer: one of its own for each would be thrown away with each, faster than it is cleared away. */
class TextWriter {
  #buffer = Buffer.allocUnsafe(64 * 1024);

  /** Writes all of it, and gives its bytes. */
  write(descriptor: number, text: string): number {
    // A UTF-16 unit takes at most three bytes of UTF-8.
    if (this.#buffer.length < text.length * 3) this.#buffer = Buffer.allocUnsafe(text.length * 3);
    const bytes = this.#buffer.write(text);
    for (let written = 0; written < bytes; ) written += writeSync(descriptor, this.#buffer, written, bytes - written);
    return bytes;
  }
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
