import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { GetPublicKeyCommand, SignCommand, type KMSClient } from '@aws-sdk/client-kms';
import { DER } from '@noble/curves/abstract/der.js';
import { numberToBytesBE } from '@noble/curves/utils.js';
import { OutageError, TeamError } from '../errors.ts';
import { isOutage } from '../outage.ts';

/** Evidence is missing, forged, of another kind, or by another key. Never retryable: the same bytes stay wrong. */
export class EvidenceError extends TeamError {
  override readonly name: string = 'EvidenceError';
}

/** What a JWS stands for; stands in the header's `typ`, so that one kind of evidence cannot pass for another. */
export type EvidenceType = 'team-acceptance+jws' | 'team-decision+jws' | 'team-policy-decision+jws' | 'team-proof+jws' | 'team-review+jws' | 'team-checkpoint+jws';

/** Signs payloads with one KMS key. */
export interface Signer {
  /** Compact JWS (RFC 7515), ES256. */
  sign(type: EvidenceType, payload: object): Promise<string>;
}

/**
 * Checks a JWS against the one key and kind it must have; gives its payload. Throws `EvidenceError`, `ERR_KMS_KEY_UNREADABLE`
 * (retryable: it takes somebody to put the key or our right to it in order), or `OutageError` where KMS is down.
 */
export interface Verifier {
  verify(jws: string, expected: { readonly type: EvidenceType; readonly keyId: string }): Promise<unknown>;
}

/** Length of r and of s on P-256 (RFC 7518 §3.4). */
const scalarBytes = 32;

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const digestOfInput = (input: string): Buffer => createHash('sha256').update(input, 'ascii').digest();

/**
 * Signer on a KMS key of spec ECC_NIST_P256. The digest is sent, not the message: KMS `RAW` stops at 4,096 bytes
 * (KMS API reference, Sign). KMS answers DER (ANSI X9.62); JWS wants r‖s (RFC 7518 §3.4).
 */
export function createSigner(kms: KMSClient, keyId: string): Signer {
  return {
    async sign(type, payload) {
      const input = `${encode({ alg: 'ES256', kid: keyId, typ: type })}.${encode(payload)}`;
      const answer = await kms.send(
        new SignCommand({ KeyId: keyId, Message: digestOfInput(input), MessageType: 'DIGEST', SigningAlgorithm: 'ECDSA_SHA_256' }),
      );
      if (answer.Signature === undefined) throw new OutageError('ERR_KMS_NO_SIGNATURE', `KMS gave no signature for ${keyId}`);
      // An INTEGER has a zero byte before it where it would be negative otherwise (X.690 §8.3).
      const { r, s } = DER.toSig(answer.Signature, scalarBytes + 1);
      const signature = Buffer.concat([numberToBytesBE(r, scalarBytes), numberToBytesBE(s, scalarBytes)]);
      return `${input}.${signature.toString('base64url')}`;
    },
  };
}

/** Verifier that learns public keys from KMS once. Algorithm and key id are pinned by the caller, never taken from the header. */
export function createVerifier(kms: KMSClient): Verifier {
  const publicKey = publicKeys(kms);
  return {
    verify: (jws, { type, keyId }) => openJws(jws, { type, keyId }, () => publicKey(keyId)),
  };
}

/** Checks a JWS against the one key given, whatever its header calls it; for who has no KMS to ask. Throws `EvidenceError`. */
export function verifyWithKey(jws: string, type: EvidenceType, key: KeyObject): Promise<unknown> {
  return openJws(jws, { type }, async () => key);
}

/** Public key of a KMS key, as a PEM text (RFC 7468 §13). Throws like `Verifier`. */
export async function publicKeyPem(kms: KMSClient, keyId: string): Promise<string> {
  return (await loadPublicKey(kms, keyId)).export({ type: 'spki', format: 'pem' }).toString();
}

/** Public keys by key id, each asked for once. */
function publicKeys(kms: KMSClient): (keyId: string) => Promise<KeyObject> {
  const keys = new Map<string, Promise<KeyObject>>();
  return (keyId) => {
    const known = keys.get(keyId);
    if (known !== undefined) return known;
    const loading = loadPublicKey(kms, keyId);
    keys.set(keyId, loading);
    // A failed look-up is asked again next time.
    loading.catch(() => keys.delete(keyId));
    return loading;
  };
}

async function openJws(jws: string, { type, keyId }: { readonly type: EvidenceType; readonly keyId?: string }, keyOf: () => Promise<KeyObject>): Promise<unknown> {
  const [header = '', payload = '', signature = '', ...rest] = jws.split('.');
  if (signature === '' || rest.length > 0) throw new EvidenceError('ERR_EVIDENCE_MALFORMED', 'not a compact JWS');
  const { alg, kid, typ } = parseObject(header);
  if (alg !== 'ES256' || typ !== type || (keyId !== undefined && kid !== keyId)) {
    throw new EvidenceError('ERR_EVIDENCE_KEY', `expected ${type} signed ES256 by ${keyId ?? 'the key given'}, got ${String(typ)} signed ${String(alg)} by ${String(kid)}`);
  }
  const key = await keyOf();
  const authentic = verify('sha256', Buffer.from(`${header}.${payload}`, 'ascii'), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
  if (!authentic) throw new EvidenceError('ERR_EVIDENCE_SIGNATURE', `the signature is not by ${keyId ?? 'the key given'}`);
  return parseObject(payload);
}

async function loadPublicKey(kms: KMSClient, keyId: string): Promise<KeyObject> {
  try {
    const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId: keyId }));
    if (PublicKey !== undefined) return createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' });
  } catch (cause) {
    if (isOutage(cause)) throw new OutageError('ERR_KMS_UNAVAILABLE', `KMS cannot give the public key ${keyId} now`, { cause });
    const message = `the public key ${keyId} cannot be read; check that it exists, is ECC_NIST_P256, and that we may read it`;
    throw new TeamError('ERR_KMS_KEY_UNREADABLE', message, { retryable: true, cause });
  }
  throw new OutageError('ERR_KMS_NO_KEY', `KMS gave no public key for ${keyId}`);
}

function parseObject(part: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    if (typeof value === 'object' && value !== null) return { ...value };
  } catch (cause) {
    throw new EvidenceError('ERR_EVIDENCE_MALFORMED', 'a part of the JWS is not base64url JSON', { cause });
  }
  throw new EvidenceError('ERR_EVIDENCE_MALFORMED', 'a part of the JWS is not an object');
}
