import { createHash, createPublicKey, verify } from 'node:crypto';
import { DescribeKeyCommand, EncryptCommand, GetPublicKeyCommand, SignCommand, VerifyCommand } from '@aws-sdk/client-kms';
import { seededRandom } from '../cloud/random-sources.ts';
import { memoryStore } from '../cloud/storage/memory-store.ts';
import { virtualTimeline } from '../cloud/time/virtual-timeline.ts';
import { createKms, type StoredKey } from './kms.ts';
import { fixture, identityCloud, startMs } from './testing/identity-cloud.ts';

const KeyId = 'alias/team-approval';
const SigningAlgorithm = 'ECDSA_SHA_256' as const;
const text = Buffer.from('sample');
const digest = createHash('sha256').update(text).digest();
const sign = (over: Partial<SignCommand['input']> = {}) =>
  new SignCommand({ KeyId, Message: digest, MessageType: 'DIGEST', SigningAlgorithm, ...over });

test('a signature over a digest verifies with node:crypto and the published key, over the message', async () => {
  const { kms } = identityCloud().as('approval');
  const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId }));
  const { Signature } = await kms.send(sign());
  const key = createPublicKey({ key: Buffer.from(PublicKey ?? []), format: 'der', type: 'spki' });
  expect(key.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
  expect(verify('sha256', text, key, Signature ?? Buffer.alloc(0))).toBe(true);
  expect(verify('sha256', Buffer.from('simple'), key, Signature ?? Buffer.alloc(0))).toBe(false);
});

test('signs as RFC 6979 A.2.5 says for P-256 and SHA-256, message and digest alike', async () => {
  const store = memoryStore();
  const secret = 'c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721';
  store.map<StoredKey>('kms.keys').set(KeyId, { keyId: 'key', secret, createdAt: startMs });
  const kms = createKms({
    store,
    timeline: virtualTimeline(startMs),
    random: seededRandom(1),
    region: 'eu-central-1',
    accountId: '111122223333',
    keys: [KeyId],
  });
  const caller = { name: 'approval', roleArn: 'arn:aws:iam::111122223333:role/approval', accountId: '111122223333' };
  const expected =
    '3046' +
    '022100efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716' +
    '022100f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8';
  for (const [MessageType, Message] of [['RAW', text], ['DIGEST', digest]] as const) {
    const input = { KeyId, MessageType, Message: Message.toString('base64'), SigningAlgorithm };
    const { Signature } = await kms.handle({ action: 'Sign', input, caller });
    expect(Signature).toBe(Buffer.from(expected, 'hex').toString('base64'));
  }
});

test('a key is named by id, key ARN, alias or alias ARN', async () => {
  const { kms } = identityCloud().as('approval');
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
  expect(KeyMetadata).toMatchObject({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY', KeyState: 'Enabled' });
  expect(KeyMetadata?.CreationDate).toEqual(new Date(startMs));
  const aliasArn = `arn:aws:kms:${fixture.Region}:${fixture.DelegatedAdministratorAccountId}:${KeyId}`;
  for (const name of [KeyMetadata?.KeyId, KeyMetadata?.Arn, KeyId, aliasArn]) {
    expect((await kms.send(sign({ KeyId: name }))).KeyId).toBe(KeyMetadata?.Arn);
  }
  await expect(kms.send(sign({ KeyId: 'alias/other' }))).rejects.toMatchObject({ name: 'NotFoundException' });
});

test('says whether a signature is one of its key over a message', async () => {
  const { as } = identityCloud();
  const { Signature } = await as('approval').kms.send(sign());
  const check = (Message: Uint8Array) => new VerifyCommand({ KeyId, Message, MessageType: 'DIGEST', Signature, SigningAlgorithm });
  expect((await as('anybody').kms.send(check(digest))).SignatureValid).toBe(true);
  const other = createHash('sha256').update('simple').digest();
  await expect(as('anybody').kms.send(check(other))).rejects.toMatchObject({ name: 'KMSInvalidSignatureException' });
});

test.each([
  ['a digest that is not 32 bytes long', sign({ Message: digest.subarray(1) }), 'ValidationException'],
  ['a raw message above 4096 bytes', sign({ Message: Buffer.alloc(4097), MessageType: 'RAW' }), 'ValidationException'],
  ['another algorithm', sign({ SigningAlgorithm: 'ECDSA_SHA_384' }), 'InvalidKeyUsageException'],
])('refuses %s', async (_, command, name) => {
  const { kms } = identityCloud().as('approval');
  await expect(kms.send(command)).rejects.toMatchObject({ name });
});

test('signs a raw message of 4096 bytes, and refuses what it does not imitate', async () => {
  const { kms } = identityCloud().as('approval');
  expect((await kms.send(sign({ Message: Buffer.alloc(4096), MessageType: 'RAW' }))).Signature).toBeDefined();
  await expect(kms.send(new EncryptCommand({ KeyId, Plaintext: text }))).rejects.toMatchObject({ name: 'NotImplementedByLocalCloud' });
});
