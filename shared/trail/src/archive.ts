import type { ChainedRecord, Head, Place } from './chain.ts';
import { membersOf, type MovedHead } from './checkpoint.ts';

/** Names of the objects of an hour, beside `records-0001.jsonl` and on. */
export const names = { checkpoint: 'checkpoint.jws', heads: 'heads.jsonl', records: (index: number): string => `records-${String(index).padStart(4, '0')}.jsonl` } as const;

/** What the keys of an hour's objects begin with. Sorts by time. */
export const folderOf = (hour: string): string => `${hour.replaceAll('-', '/').replace('T', '/')}/`;

/** The hour and the name in a key; undefined for a key that belongs to no hour. */
export function placeInArchive(key: string): { readonly hour: string; readonly name: string } | undefined {
  const [, year, month, day, hour, name] = /^(\d{4})\/(\d{2})\/(\d{2})\/(\d{2})\/([^/]+)$/.exec(key) ?? [];
  return name === undefined ? undefined : { hour: `${year}-${month}-${day}T${hour}`, name };
}

/** A record with its place, as a line of the archive, without the line's end. */
export function recordLine({ chain, place, key, contentHash, rawHash, recordedAt, raw }: ChainedRecord): string {
  const { seq, hash, previous } = place;
  return JSON.stringify({ chain, seq, hash, ...(previous === undefined ? {} : { previous }), key, contentHash, rawHash, recordedAt, raw });
}

/** What a line of the archive says of a record. */
export type ArchivedRecord = Pick<ChainedRecord, 'chain' | 'key' | 'contentHash' | 'rawHash' | 'recordedAt' | 'raw' | 'place'>;

/** The record in a line; undefined where there is none. */
export function recordInLine(line: string): ArchivedRecord | undefined {
  const said = jsonIn(line);
  const { chain, key, contentHash, rawHash, recordedAt, raw } = said;
  const place = placeIn(said);
  if (place === undefined || typeof chain !== 'string' || typeof key !== 'string' || typeof contentHash !== 'string') return undefined;
  if (typeof rawHash !== 'string' || typeof recordedAt !== 'string' || typeof raw !== 'string') return undefined;
  return { chain, key, contentHash, rawHash, recordedAt, raw, place };
}

/** A head that moved, as a line of the archive, without the line's end. */
export const headLine = ({ chain, head, from }: MovedHead): string => JSON.stringify({ chain, ...head, ...(from === undefined ? {} : { from }) });

/** The head in a line; undefined where there is none. */
export function headInLine(line: string): MovedHead | undefined {
  const said = jsonIn(line);
  const head = headIn(said);
  const from = said['from'] === undefined ? undefined : headIn(said['from']);
  if (typeof said['chain'] !== 'string' || head === undefined || (said['from'] !== undefined && from === undefined)) return undefined;
  return { chain: said['chain'], head, ...(from === undefined ? {} : { from }) };
}

function headIn(value: unknown): Head | undefined {
  const members = membersOf(value);
  const place = placeIn(members);
  return place === undefined || typeof members['last'] !== 'string' ? undefined : { ...place, last: members['last'] };
}

function placeIn({ seq, hash, previous }: Readonly<Record<string, unknown>>): Place | undefined {
  if (typeof seq !== 'number' || typeof hash !== 'string' || (previous !== undefined && typeof previous !== 'string')) return undefined;
  return { seq, hash, ...(previous === undefined ? {} : { previous }) };
}

function jsonIn(line: string): Readonly<Record<string, unknown>> {
  try {
    return membersOf(JSON.parse(line));
  } catch {
    // What is no JSON says nothing; the caller finds it wanting.
    return {};
  }
}

/** The lines of an object; each ends with a line feed, and nothing follows the last. */
export function linesIn(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
