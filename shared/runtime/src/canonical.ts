import { hash } from 'node:crypto';
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
  return hash('sha256', text, 'hex');
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

/**
 * As `strictDigestOf`, in a quarter of the time for an object of texts, whole numbers and nulls whose members stand in the order of their
 * names already: such a one is spelled by JSON.stringify as RFC 8785 has it.
 */
export function flatDigestOf(value: unknown): string {
  return isFlatInOrder(value) ? sha256Hex(JSON.stringify(value)) : strictDigestOf(value);
}

function isFlatInOrder(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  let before = '';
  for (const [name, member] of Object.entries(value)) {
    if (name <= before || !(member === null || Number.isSafeInteger(member) || (typeof member === 'string' && member.isWellFormed()))) return false;
    before = name;
  }
  return true;
}

/** As `digestOf`, for what must never be taken for something else. Throws where the value has no canonical form. */
export function strictDigestOf(value: unknown): string {
  return sha256Hex(canonicalJson(value));
}
