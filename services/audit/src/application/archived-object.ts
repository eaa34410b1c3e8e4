import type { Listed } from '@team/trail';
import type { Clock, Log } from './ports.ts';
import type { ArchiveWriter, ChainReader, CheckpointLedger, CheckpointSigner } from './ports/checkpoints.ts';

/** What making checkpoints takes. */
export interface CheckpointParts {
  readonly ledger: CheckpointLedger;
  readonly trail: ChainReader;
  readonly archive: ArchiveWriter;
  readonly signer: CheckpointSigner;
  readonly sha256: (bytes: Uint8Array) => string;
  readonly digest: (value: unknown) => string;
  readonly clock: Clock;
  readonly log: Log;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export const bytesOf = (text: string): Uint8Array => encoder.encode(text);
export const textIn = (bytes: Uint8Array): string => decoder.decode(bytes);
/** An object of lines. */
export const linesOf = (lines: readonly string[]): Uint8Array => bytesOf(lines.map((line) => `${line}\n`).join(''));

/** Writes an object unless there is one; gives what stands. */
export async function once(archive: ArchiveWriter, key: string, body: Uint8Array): Promise<Uint8Array> {
  if (await archive.put(key, body)) return body;
  const standing = await archive.read(key);
  if (standing === undefined) throw new Error(`${key} was there and cannot be read`);
  return standing;
}

/** What a checkpoint says of an object. */
export const listed = (count: number, bytes: Uint8Array, sha256: CheckpointParts['sha256']): Listed => ({ count, bytes: bytes.byteLength, sha256: sha256(bytes) });

