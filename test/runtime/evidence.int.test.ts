import { createSigner, createVerifier, EvidenceError, proofClaims, verifyClaims } from '@team/runtime';
import { benchKms } from './bench-service.ts';

const as = benchKms();
const own = createSigner(as('signer'), 'alias/own');
const verifier = createVerifier(as('anybody'));
const expected = { type: 'team-proof+jws', keyId: 'alias/own' } as const;

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const code = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'accepted',
    (error: unknown) => (error instanceof EvidenceError ? error.code : String(error)),
  );

it('verifies what was signed and gives its payload', async () => {
  const jws = await own.sign('team-proof+jws', { grant: 'one' });
  expect(await verifier.verify(jws, expected)).toEqual({ grant: 'one' });
});

it('signs payloads larger than KMS takes as a message', async () => {
  const payload = { text: 'x'.repeat(10_000) };
  expect(await verifier.verify(await own.sign('team-proof+jws', payload), expected)).toEqual(payload);
});

it('is not signed for by anybody but the signer', async () => {
  const stranger = createSigner(as('signer'), 'alias/other');
  await expect(stranger.sign('team-proof+jws', {})).rejects.toThrow(/not authorized/i);
});

it.each([
  ['another payload', async (jws: string) => jws.replace(/\.[^.]+\./, `.${encode({ grant: 'two' })}.`), 'ERR_EVIDENCE_SIGNATURE'],
  ['another signature', async (jws: string) => `${jws.slice(0, -8)}AAAAAAAA`, 'ERR_EVIDENCE_SIGNATURE'],
  ['no signature', async (jws: string) => jws.slice(0, jws.lastIndexOf('.')), 'ERR_EVIDENCE_MALFORMED'],
  ['alg none', async (jws: string) => jws.replace(/^[^.]+/, encode({ alg: 'none', kid: 'alias/own', typ: 'team-proof+jws' })), 'ERR_EVIDENCE_KEY'],
  ['another kind of evidence', () => own.sign('team-decision+jws', { grant: 'one' }), 'ERR_EVIDENCE_KEY'],
  ['another key', () => createSigner(as('somebody-else'), 'alias/other').sign('team-proof+jws', { grant: 'one' }), 'ERR_EVIDENCE_KEY'],
  [
    'another key under the right name',
    async () => {
      const jws = await createSigner(as('somebody-else'), 'alias/other').sign('team-proof+jws', { grant: 'one' });
      return jws.replace(/^[^.]+/, encode({ alg: 'ES256', kid: 'alias/own', typ: 'team-proof+jws' }));
    },
    'ERR_EVIDENCE_SIGNATURE',
  ],
  ['no JSON', async (jws: string) => jws.replace(/^[^.]+/, 'bm90IGpzb24'), 'ERR_EVIDENCE_MALFORMED'],
])('refuses %s', async (_what, tamper, wanted) => {
  const jws = await tamper(await own.sign('team-proof+jws', { grant: 'one' }));
  expect(await code(verifier.verify(jws, expected))).toBe(wanted);
});

it('refuses claims that lack what a proof must say', async () => {
  const jws = await own.sign('team-proof+jws', { grantId: 'x' });
  expect(await code(verifyClaims(verifier, jws, expected, proofClaims))).toBe('ERR_EVIDENCE_CLAIMS');
});

it('does not take a key that is not there for an outage, which would be waited for for ever', async () => {
  const missing = { type: 'team-proof+jws', keyId: 'alias/nowhere' } as const;
  const jws = (await own.sign('team-proof+jws', {})).replace(/^[^.]+/, encode({ alg: 'ES256', kid: 'alias/nowhere', typ: 'team-proof+jws' }));
  const failure: unknown = await verifier.verify(jws, missing).catch((error: unknown) => error);
  expect(failure).toMatchObject({ name: 'TeamError', code: 'ERR_KMS_KEY_UNREADABLE', retryable: true });
});
