import { OutageError } from '@team/runtime';
import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';
import { allowInsecureRequests, ClientSecretBasic, discovery, enableNonRepudiationChecks, None, type Configuration } from 'openid-client';

export interface IdentityProviderOptions {
  readonly issuer: string;
  readonly clientId: string;
  /** Absent where nobody is signed in: for who verifies tokens alone. */
  readonly clientSecret?: string | undefined;
}

/** The identity provider as it describes itself; rejects with a retryable `ERR_ISSUER_UNAVAILABLE` where it does not answer. */
export type IdentityProvider = () => Promise<Configuration>;

/** Asks at the first sign-in and remembers the answer; a failure is not remembered. */
export function identityProvider({ issuer, clientId, clientSecret }: IdentityProviderOptions): IdentityProvider {
  let known: Promise<Configuration> | undefined;
  const proofOfUs = clientSecret === undefined ? None() : ClientSecretBasic(clientSecret);
  // A signature is verified although TLS would do (OpenID Connect Core §3.1.3.7): a proxy on the way is none we need to trust.
  const execute = [enableNonRepudiationChecks, ...(isLocal(issuer) ? [allowInsecureRequests] : [])];
  return async () => {
    known ??= discovery(new URL(issuer), clientId, undefined, proofOfUs, { execute, timeout: 10 });
    try {
      return await known;
    } catch (error) {
      known = undefined;
      throw new OutageError('ERR_ISSUER_UNAVAILABLE', `${issuer} does not answer as an OpenID provider; try again`, { cause: error });
    }
  };
}

/** The keys that the provider signs with, read again as it changes them: for verifying tokens. */
export function keysOf(provider: IdentityProvider): JWTVerifyGetKey {
  let keys: JWTVerifyGetKey | undefined;
  return async (header, token) => {
    if (keys === undefined) {
      const { jwks_uri: at, issuer } = (await provider()).serverMetadata();
      if (at === undefined) throw new OutageError('ERR_ISSUER_UNAVAILABLE', `${issuer} does not say where its keys are`);
      keys = createRemoteJWKSet(new URL(at));
    }
    return keys(header, token);
  };
}

/** Plain HTTP is for a provider on this machine alone. */
function isLocal(issuer: string): boolean {
  const { protocol, hostname } = new URL(issuer);
  return protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}
