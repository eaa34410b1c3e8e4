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

/**
 * SHA-256 of the canonical JSON of a value, lower-case hexadecimal. Half a surrogate pair and a number beyond doubles, which JSON can
 * spell, have no canonical form: what holds one is hashed as it is spelled, so that the same bad input is known when it comes again.
 */
export function digestOf(value: unknown): string {
  try {
    return sha256Hex(canonicalJson(value));
  } catch (error) {
    if (error instanceof TeamError) throw error;
    return sha256Hex(JSON.stringify(value, (_key, member: unknown) => (typeof member === 'number' ? String(member) : member)));
  }
}

/** As `digestOf`, for what must never be taken for something else. Throws where the value has no canonical form. */
export function strictDigestOf(value: unknown): string {
  return sha256Hex(canonicalJson(value));
}
