import { createPublicKey, hash, type KeyObject } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { flatDigestOf, parseEnvelope, sha256Hex, verifyWithKey } from '@team/runtime';
import { checkpointType, placeInArchive, type Archive, type ArchiveReading } from '@team/trail';
import { misused, withFile } from '../failure.ts';

/** A copy of the archive in a folder: its keys are the files' paths. */
export function archiveIn(folder: string): Archive {
  return {
    async *keys() {
      yield* keysIn(folder);
    },
    async read(key) {
      try {
        return readFileSync(path.join(folder, ...key.split('/')));
      } catch (error) {
        if (isAbsent(error)) return undefined;
        throw error;
      }
    },
  };
}

/** Everything in a folder that may be part of an archive. Throws `Failure` (usage) where there is no folder. */
function keysIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
    return entries.map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
  } catch (error) {
    if (isAbsent(error)) throw misused(`there is no folder ${folder}`, error);
    throw error;
  }
}

/** Writes an object of the archive, whole or not at all. Throws `Failure` where the key leads out of the folder. */
export function writeInto(folder: string): (key: string, pieces: AsyncIterable<Uint8Array>) => Promise<void> {
  return async (key, pieces) => {
    if (placeInArchive(key) === undefined && publicKeyFile.exec(key) === null) throw misused(`the archive has an object "${key}", which no file is made of`);
    const file = path.join(folder, ...key.split('/'));
    mkdirSync(path.dirname(file), { recursive: true });
    withFile(file, () => writeFileSync(`${file}.part`, ''));
    for await (const piece of pieces) withFile(file, () => writeFileSync(`${file}.part`, piece, { flag: 'a' }));
    renameSync(`${file}.part`, file);
  };
}

/** How an archive is read by who has nothing but the public key. */
export function readingWith(key: KeyObject): ArchiveReading {
  return {
    parse: parseEnvelope,
    sha256: sha256Hex,
    digest: flatDigestOf,
    sha256OfBytes: (bytes) => hash('sha256', bytes, 'hex'),
    open: (jws) => verifyWithKey(jws, checkpointType, key),
  };
}

const publicKeyFile = /^keys\/[0-9a-f]{16}\.pem$/;

/** The public key in a file; without one, the one in the folder, which proves nothing by itself. Throws `Failure` (usage). */
export function publicKeyOf(folder: string, file: string | undefined): { readonly key: KeyObject; readonly own: boolean } {
  const own = file === undefined;
  const chosen = file ?? ownKeyOf(folder);
  try {
    const key = createPublicKey(withFile(chosen, () => readFileSync(chosen)));
    if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw misused(`${chosen} holds no key on the curve P-256, which checkpoints are signed on`);
    return { key, own };
  } catch (error) {
    if (isAbsent(error)) throw misused(`there is no file ${chosen}`, error);
    if (typeof error === 'object' && error !== null && 'code' in error && String(error.code).startsWith('ERR_OSSL')) throw misused(`${chosen} is no public key in PEM`, error);
    throw error;
  }
}

function ownKeyOf(folder: string): string {
  const [key, ...others] = keysIn(folder).filter((one) => publicKeyFile.test(one));
  if (key === undefined) throw misused(`${folder} has no public key; say where it is with --key`);
  if (others.length > 0) throw misused(`${folder} has ${others.length + 1} public keys; say which one with --key`);
  return path.join(folder, ...key.split('/'));
}

const isAbsent = (error: unknown): boolean => typeof error === 'object' && error !== null && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
