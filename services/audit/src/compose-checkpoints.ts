import { createHash } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import { bucketOf, createSigner, createVerifier, publicKeyPem, tableOf, type Clients, type MinuteHandler, type Platform } from '@team/runtime';
import { checkpointType, hourOf } from '@team/trail';
import { createArchive } from './adapters/archive-bucket.ts';
import { createCheckpointLedger } from './adapters/checkpoint-ledger.ts';
import { makeCheckpoints } from './application/make-checkpoints.ts';
import type { AppendableTrail, ReadableTrail } from './application/ports.ts';
import { listArchive, type CheckpointChecking } from './application/verify-checkpoints.ts';
import type { ArchiveAnswer, ArchiveQuery, ObjectAnswer, ObjectQuery } from './domain/query.ts';
import type { Reading } from './domain/record.ts';

/** What checkpoints take beside what records take. */
export interface CheckpointPlatform extends Omit<Platform, 'clients'> {
  readonly clients: Pick<Clients, 'documents' | 'kms'> & { readonly s3: S3Client };
}

export interface Checkpoints {
  readonly checkpoint: MinuteHandler;
  readonly checking: CheckpointChecking;
  archive(query: ArchiveQuery): Promise<ArchiveAnswer>;
  object(query: ObjectQuery): Promise<ObjectAnswer | undefined>;
}

/** So many bytes of an object are answered at once: in base64 below the 6 MB that a function may answer (Lambda quotas). */
const pieceBytes = 3 * 1024 * 1024;

/** Signed checkpoints, and the archive that they are in. */
export function composeCheckpoints({ clients, config, clock, logger }: CheckpointPlatform, trail: AppendableTrail & ReadableTrail, reading: Reading): Checkpoints {
  const keyId = config.keys.checkpoint;
  const archive = createArchive(clients.s3, bucketOf(config, 'archive'));
  const ledger = createCheckpointLedger(clients.documents, { checkpoints: tableOf(config, 'checkpoints'), heads: tableOf(config, 'heads') });
  const signer = createSigner(clients.kms, keyId);
  const verifier = createVerifier(clients.kms);
  const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  const hours = ({ from, to }: { readonly from?: string | undefined; readonly to?: string | undefined }) => ({ from: hourIn(from), to: hourIn(to) });
  return {
    checkpoint: makeCheckpoints({
      ledger,
      trail,
      archive,
      signer: { sign: (payload) => signer.sign(checkpointType, payload), publicKey: () => publicKeyPem(clients.kms, keyId) },
      sha256,
      digest: reading.digest,
      clock,
      log: logger,
    }),
    checking: { archive, ledger, trail, reading: { ...reading, sha256OfBytes: sha256, open: (jws) => verifier.verify(jws, { type: checkpointType, keyId }) }, clock },
    archive: (query) => listArchive(archive, hours(query), query.after),
    async object({ key, offset }) {
      const piece = await archive.part(key, offset, pieceBytes);
      return piece === undefined ? undefined : { base64: Buffer.from(piece.bytes).toString('base64'), total: piece.total };
    },
  };
}

/** The hour of a moment in ISO 8601. */
export const hourIn = (moment: string | undefined): string | undefined => (moment === undefined ? undefined : hourOf(Date.parse(moment)));
