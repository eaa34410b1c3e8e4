import type { DecisionClaims, EvidenceType, PolicyDecisionClaims, ReviewClaims } from '@team/runtime';
import type { Connection } from './connection.ts';
import { deployment } from './deployment.ts';

/** How long what is signed may be on its way (s). */
const goodForSeconds = 15 * 60;

/** Signs a decision as the local channel does: with its own key, as of somebody who signed in at `now` (ms, by the cloud's clock). */
export async function signDecision(
  connection: Connection,
  decision: Pick<DecisionClaims, 'requestId' | 'requestDigest' | 'decisionId' | 'decider' | 'verdict'>,
  now: number,
): Promise<string> {
  return sign(connection, 'team-decision+jws', (times): DecisionClaims => ({ ...decision, ...times }), now);
}

/** Signs a review of break glass in the same way. */
export function signReview(connection: Connection, review: Pick<ReviewClaims, 'requestId' | 'reviewer' | 'verdict'>, now: number): Promise<string> {
  return sign(connection, 'team-review+jws', (times): ReviewClaims => ({ ...review, ...times }), now);
}

/** Signs a decision on a change of policy in the same way. */
export function signPolicyDecision(connection: Connection, decision: Pick<PolicyDecisionClaims, 'changeId' | 'changeDigest' | 'decider' | 'verdict'>, now: number): Promise<string> {
  return sign(connection, 'team-policy-decision+jws', (times): PolicyDecisionClaims => ({ ...decision, ...times }), now);
}

async function sign(
  connection: Connection,
  type: EvidenceType,
  claims: (times: { readonly auth_time: number; readonly exp: number }) => object,
  now: number,
): Promise<string> {
  const { caller, keyId } = deployment.channel;
  // Loaded when it is needed, as the directory is.
  const { createSigner } = await import('@team/runtime');
  const seconds = Math.floor(now / 1000);
  return createSigner(connection.kms(caller), keyId).sign(type, claims({ auth_time: seconds, exp: seconds + goodForSeconds }));
}
