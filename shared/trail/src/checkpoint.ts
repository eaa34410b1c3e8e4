import type { Head } from './chain.ts';

/** What a checkpoint's signature stands for, in the header of its JWS. */
export const checkpointType = 'team-checkpoint+jws';

/** What is signed, each hour. Every digest is a SHA-256 in lower-case hexadecimal. */
export interface Checkpoint {
  /** Counted from 1 without gaps, hour by hour. */
  readonly number: number;
  /** The hour (UTC) that it is for, as it begins an ISO 8601 timestamp: `2026-11-30T02`. */
  readonly hour: string;
  /** Digest of the JWS of the checkpoint before; `null` for the first. */
  readonly previous: string | null;
  /** ISO 8601 UTC: after the hour's end, and later than any record that it covers was placed. */
  readonly madeAt: string;
  /** The list of the heads that moved since the one before. */
  readonly heads: Listed;
  /** Records in all chains: placed since the checkpoint before, and ever. */
  readonly records: { readonly added: number; readonly total: number };
  /** The objects that hold the records added, in their order. */
  readonly objects: readonly (Listed & { readonly name: string })[];
  /** Name of the object with the public key. */
  readonly key: string;
}

/** An object of the archive that a checkpoint answers for: how many lines it has, and their bytes. */
export interface Listed {
  readonly count: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** A chain whose head moved: where it stands, and where it stood at the last checkpoint that listed it. */
export interface MovedHead {
  readonly chain: string;
  readonly head: Head;
  /** Absent: no checkpoint before listed the chain. */
  readonly from?: Head;
}

const hourMs = 3_600_000;
const hourPattern = /^\d{4}-\d{2}-\d{2}T\d{2}$/;

/** The hour of a moment (ms since the epoch). */
export const hourOf = (ms: number): string => new Date(ms).toISOString().slice(0, 13);
/** When an hour begins (ms since the epoch); NaN for what is no hour. */
export const beginOf = (hour: string): number => (hourPattern.test(hour) ? Date.parse(`${hour}:00:00.000Z`) : Number.NaN);
/** The hour so many after another; before it, where negative. */
export const hourAfter = (hour: string, hours = 1): string => hourOf(beginOf(hour) + hours * hourMs);
/** How many hours one is after another. */
export const hoursBetween = (earlier: string, later: string): number => Math.round((beginOf(later) - beginOf(earlier)) / hourMs);

/** The checkpoint in a payload. Throws where it is none. */
export function checkpointIn(payload: unknown): Checkpoint {
  const { number, hour, previous, madeAt, heads, records, objects, key } = membersOf(payload);
  const { added, total } = membersOf(records);
  if (!isCount(number) || typeof hour !== 'string' || Number.isNaN(beginOf(hour)) || typeof madeAt !== 'string' || typeof key !== 'string') throw notOne();
  if ((previous !== null && typeof previous !== 'string') || !isCount(added) || !isCount(total) || !Array.isArray(objects)) throw notOne();
  const listed = objects.map((object) => {
    const { name } = membersOf(object);
    if (typeof name !== 'string') throw notOne();
    return { name, ...listedIn(object) };
  });
  return { number, hour, previous, madeAt, heads: listedIn(heads), records: { added, total }, objects: listed, key };
}

function listedIn(value: unknown): Listed {
  const { count, bytes, sha256 } = membersOf(value);
  if (!isCount(count) || !isCount(bytes) || typeof sha256 !== 'string') throw notOne();
  return { count, bytes, sha256 };
}

const notOne = (): Error => new TypeError('what is signed is no checkpoint');
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

/** The members of an object; none of anything else. */
export const membersOf = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === 'object' && value !== null ? { ...value } : {});
