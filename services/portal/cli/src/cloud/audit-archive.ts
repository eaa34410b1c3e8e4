import * as z from 'zod';
import { askFunction } from './ask-function.ts';
import { refused } from '../failure.ts';
import type { Connection } from './connection.ts';

const archiveAnswer = z.object({ objects: z.array(z.object({ key: z.string(), bytes: z.int() })), next: z.string().optional() });
const objectAnswer = z.object({ base64: z.base64(), total: z.int() }).nullable();

/** An object of the archive. */
export interface ArchivedObject {
  readonly key: string;
  /** Its bytes, piece by piece. */
  pieces(): AsyncIterable<Uint8Array>;
}

/** What the audit service has archived, of all hours or of those from a moment to another (ISO 8601 UTC), in the order of time; then its public keys. */
export async function* archivedObjects(connection: Connection, hours: { readonly from?: string | undefined; readonly to?: string | undefined }): AsyncGenerator<ArchivedObject> {
  for (let after: string | undefined; ; ) {
    const page: z.infer<typeof archiveAnswer> = await askFunction(connection, 'audit', { op: 'archive', ...hours, after }, archiveAnswer);
    for (const { key, bytes } of page.objects) yield { key, pieces: () => piecesOf(connection, key, bytes) };
    if (page.next === undefined) return;
    after = page.next;
  }
}

async function* piecesOf(connection: Connection, key: string, bytes: number): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < bytes; ) {
    const piece = await askFunction(connection, 'audit', { op: 'object', key, offset }, objectAnswer);
    if (piece === null || piece.base64 === '') throw refused(`the archive gave nothing of ${key} from byte ${offset} on`);
    const part = Buffer.from(piece.base64, 'base64');
    yield part;
    offset += part.byteLength;
  }
}
