import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { TeamError } from './errors.ts';

/** Canonical JSON (RFC 8785): one spelling for one value. `undefined` members are left out. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TeamError('ERR_NOT_JSON', 'the value has no JSON form');
  return text;
}

/** SHA-256 of a text's UTF-8 bytes, lower-case hexadecimal. */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** SHA-256 of the canonical JSON of a value, lower-case hexadecimal. */
export function digestOf(value: unknown): string {
  return sha256Hex(canonicalJson(value));
}
