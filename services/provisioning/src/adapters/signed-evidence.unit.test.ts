import { generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import { EvidenceError, evidenceHash, OutageError, type EvidenceType, type Verifier } from '@team/runtime';
import { signedEvidence } from './signed-evidence.ts';

const keyNames = ['acceptance', 'proof', 'channel-1', 'channel-2', 'stranger'] as const;
const keys = new Map<string, { publicKey: KeyObject; privateKey: KeyObject }>(
  keyNames.map((name) => [name, generateKeyPairSync('ec', { namedCurve: 'P-256' })]),
);
const keyOf = (name: string) => {
  const key = keys.get(name);
  if (key === undefined) throw new Error(`no key ${name}`);
  return key;
};
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const signed = (kid: string, typ: EvidenceType, claims: object, by = kid): string => {
  const input = `${part({ alg: 'ES256', kid, typ })}.${part(claims)}`;
  const signature = sign('sha256', Buffer.from(input), { key: keyOf(by).privateKey, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
};

/** Checks as the kernel's verifier does, with keys that are at hand. */
const verifier: Verifier = {
  verify: async (jws, { type, keyId }) => {
    const [header = '', payload = '', signature = ''] = jws.split('.');
    const { kid, typ } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string; typ: string };
    if (kid !== keyId || typ !== type) throw new EvidenceError('ERR_EVIDENCE_KEY', `not ${type} by ${keyId}`);
    const key = { key: keyOf(keyId).publicKey, dsaEncoding: 'ieee-p1363' } as const;
    if (!verify('sha256', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'))) {
      throw new EvidenceError('ERR_EVIDENCE_SIGNATURE', `not by ${keyId}`);
    }
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
    return claims;
  },
};

const emitter = (name: string) => ({ name, roleArn: `arn:aws:iam::111122223333:role/${name}`, source: `acme.${name}`, detailTypes: ['X.v1'] });
const config = {
  keys: { acceptance: 'acceptance', proof: 'proof', checkpoint: 'checkpoint' },
  emitters: [emitter('pipeline'), ...['channel-1', 'channel-2'].map((keyId) => ({ ...emitter(keyId), mayDecide: { keyId } }))],
};
const decision = {
  requestId: '018f0000-0000-7000-8000-000000000001',
  requestDigest: 'a'.repeat(64),
  decisionId: '018f0000-0000-7000-8000-000000000002',
  decider: '94482488-0000-7000-8000-000000000001',
  verdict: 'approve',
  auth_time: 1,
  exp: 2,
};
const evidence = signedEvidence(verifier, config);
const codeOf = async (read: Promise<{ ok: boolean; reason?: { code: string } }>) => (await read).reason?.code;

describe('signed evidence', () => {
  it('takes a decision signed by any registered channel, and knows it by the hash of its own text', async () => {
    const jws = signed('channel-2', 'team-decision+jws', decision);
    expect(await evidence.decision(jws)).toEqual({ ok: true, signed: { claims: decision, hash: evidenceHash(jws) } });
  });

  it.each([
    ['signed by a key of no channel', signed('stranger', 'team-decision+jws', decision), 'ERR_EVIDENCE_KEY'],
    ['that only claims to be a channel’s', signed('channel-1', 'team-decision+jws', decision, 'stranger'), 'ERR_EVIDENCE_SIGNATURE'],
    ['of another kind', signed('channel-1', 'team-proof+jws', decision), 'ERR_EVIDENCE_KEY'],
    ['signed by the proof’s key', signed('proof', 'team-decision+jws', decision), 'ERR_EVIDENCE_KEY'],
    ['without a decider', signed('channel-1', 'team-decision+jws', { ...decision, decider: undefined }), 'ERR_EVIDENCE_CLAIMS'],
  ])('refuses a decision %s', async (_what, jws, code) => {
    expect(await codeOf(evidence.decision(jws))).toBe(code);
  });

  it('refuses a proof and an acceptance that each other’s key signed', async () => {
    expect(await codeOf(evidence.proof(signed('acceptance', 'team-proof+jws', {})))).toBe('ERR_EVIDENCE_KEY');
    expect(await codeOf(evidence.acceptance(signed('proof', 'team-acceptance+jws', {})))).toBe('ERR_EVIDENCE_KEY');
  });

  it('refuses every decision where no channel is registered', async () => {
    const nobody = signedEvidence(verifier, { ...config, emitters: [emitter('pipeline')] });
    expect(await codeOf(nobody.decision(signed('channel-1', 'team-decision+jws', decision)))).toBe('ERR_EVIDENCE_KEY');
  });

  it('judges nothing while the keys cannot be read', async () => {
    const down: Verifier = { verify: () => Promise.reject(new OutageError('ERR_KMS_UNAVAILABLE', 'down')) };
    await expect(signedEvidence(down, config).proof('a.b.c')).rejects.toThrow(OutageError);
  });
});
