import type { AccessApprovedV1 } from '@team/contracts';
import { OutageError, TeamError, type Verifier } from '@team/runtime';
import { keys, signed, signedApproval, verifier } from '../../test/signed-approval.ts';
import { signedEvidence } from '../adapters/signed-evidence.ts';
import { verifyApproval } from './verify-approval.ts';

const genuine = signedApproval();
const finalError = (code: `ERR_${string}`, message: string) => new TeamError(code, message);
const verified = (data: AccessApprovedV1, by: Verifier = verifier) => verifyApproval(signedEvidence(by, keys), finalError, data);
const [first, second] = genuine.grants;
if (first === undefined || second === undefined) throw new Error('two grants');

/** What a piece of evidence says, signed again. */
const claimsIn = (jws: string) => JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
const withProof = (proof: string): AccessApprovedV1 => ({ ...genuine, grants: [first, { ...second, proof }] });
const { approvalDigest: _absent, ...withoutDigest } = claimsIn(second.proof);

describe('verifying an approval', () => {
  it('takes the genuine one, and the time of acceptance from the acceptance', async () => {
    expect(await verified(genuine)).toEqual({ acceptedAt: claimsIn(genuine.acceptance)['acceptedAt'] });
  });

  const forgeries: readonly (readonly [what: string, code: string, data: AccessApprovedV1])[] = [
    ['whose acceptance an intruder signed', 'ERR_EVIDENCE_SIGNATURE', { ...genuine, acceptance: signed('team-acceptance+jws', keys.acceptance, claimsIn(genuine.acceptance), 'intruder') }],
    ['whose acceptance is a proof', 'ERR_EVIDENCE_KEY', { ...genuine, acceptance: first.proof }],
    ['whose acceptance the approval service signed', 'ERR_EVIDENCE_KEY', { ...genuine, acceptance: signed('team-acceptance+jws', keys.proof, claimsIn(genuine.acceptance)) }],
    ['one of whose proofs an intruder signed', 'ERR_EVIDENCE_SIGNATURE', withProof(signed('team-proof+jws', keys.proof, claimsIn(second.proof), 'intruder'))],
    ['one of whose proofs is the acceptance', 'ERR_EVIDENCE_KEY', withProof(genuine.acceptance)],
    ['one of whose proofs is another grant’s', 'ERR_PROOF_GRANT', withProof(first.proof)],
    ['one of whose proofs says nothing of the whole approval', 'ERR_EVIDENCE_CLAIMS', withProof(signed('team-proof+jws', keys.proof, withoutDigest))],
    ['that was accepted at its start', 'ERR_ACCEPTANCE_TIME', { ...genuine, acceptedAt: genuine.window.notBefore }],
    ['that more may end', 'ERR_PROOF_APPROVAL', { ...genuine, revocableBy: { groupIds: [], userIds: ['93672a4c-0009-7009-8009-000000000009'] } }],
    ['that was given at another time', 'ERR_PROOF_APPROVAL', { ...genuine, approvedAt: '2026-11-22T10:06:00.000Z' }],
    ['that calls its requester something else', 'ERR_PROOF_APPROVAL', { ...genuine, requester: { ...genuine.requester, userName: 'mallory' } }],
    ['for another person', 'ERR_ACCEPTANCE_REQUESTER', { ...genuine, requester: { ...genuine.requester, userId: '93672a4c-0009-7009-8009-000000000009' } }],
    ['in another account', 'ERR_PROOF_TARGET', { ...genuine, grants: [first, { ...second, accountId: '999988887777' }] }],
    ['that ends later', 'ERR_PROOF_WINDOW', { ...genuine, window: { ...genuine.window, latestEnd: '2027-11-22T10:00:00.000Z' } }],
    ['without its decisions', 'ERR_PROOF_DECISIONS', { ...genuine, decisions: [] }],
    ['of one grant of two', 'ERR_ACCEPTANCE_GRANT', { ...genuine, grants: [first] }],
  ];
  it.each(forgeries)('refuses for good one %s: %s', async (_what, code, data) => {
    await expect(verified(data)).rejects.toMatchObject({ code, retryable: false });
  });

  it('refuses none while the keys cannot be read', async () => {
    const down: Verifier = { verify: () => Promise.reject(new OutageError('ERR_KMS_UNAVAILABLE', 'down')) };
    await expect(verified(genuine, down)).rejects.toThrow(OutageError);
  });
});
