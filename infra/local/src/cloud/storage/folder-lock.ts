import { closeSync, linkSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Another process works in this folder; two would overwrite each other's state. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError';
  readonly code = 'ERR_FOLDER_IN_USE';
}

interface Holder {
  readonly pid: number;
  /** When that process started, in the kernel's ticks, where `/proc` tells: a process id is used again after a while. */
  readonly startedAt: string | undefined;
}

const heldHere = new Set<string>();

/**
 * Takes the folder for this process, or throws `FolderInUseError`. A lock whose process is gone is taken over. Returns the release,
 * which leaves alone what another process has put there since: the folder may have been removed and made anew.
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'lock');
  if (heldHere.has(path)) throw new FolderInUseError(`${folder} is already open in this process.`);
  const self: Holder = { pid: process.pid, startedAt: startOf(process.pid) };
  const own = JSON.stringify(self);
  while (!tryCreate(path, own)) {
    const text = readIfThere(path);
    if (text === undefined) continue;
    const holder = parseHolder(text);
    if (holder !== undefined && isAlive(holder)) {
      throw new FolderInUseError(`${folder} is in use by process ${holder.pid}. Stop it first, or give another folder.`);
    }
    removeStale(path, text);
  }
  heldHere.add(path);
  return () => {
    if (heldHere.delete(path) && readIfThere(path) === own) rmSync(path, { force: true });
  };
}

function tryCreate(path: string, text: string): boolean {
  // Written aside and linked into place, so that nobody ever reads a lock that is not yet filled in.
  const aside = `${path}.${process.pid}`;
  const descriptor = openSync(aside, 'w');
  writeSync(descriptor, text);
  closeSync(descriptor);
  try {
    linkSync(aside, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Of several processes that find the same stale lock one renames it; who got hold of a fresh one instead puts it back. */
function removeStale(path: string, judged: string): void {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
    if (readFileSync(aside, 'utf8') !== judged) linkSync(aside, path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function parseHolder(text: string): Holder | undefined {
  const match = /^\{"pid":(\d+)(?:,"startedAt":"(\d+)")?\}$/.exec(text);
  return match?.[1] === undefined ? undefined : { pid: Number(match[1]), startedAt: match[2] };
}

function isAlive(holder: Holder): boolean {
  if (holder.pid === process.pid) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
  const startedAt = startOf(holder.pid);
  return holder.startedAt === undefined || startedAt === undefined || startedAt === holder.startedAt;
}

/** Field 22 of `/proc/<pid>/stat` (proc_pid_stat(5)), counted after the command name, which may itself hold spaces. */
function startOf(pid: number): string | undefined {
  const stat = readIfThere(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
