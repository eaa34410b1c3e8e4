import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AwsError } from '../aws-error.ts';

/** Where the objects of all buckets are kept. Names are `bucket/key`. */
export interface Objects {
  get(name: string): Uint8Array | undefined;
  set(name: string, body: Uint8Array): void;
  /** Names that begin so, in order of their UTF-8 bytes. */
  names(prefix: string): string[];
  size(name: string): number;
}

/** Objects that are forgotten with the process. */
export function objectsInMemory(): Objects {
  const kept = new Map<string, Uint8Array>();
  return {
    get: (name) => kept.get(name),
    set: (name, body) => void kept.set(name, body),
    names: (prefix) => [...kept.keys()].filter((name) => name.startsWith(prefix)).sort(),
    size: (name) => kept.get(name)?.byteLength ?? 0,
  };
}

/** Objects as files under a folder, each whole or not at all. */
export function objectsInFolder(folder: string): Objects {
  const fileOf = (name: string): string => path.join(folder, ...name.split('/').map(safe));
  const get = (name: string): Uint8Array | undefined => {
    try {
      return readFileSync(fileOf(name));
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  };
  return {
    get,
    set(name, body) {
      const file = fileOf(name);
      mkdirSync(path.dirname(file), { recursive: true });
      const unfinished = `${file}${unfinishedEnd}`;
      writeFileSync(unfinished, body);
      renameSync(unfinished, file);
    },
    names: (prefix) => filesUnder(path.join(folder, ...prefix.split('/').slice(0, 1))).map((file) => path.relative(folder, file).split(path.sep).join('/')).filter((name) => name.startsWith(prefix)).sort(),
    size: (name) => get(name)?.byteLength ?? 0,
  };
}

const unfinishedEnd = '.unfinished';

/** A part of a key that is a file's name everywhere. */
function safe(part: string): string {
  if (!/^[\w.-]{1,200}$/.test(part) || /^\.+$/.test(part) || part.endsWith(unfinishedEnd)) throw new AwsError('NotImplementedByLocalCloud', `The local cloud's S3 keeps no key with "${part}" in it.`, 501);
  return part;
}

function filesUnder(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
    return entries.filter((entry) => entry.isFile() && !entry.name.endsWith(unfinishedEnd)).map((entry) => path.join(entry.parentPath, entry.name));
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

const isAbsent = (error: unknown): boolean => typeof error === 'object' && error !== null && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
