import type { AccessRequestAcceptedV1 } from '@team/contracts';
import {
  acceptanceClaims,
  approvalDigestOf,
  canonicalJson,
  decisionClaims,
  digestOf,
  evidenceHash,
  EvidenceError,
  grantIdOf,
  requestDigestOf,
  reviewClaims,
  TeamError,
  verifyClaims,
  type AcceptanceClaims,
  type ProofClaims,
  type Signer,
  type Verifier,
} from '@team/runtime';
import type { Evidence } from '../application/ports.ts';
import type { Reason } from '../domain/people.ts';

/** Evidence as JWS: acceptances by the request service's key, decisions by their channel's key, proofs by this service's key. */
export function jwsEvidence(verifier: Verifier, signer: Signer, acceptanceKeyId: string): Evidence {
  return {
    async verifyAcceptance(accepted) {
      const differing = differences(accepted, await signedAcceptance(verifier, accepted.acceptance, acceptanceKeyId));
      if (differing.length > 0) throw forged(`the event differs from what was signed in ${differing.join(', ')}`);
    },

    verifyDecision: (signature, keyId) => orProblem(verifyClaims(verifier, signature, { type: 'team-decision+jws', keyId }, decisionClaims), 'ERR_DECISION_SIGNATURE'),

    verifyReview: (signature, keyId) => orProblem(verifyClaims(verifier, signature, { type: 'team-review+jws', keyId }, reviewClaims), 'ERR_REVIEW_SIGNATURE'),

    signProof(proof, approved) {
      const claims: ProofClaims = {
        ...proof,
        acceptanceHash: evidenceHash(approved.acceptance),
        decisionHashes: approved.decisions.map(evidenceHash),
        approvalDigest: approvalDigestOf(approved),
      };
      return signer.sign('team-proof+jws', claims);
    },

    digestOf,
  };
}

/** What a channel signed, or why it is no evidence. */
async function orProblem<Claims>(claims: Promise<Claims>, code: Reason['code']): Promise<Claims | { readonly problem: Reason }> {
  try {
    return await claims;
  } catch (error) {
    if (!(error instanceof EvidenceError)) throw error;
    return { problem: { code, message: `the signature is not this channel's: ${error.message}`.slice(0, 500) } };
  }
}

async function signedAcceptance(verifier: Verifier, acceptance: string, keyId: string): Promise<AcceptanceClaims> {
  try {
    return await verifyClaims(verifier, acceptance, { type: 'team-acceptance+jws', keyId }, acceptanceClaims);
  } catch (error) {
    if (error instanceof EvidenceError) throw forged(error.message, error);
    throw error;
  }
}

/** Everything signed is compared; what is not signed is never relied on. */
function differences(accepted: AccessRequestAcceptedV1, claims: AcceptanceClaims): string[] {
  const { requestId, grants } = accepted;
  const expected: AcceptanceClaims = {
    requestId,
    requestDigest: requestDigestOf(accepted),
    requester: accepted.requester.userId,
    askedBy: accepted.askedBy?.userId,
    grantIds: grants.map(({ accountId, permissionSetArn }) => grantIdOf(requestId, accountId, permissionSetArn)),
    durationMinutes: accepted.durationMinutes,
    startAt: accepted.startAt,
    approvalRequired: accepted.approvalRequired,
    breakGlass: accepted.breakGlass,
    extends: accepted.extends,
    acceptedAt: accepted.acceptedAt,
  };
  const fields = Object.keys(expected) as (keyof AcceptanceClaims)[];
  const differing: string[] = fields.filter((field) => canonicalJson([expected[field] ?? null]) !== canonicalJson([claims[field] ?? null]));
  if (accepted.requestDigest !== expected.requestDigest) differing.push('requestDigest');
  return [...new Set(differing)];
}

const forged = (detail: string, cause?: unknown): TeamError =>
  new TeamError('ERR_ACCEPTANCE_FORGED', `no acceptance by the request service: ${detail}`, { cause });
