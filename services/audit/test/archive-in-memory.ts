import { createHash } from 'node:crypto';
import { checkpointType } from '@team/trail';
import type { ArchiveReader, ArchiveWriter, CheckpointLedger, CheckpointSigner, Latest, ListedHead } from '../src/application/ports/checkpoints.ts';
import type { CheckpointChecking } from '../src/application/verify-checkpoints.ts';
import { reading } from './events.ts';
import type { TrailInMemory } from './trail-in-memory.ts';

export const sha256OfBytes = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** An archive and a ledger as their ports promise them. `before` is awaited ahead of every operation that changes something. */
export function archiveInMemory(before: (operation: string) => Promise<void> = async () => undefined): ArchiveWriter & ArchiveReader & CheckpointLedger & { readonly objects: Map<string, Uint8Array>; move(chain: string, hour: string): void } {
  const objects = new Map<string, Uint8Array>();
  const lists = new Map<string, ListedHead>();
  const moves = new Map<string, string>();
  let newest: Latest | undefined;
  let begun: string | undefined;
  return {
    objects,
    move: (chain, hour) => void moves.set(chain, hour),
    async put(key, body) {
      await before(`put ${key}`);
      if (objects.has(key)) return false;
      objects.set(key, body);
      return true;
    },
    read: async (key) => objects.get(key),
    async part(key, offset, bytes) {
      const object = objects.get(key);
      return object === undefined ? undefined : { bytes: object.subarray(offset, offset + bytes), total: object.byteLength };
    },
    async list(after, until) {
      const keys = [...objects.keys()].sort().filter((key) => key > after && key < until);
      return { objects: keys.map((key) => ({ key, bytes: objects.get(key)?.byteLength ?? 0 })), more: false };
    },
    latest: async () => newest,
    async first(hour) {
      await before('first');
      return (begun ??= hour);
    },
    async advance(latest) {
      await before('advance');
      if ((newest?.number ?? 0) < latest.number) newest = latest;
    },
    listed: async (chain) => lists.get(chain),
    async remember(chain, listed) {
      await before('list');
      if ((lists.get(chain)?.number ?? 0) < listed.number) lists.set(chain, listed);
    },
    async *moved(hour) {
      for (const [chain, last] of moves) if (last === hour) yield chain;
    },
  };
}

/** Signs so that a test can tell: the signature is a digest, which anybody could make. */
export const signer: CheckpointSigner = {
  sign: async (payload) => `${JSON.stringify(payload)}\n${sha256OfBytes(Buffer.from(`${checkpointType}${JSON.stringify(payload)}`))}`,
  publicKey: async () => 'the public key',
};

/** What verifying takes, over an archive in memory. */
export function checkingOver(trail: TrailInMemory, archive: ReturnType<typeof archiveInMemory>, clock: () => number): CheckpointChecking {
  return {
    archive,
    ledger: archive,
    trail,
    clock,
    reading: {
      ...reading,
      sha256OfBytes,
      async open(jws) {
        const [payload = '', signature] = jws.split('\n');
        if (signature !== sha256OfBytes(Buffer.from(`${checkpointType}${payload}`))) throw new Error('not signed');
        return JSON.parse(payload) as unknown;
      },
    },
  };
}
