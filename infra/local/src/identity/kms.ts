import { p256 } from '@noble/curves/nist.js';
import * as z from 'zod';
import { AwsError } from '../cloud/aws-error.ts';
import type { JsonObject } from '../cloud/json.ts';
import { randomUuid } from '../cloud/random-sources.ts';
import type { Random } from '../cloud/random.ts';
import type { Call, StandIn } from '../cloud/stand-in.ts';
import type { Store } from '../cloud/store.ts';
import type { Timeline } from '../cloud/timeline.ts';
import { perform, parseInput, type Action } from './input.ts';

export interface KmsOptions {
  readonly store: Store;
  readonly timeline: Timeline;
  /** Private keys are drawn from it: as secret as it is. */
  readonly random: Random;
  readonly region: string;
  readonly accountId: string;
  /** Aliases (`alias/…`) of the signing keys (ECC_NIST_P256, SIGN_VERIFY); made if the store lacks them. */
  readonly keys: readonly string[];
}

export interface Kms extends StandIn {
  /** A key by id, key ARN, alias or alias ARN. Throws `NotFoundException`. */
  keyNamed(name: string): { readonly arn: string; readonly alias: string };
}

/** A key as the store keeps it, under its alias. */
export interface StoredKey {
  readonly keyId: string;
  /** The secret scalar, 32 bytes, hexadecimal. */
  readonly secret: string;
  readonly createdAt: number;
}

const KeyId = z.string().min(1).max(2048);
const base64 = z.base64().transform((text) => Uint8Array.from(Buffer.from(text, 'base64')));
const MessageType = z.enum(['RAW', 'DIGEST']).default('RAW');
const SigningAlgorithm = z.string().min(1);
const inputs = {
  key: z.object({ KeyId }),
  sign: z.object({ KeyId, Message: base64, MessageType, SigningAlgorithm }),
  verify: z.object({ KeyId, Message: base64, MessageType, SigningAlgorithm, Signature: base64 }),
};

/** What stands before the 65-byte point in the SubjectPublicKeyInfo of a P-256 key (RFC 5480 §2). */
const spkiPrefix = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex');
const keyFacts = {
  KeySpec: 'ECC_NIST_P256',
  CustomerMasterKeySpec: 'ECC_NIST_P256',
  KeyUsage: 'SIGN_VERIFY',
  SigningAlgorithms: ['ECDSA_SHA_256'],
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/Welcome.html, asymmetric signing. Signatures are deterministic (RFC 6979). */
export function createKms({ store, timeline, random, region, accountId, keys }: KmsOptions): Kms {
  const stored = store.map<StoredKey>('kms.keys');
  for (const alias of keys) {
    if (stored.has(alias)) continue;
    // Seeded with more bytes than the order has, so that the scalar is unbiased (FIPS 186-5 A.2.1).
    const seed = Uint8Array.from({ length: 48 }, () => Math.floor(random.next() * 256));
    const secret = p256.utils.randomSecretKey(seed);
    stored.set(alias, { keyId: randomUuid(random), secret: Buffer.from(secret).toString('hex'), createdAt: timeline.now() });
  }
  store.commit();

  const arn = (resource: string): string => `arn:aws:kms:${region}:${accountId}:${resource}`;
  /** A key is named by id, key ARN, alias or alias ARN: https://docs.aws.amazon.com/kms/latest/developerguide/find-cmk-id-arn.html */
  const find = (name: string): StoredKey & { alias: string; arn: string } => {
    for (const alias of keys) {
      const kept = stored.get(alias);
      if (kept === undefined) continue;
      const keyArn = arn(`key/${kept.keyId}`);
      if ([kept.keyId, keyArn, alias, arn(alias)].includes(name)) return { ...kept, alias, arn: keyArn };
    }
    throw new AwsError('NotFoundException', name.includes('alias/') ? `Alias ${name} is not found.` : `Key '${name}' does not exist`);
  };
  const publicPoint = (key: StoredKey): Uint8Array => p256.getPublicKey(Buffer.from(key.secret, 'hex'), false);
  // KMS does not normalize s, and OpenSSL does not ask for it either.
  const signing = (prehash: boolean) => ({ prehash, lowS: false, format: 'der' }) as const;

  const sign = (call: Call): JsonObject => {
    const input = parseInput(inputs.sign, call);
    const key = find(input.KeyId);
    const prehash = requireMessage(input);
    const signature = p256.sign(input.Message, Buffer.from(key.secret, 'hex'), signing(prehash));
    return { KeyId: key.arn, Signature: Buffer.from(signature).toString('base64'), SigningAlgorithm: 'ECDSA_SHA_256' };
  };
  const verify = (call: Call): JsonObject => {
    const input = parseInput(inputs.verify, call);
    const key = find(input.KeyId);
    const prehash = requireMessage(input);
    // An invalid signature is an error, not an answer: https://docs.aws.amazon.com/kms/latest/APIReference/API_Verify.html
    if (!p256.verify(input.Signature, input.Message, publicPoint(key), signing(prehash))) {
      throw new AwsError('KMSInvalidSignatureException', 'The signature is not one of this key over this message');
    }
    return { KeyId: key.arn, SignatureValid: true, SigningAlgorithm: 'ECDSA_SHA_256' };
  };

  const actions = new Map<string, Action>([
    ['Sign', sign],
    ['Verify', verify],
    [
      'GetPublicKey',
      (call) => {
        const key = find(parseInput(inputs.key, call).KeyId);
        return { KeyId: key.arn, PublicKey: Buffer.concat([spkiPrefix, publicPoint(key)]).toString('base64'), ...keyFacts };
      },
    ],
    [
      'DescribeKey',
      (call) => {
        const key = find(parseInput(inputs.key, call).KeyId);
        const state = { Enabled: true, KeyState: 'Enabled', Origin: 'AWS_KMS', KeyManager: 'CUSTOMER', MultiRegion: false };
        const identity = { AWSAccountId: accountId, KeyId: key.keyId, Arn: key.arn, CreationDate: key.createdAt / 1000 };
        return { KeyMetadata: { ...identity, ...state, ...keyFacts } };
      },
    ],
  ]);

  return {
    target: 'TrentService',
    handle: (call) => perform('KMS', actions, call),
    keyNamed: find,
  };
}

/** Limits of https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html. Answers whether the message is still to be hashed. */
function requireMessage(input: { Message: Uint8Array; MessageType: 'RAW' | 'DIGEST'; SigningAlgorithm: string }): boolean {
  if (input.SigningAlgorithm !== 'ECDSA_SHA_256') {
    throw new AwsError('InvalidKeyUsageException', `Algorithm ${input.SigningAlgorithm} is incompatible with key spec ECC_NIST_P256.`);
  }
  if (input.MessageType === 'DIGEST' && input.Message.length !== 32) {
    throw new AwsError('ValidationException', 'Digest is invalid length for algorithm ECDSA_SHA_256.');
  }
  if (input.Message.length < 1 || input.Message.length > 4096) {
    throw new AwsError('ValidationException', "1 validation error detected: 'message' must have length between 1 and 4096 bytes");
  }
  return input.MessageType === 'RAW';
}
