import type { Head, StoredRecord } from '../../domain/chain.ts';

/** Where checkpoints have come to. */
export interface Latest {
  readonly number: number;
  readonly hour: string;
  /** Digest of its JWS. */
  readonly digest: string;
  /** Records in all chains that it and those before it cover. */
  readonly total: number;
}

/** What is remembered of checkpoints beside the archive. Nothing here is trusted by who verifies: the archive is. */
export interface CheckpointLedger {
  latest(): Promise<Latest | undefined>;
  /** The hour of the first checkpoint: this one, unless another was settled before. Settled before anything is laid down for it. */
  first(hour: string): Promise<string>;
  /** Makes it the latest unless one of its number or later is. */
  advance(latest: Latest): Promise<void>;
  /** Where a chain stood at the last checkpoint that listed it. */
  listed(chain: string): Promise<ListedHead | undefined>;
  /** Remembers that, unless a later checkpoint listed the chain. */
  remember(chain: string, listed: ListedHead): Promise<void>;
  /** Chains whose head moved in an hour, by an index which is eventually consistent, and in none after it. */
  moved(hour: string): AsyncIterable<string>;
}

export interface ListedHead {
  /** Number and hour of the checkpoint. */
  readonly number: number;
  readonly hour: string;
  readonly head: Head;
}

/** Where objects are laid down for good. */
export interface ArchiveWriter {
  /** Writes an object unless its key is taken; says whether it did. */
  put(key: string, body: Uint8Array): Promise<boolean>;
  /** An object's bytes; undefined where there is none. */
  read(key: string): Promise<Uint8Array | undefined>;
}

/** Where they are read from. */
export interface ArchiveReader {
  read(key: string): Promise<Uint8Array | undefined>;
  /** So many bytes of an object from an offset on, and how many it has. Undefined where there is none. */
  part(key: string, offset: number, bytes: number): Promise<{ readonly bytes: Uint8Array; readonly total: number } | undefined>;
  /** A page of keys in their order, after one of them and up to another (both left out). */
  list(after: string, before: string): Promise<{ readonly objects: readonly { readonly key: string; readonly bytes: number }[]; readonly more: boolean }>;
}

/** Signs checkpoints. */
export interface CheckpointSigner {
  sign(payload: object): Promise<string>;
  /** The public key that belongs to it, as a PEM text. */
  publicKey(): Promise<string>;
}

/** The records of one chain, as far as checkpoints read them. */
export interface ChainReader {
  head(chain: string): Promise<Head | undefined>;
  chain(chain: string, head: Head | undefined, afterSeq?: number): AsyncIterable<StoredRecord>;
}
