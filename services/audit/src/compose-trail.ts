import { parseEnvelope, sha256Hex, strictDigestOf, tableOf, type Clients, type Platform } from '@team/runtime';
import { createRecordsTable } from './adapters/records-table.ts';
import { createTrailReader } from './adapters/trail-reader.ts';
import type { Reading } from './domain/record.ts';

export const reading: Reading = { parse: parseEnvelope, sha256: sha256Hex, digest: strictDigestOf };

/** How the trail's tables are read and written. */
export const trailParts = { createRecordsTable, createTrailReader } as const;
export type TrailParts = typeof trailParts;

/** What the trail itself needs of a platform. */
export interface TrailPlatform extends Pick<Platform, 'config' | 'clock'> {
  readonly clients: Pick<Clients, 'documents'>;
}

/** The trail in its tables. `parts` take the place of the usual ones. */
export function openTrail({ clients, config, clock }: TrailPlatform, parts: Partial<TrailParts> = {}) {
  const use = { ...trailParts, ...parts };
  const tables = { records: tableOf(config, 'records'), heads: tableOf(config, 'heads') };
  const appendable = use.createRecordsTable(clients.documents, tables, clock);
  return { appendable, readable: use.createTrailReader(clients.documents, tables, appendable) };
}
