import {
  acceptanceClaims,
  decisionClaims,
  EvidenceError,
  evidenceHash,
  grantIdOf,
  proofClaims,
  verifyClaims,
  type EvidenceType,
  type ServiceConfig,
  type Verifier,
} from '@team/runtime';
import type { Evidence, Read } from '../application/ports.ts';
import { reasonOf } from '../domain/facts.ts';

type Schema<Claims> = Parameters<typeof verifyClaims<Claims>>[3];

/** Evidence as signed by the deployment's keys: each kind by its own, a decision by one of the registered channels'. */
export function signedEvidence(verifier: Verifier, config: Pick<ServiceConfig, 'keys' | 'emitters'>): Evidence {
  const channelKeys = config.emitters.flatMap(({ mayDecide }) => (mayDecide === undefined ? [] : [mayDecide.keyId]));

  const read = async <Claims>(jws: string, type: EvidenceType, keyIds: readonly string[], schema: Schema<Claims>): Promise<Read<Claims>> => {
    const what = type.replace(/^team-(.*)\+jws$/, '$1');
    let wrong = reasonOf('ERR_EVIDENCE_KEY', `${what}: no key is registered that could sign it`);
    for (const keyId of keyIds) {
      try {
        return { ok: true, signed: { claims: await verifyClaims(verifier, jws, { type, keyId }, schema), hash: evidenceHash(jws) } };
      } catch (error) {
        if (!(error instanceof EvidenceError)) throw error;
        wrong = reasonOf(error.code, `${what}: ${error.message}`);
        // Another channel's key may be the one; with the right key, everything else that is wrong stays wrong.
        if (error.code !== 'ERR_EVIDENCE_KEY') break;
      }
    }
    return { ok: false, reason: wrong };
  };

  return {
    proof: (jws) => read(jws, 'team-proof+jws', [config.keys.proof], proofClaims),
    acceptance: (jws) => read(jws, 'team-acceptance+jws', [config.keys.acceptance], acceptanceClaims),
    decision: (jws) => read(jws, 'team-decision+jws', channelKeys, decisionClaims),
    grantIdOf,
  };
}
