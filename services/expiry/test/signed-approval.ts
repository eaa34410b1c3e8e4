import { generateKeyPairSync, sign, verify } from 'node:crypto';
import type { AccessApprovedV1 } from '@team/contracts';
import { approvalDigestOf, EvidenceError, evidenceHash, type EvidenceType, type Verifier } from '@team/runtime';
import { approval } from './received.ts';
import { grantIds } from './scenario.ts';

/** Ids of the keys that sign here. */
export const keys = { acceptance: 'acceptance', proof: 'proof', checkpoint: 'checkpoint' };
const names = ['acceptance', 'proof', 'intruder'] as const;
const pairs = new Map(names.map((name) => [name as string, generateKeyPairSync('ec', { namedCurve: 'P-256' })]));
const pairOf = (keyId: string) => {
  const pair = pairs.get(keyId);
  if (pair === undefined) throw new RangeError(`no key ${keyId}`);
  return pair;
};
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A compact JWS that says it is by the key `keyId`, signed by the key `by`. */
export function signed(type: EvidenceType, keyId: string, claims: object, by: string = keyId): string {
  const input = `${part({ alg: 'ES256', kid: keyId, typ: type })}.${part(claims)}`;
  const signature = sign('sha256', Buffer.from(input), { key: pairOf(by).privateKey, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
}

/** Checks as the kernel's verifier does, with keys that are at hand. */
export const verifier: Verifier = {
  verify: async (jws, { type, keyId }) => {
    const [header = '', payload = '', signature = ''] = jws.split('.');
    const { kid, typ } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string; typ: string };
    if (kid !== keyId || typ !== type) throw new EvidenceError('ERR_EVIDENCE_KEY', `not ${type} by ${keyId}`);
    const key = { key: pairOf(keyId).publicKey, dsaEncoding: 'ieee-p1363' } as const;
    if (!verify('sha256', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'))) {
      throw new EvidenceError('ERR_EVIDENCE_SIGNATURE', `not by ${keyId}`);
    }
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
    return claims;
  },
};

/** An approval of two grants, for a start an hour after its acceptance, signed by those who may. */
export function signedApproval(): AccessApprovedV1 {
  const unsigned = approval({ startsAt: 60, grants: grantIds.slice(0, 2) });
  const { requestId, requester, grants, window, acceptedAt, breakGlass, decisions } = unsigned;
  const acceptance = signed('team-acceptance+jws', keys.acceptance, {
    requestId,
    requestDigest: 'a'.repeat(64),
    requester: requester.userId,
    grantIds: grants.map(({ grantId }) => grantId),
    durationMinutes: window.durationMinutes,
    approvalRequired: true,
    breakGlass,
    acceptedAt,
  });
  const approved = { ...unsigned, acceptance };
  return { ...approved, grants: grants.map((grant) => ({ ...grant, proof: signed('team-proof+jws', keys.proof, claimsOf(approved, grant)) })) };

  function claimsOf(said: AccessApprovedV1, { grantId, accountId, permissionSetArn }: AccessApprovedV1['grants'][number]): object {
    const hashes = { acceptanceHash: evidenceHash(acceptance), decisionHashes: decisions.map(evidenceHash) };
    const approvalDigest = approvalDigestOf(said);
    return { requestId, grantId, principalId: requester.userId, accountId, permissionSetArn, ...window, ...hashes, approvalDigest };
  }
}
