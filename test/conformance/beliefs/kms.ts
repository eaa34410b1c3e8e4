import assert from 'node:assert/strict';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { DescribeKeyCommand, GetPublicKeyCommand, SignCommand } from '@aws-sdk/client-kms';
import { refusal } from '../answers.ts';
import type { Belief } from '../belief.ts';
import type { Place } from '../place.ts';

const api = 'https://docs.aws.amazon.com/kms/latest/APIReference';
const notFound = /^NotFoundException$/;
const invalid = /^ValidationException$/;

async function sign(place: Place, Message: Uint8Array, MessageType: 'RAW' | 'DIGEST'): Promise<Uint8Array> {
  const KeyId = await place.signingKeyAlias();
  const { Signature } = await place.clients.kms.send(new SignCommand({ KeyId, Message, MessageType, SigningAlgorithm: 'ECDSA_SHA_256' }));
  return Signature ?? new Uint8Array();
}

async function publicKey(place: Place) {
  const { PublicKey } = await place.clients.kms.send(new GetPublicKeyCommand({ KeyId: await place.signingKeyAlias() }));
  return createPublicKey({ key: Buffer.from(PublicKey ?? []), format: 'der', type: 'spki' });
}

/** Beliefs about keys that sign. */
export const kmsBeliefs: readonly Belief[] = [
  {
    id: 'kms.public-key',
    says: 'GetPublicKey answers a SubjectPublicKeyInfo of curve P-256 for a key named by its alias.',
    source: `${api}/API_GetPublicKey.html`,
    async check(place) {
      assert.equal((await publicKey(place)).asymmetricKeyDetails?.namedCurve, 'prime256v1');
    },
  },
  {
    id: 'kms.sign-digest',
    says: 'A signature over a digest is DER and verifies over the message with SHA-256.',
    source: `${api}/API_Sign.html`,
    async check(place) {
      const message = Buffer.from('a claim that is longer than RAW allows '.repeat(200));
      const signature = await sign(place, createHash('sha256').update(message).digest(), 'DIGEST');
      assert.equal(signature[0], 0x30);
      assert.equal(verify('sha256', message, { key: await publicKey(place), dsaEncoding: 'der' }, signature), true);
      assert.equal(verify('sha256', Buffer.from('another'), { key: await publicKey(place), dsaEncoding: 'der' }, signature), false);
    },
  },
  {
    id: 'kms.raw-limit',
    says: 'A RAW message has 4,096 bytes at most.',
    source: `${api}/API_Sign.html`,
    async check(place) {
      const message = new Uint8Array(4_096);
      assert.equal(verify('sha256', message, await publicKey(place), await sign(place, message, 'RAW')), true);
      await refusal(sign(place, new Uint8Array(4_097), 'RAW'), invalid);
    },
  },
  {
    id: 'kms.digest-length',
    says: 'A digest of another length than SHA-256 has is refused.',
    source: `${api}/API_Sign.html`,
    async check(place) {
      await refusal(sign(place, new Uint8Array(31), 'DIGEST'), invalid);
    },
  },
  {
    id: 'kms.describe',
    says: 'DescribeKey tells the id behind an alias, the key’s spec, what it is for and whether it is enabled.',
    source: `${api}/API_DescribeKey.html`,
    async check(place) {
      const { KeyMetadata } = await place.clients.kms.send(new DescribeKeyCommand({ KeyId: await place.signingKeyAlias() }));
      const { KeySpec, KeyUsage, Enabled, KeyId, Arn } = KeyMetadata ?? {};
      assert.deepEqual([KeySpec, KeyUsage, Enabled], ['ECC_NIST_P256', 'SIGN_VERIFY', true]);
      assert.ok(Arn?.endsWith(`:key/${KeyId ?? '?'}`));
    },
  },
  {
    id: 'kms.unknown-alias',
    says: 'An alias that there is not is not found.',
    source: `${api}/API_DescribeKey.html`,
    async check(place) {
      await refusal(place.clients.kms.send(new DescribeKeyCommand({ KeyId: `alias/${place.sandbox.name('nothing')}` })), notFound);
    },
  },
];
