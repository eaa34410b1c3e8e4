import { createSign, generateKeyPairSync } from 'node:crypto';
import { checkpointType } from '@team/trail';
import type { Random } from '../../infra/local/src/cloud/index.ts';
import type { Copy } from './archived-world.ts';

/** A single change to an archive: makes it in the copy that it is given, and says which it was. */
export type Change = (copy: Copy, random: Random) => string;

const textOf = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('utf8');
const pick = <T>(items: readonly T[], random: Random): T => {
  const item = items[Math.floor(random.next() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
};
/** Keys of objects of a kind that have something in them; public keys are not the archive's to vouch for. */
const keysOf = (copy: Copy, kind: RegExp): string[] => [...copy].flatMap(([key, bytes]) => (kind.test(key) && bytes.byteLength > 0 ? [key] : [])).sort();
const linesOf = (copy: Copy, key: string): string[] => textOf(copy.get(key)).split('\n').slice(0, -1);
const setLines = (copy: Copy, key: string, lines: readonly string[]): void => void copy.set(key, Buffer.from(lines.map((line) => `${line}\n`).join('')));
const ofHours = /^\d/;
const records = /records-\d+\.jsonl$/;
const checkpoints = /checkpoint\.jws$/;

/** Anything may have any of its bytes changed, in any bit. */
export const flipByte: Change = (copy, random) => {
  const key = pick(keysOf(copy, ofHours), random);
  const bytes = Uint8Array.from(copy.get(key) ?? []);
  const at = Math.floor(random.next() * bytes.byteLength);
  const bit = Math.floor(random.next() * 8);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
  copy.set(key, bytes);
  return `bit ${bit} of byte ${at} of ${key} flipped`;
};

export const removeRecord: Change = (copy, random) => {
  const key = pick(keysOf(copy, records), random);
  const lines = linesOf(copy, key);
  const at = Math.floor(random.next() * lines.length);
  setLines(copy, key, lines.toSpliced(at, 1));
  return `record ${at} of ${key} removed`;
};

export const doubleRecord: Change = (copy, random) => {
  const lines = linesOf(copy, pick(keysOf(copy, records), random));
  const key = pick(keysOf(copy, records), random);
  const into = linesOf(copy, key);
  const at = Math.floor(random.next() * (into.length + 1));
  setLines(copy, key, into.toSpliced(at, 0, pick(lines, random)));
  return `a record doubled into ${key} at ${at}`;
};

export const swapRecords: Change = (copy, random) => {
  const key = pick(keysOf(copy, records), random);
  const lines = linesOf(copy, key);
  if (lines.length < 2) return removeRecord(copy, random);
  const one = Math.floor(random.next() * (lines.length - 1));
  const other = one + 1 + Math.floor(random.next() * (lines.length - one - 1));
  setLines(copy, key, lines.map((line, at) => (at === one ? (lines[other] ?? '') : at === other ? (lines[one] ?? '') : line)));
  return `records ${one} and ${other} of ${key} swapped`;
};

export const truncate: Change = (copy, random) => {
  const key = pick(keysOf(copy, ofHours), random);
  const bytes = copy.get(key) ?? new Uint8Array();
  const left = Math.floor(random.next() * bytes.byteLength);
  copy.set(key, bytes.slice(0, left));
  return `${key} cut off at ${left}`;
};

export const removeObject: Change = (copy, random) => {
  const key = pick([...copy.keys()].filter((one) => ofHours.test(one)).sort(), random);
  copy.delete(key);
  return `${key} removed`;
};

export const removeCheckpoint: Change = (copy, random) => {
  const key = pick(keysOf(copy, checkpoints), random);
  copy.delete(key);
  return `${key} removed`;
};

/** A whole hour, as if it had never been. */
export const removeHour: Change = (copy, random) => {
  const folder = pick(keysOf(copy, checkpoints), random).replace(checkpoints, '');
  for (const key of [...copy.keys()]) if (key.startsWith(folder)) copy.delete(key);
  return `${folder} removed`;
};

/** One that is well made, for another hour, stands in for it. */
export const replayCheckpoint: Change = (copy, random) => {
  const keys = keysOf(copy, checkpoints);
  const key = pick(keys, random);
  const other = pick(keys.filter((one) => one !== key), random);
  copy.set(key, copy.get(other) ?? new Uint8Array());
  return `${key} replaced by ${other}`;
};

/** Whoever has no right to the key signs with one of their own. */
export const forgeCheckpoint: Change = (copy, random) => {
  const key = pick(keysOf(copy, checkpoints), random);
  const [header = '', payload = ''] = textOf(copy.get(key)).split('.');
  const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  const said = { ...(typeof claims === 'object' && claims), records: { added: 0, total: 0 } };
  copy.set(key, Buffer.from(signed(header, said)));
  return `${key} forged`;
};

const forger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

function signed(header: string, claims: object): string {
  const input = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
  return `${input}.${createSign('sha256').update(input).sign({ key: forger, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

/** A JWS of the kind of checkpoints, by somebody else. */
export const forgedBy = (claims: object): string => signed(Buffer.from(JSON.stringify({ alg: 'ES256', kid: 'alias/team-checkpoint', typ: checkpointType })).toString('base64url'), claims);

/** An object more, where none belongs. */
export const addObject: Change = (copy, random) => {
  const key = pick(keysOf(copy, records), random);
  const added = key.replace(records, 'records-9999.jsonl');
  copy.set(added, copy.get(key) ?? new Uint8Array());
  return `${added} added`;
};

/** All kinds of single changes; those that somebody would make more often come more often. */
export const changes: readonly Change[] = [flipByte, flipByte, flipByte, flipByte, removeRecord, removeRecord, doubleRecord, swapRecords, swapRecords, truncate, removeObject, removeCheckpoint, removeHour, replayCheckpoint, forgeCheckpoint, addObject];

/** Makes a change, drawn by chance, in a copy of a copy. */
export function tamperedWith(original: Copy, random: Random): { readonly copy: Copy; readonly what: string } {
  const copy: Copy = new Map(original);
  return { what: pick(changes, random)(copy, random), copy };
}
