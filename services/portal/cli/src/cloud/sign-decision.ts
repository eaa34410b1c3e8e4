import type { DecisionClaims } from '@team/runtime';
import type { Connection } from './connection.ts';
import { deployment } from './deployment.ts';

/** How long a signed decision may be on its way (s). */
const goodForSeconds = 15 * 60;

/** Signs a decision as the local channel does: with its own key, as of somebody who signed in at `now` (ms, by the cloud's clock). */
export async function signDecision(
  connection: Connection,
  decision: Pick<DecisionClaims, 'requestId' | 'requestDigest' | 'decisionId' | 'decider' | 'verdict'>,
  now: number,
): Promise<string> {
  const { caller, keyId } = deployment.channel;
  // Loaded when it is needed, as the directory is.
  const { createSigner } = await import('@team/runtime');
  const seconds = Math.floor(now / 1000);
  const claims: DecisionClaims = { ...decision, auth_time: seconds, exp: seconds + goodForSeconds };
  return createSigner(connection.kms(caller), keyId).sign('team-decision+jws', claims);
}
