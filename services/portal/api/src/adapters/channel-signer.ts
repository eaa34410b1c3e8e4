import type { KMSClient } from '@aws-sdk/client-kms';
import { createSigner, type DecisionClaims, type PolicyDecisionClaims, type ReviewClaims } from '@team/runtime';
import type { Signer } from '../application/ports.ts';

/** How long what is signed may be on its way (s). */
const goodForSeconds = 15 * 60;

/** Signs what people say with the channel's key. */
export function channelSigner(kms: KMSClient, keyId: string, clock: () => number): Signer {
  const signer = createSigner(kms, keyId);
  const times = (authTime: number) => ({ auth_time: authTime, exp: Math.floor(clock() / 1_000) + goodForSeconds });
  return {
    decision: ({ authTime, ...claims }) => signer.sign('team-decision+jws', { ...claims, ...times(authTime) } satisfies DecisionClaims),
    policyDecision: ({ authTime, ...claims }) => signer.sign('team-policy-decision+jws', { ...claims, ...times(authTime) } satisfies PolicyDecisionClaims),
    review: ({ authTime, ...claims }) => signer.sign('team-review+jws', { ...claims, ...times(authTime) } satisfies ReviewClaims),
  };
}
