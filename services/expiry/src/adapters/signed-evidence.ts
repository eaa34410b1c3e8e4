import { acceptanceClaims, approvalDigestOf, evidenceHash, proofClaims, verifyClaims, type ServiceConfig, type Verifier } from '@team/runtime';
import type { Evidence } from '../application/ports.ts';

/** Evidence as signed by the deployment's keys: acceptances by the request service's, proofs by the approval service's. */
export function signedEvidence(verifier: Verifier, { acceptance, proof }: ServiceConfig['keys']): Evidence {
  return {
    acceptance: (jws) => verifyClaims(verifier, jws, { type: 'team-acceptance+jws', keyId: acceptance }, acceptanceClaims),
    proof: (jws) => verifyClaims(verifier, jws, { type: 'team-proof+jws', keyId: proof }, proofClaims),
    hashOf: evidenceHash,
    digestOf: approvalDigestOf,
  };
}
