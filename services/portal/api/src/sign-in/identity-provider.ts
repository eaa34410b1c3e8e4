import { kept, OutageError, TeamError, type Clock } from '@team/runtime';
import { allowInsecureRequests, ClientSecretBasic, discovery, enableNonRepudiationChecks, type Configuration } from 'openid-client';

export interface IdentityProviderOptions {
  readonly issuer: string;
  readonly clientId: string;
  /** The secret, or how it is come by. */
  readonly clientSecret: string | (() => Promise<string>);
  readonly now: Clock;
}

/** How old what is known of the provider may be (ms): a new secret, or another endpoint, counts so soon without a deployment. */
const maxAgeMs = 5 * 60_000;

/** The identity provider as it describes itself; rejects with a retryable `ERR_ISSUER_UNAVAILABLE` where it does not answer. */
export type IdentityProvider = () => Promise<Configuration>;

/** Asks at a sign-in and keeps the answer, with the secret, for five minutes; a failure is not kept. */
export function identityProvider({ issuer, clientId, clientSecret, now }: IdentityProviderOptions): IdentityProvider {
  // A signature is verified although TLS would do (OpenID Connect Core §3.1.3.7): a proxy on the way is none we need to trust.
  const execute = [enableNonRepudiationChecks, ...(isLocal(issuer) ? [allowInsecureRequests] : [])];
  const known = kept({ now, maxAgeMs, keyOf: () => '' }, found);
  return async () => {
    try {
      return await known(undefined);
    } catch (error) {
      if (error instanceof TeamError) throw error;
      throw new OutageError('ERR_ISSUER_UNAVAILABLE', `${issuer} does not answer as an OpenID provider; try again`, { cause: error });
    }
  };

  async function found(): Promise<Configuration> {
    const secret = typeof clientSecret === 'string' ? clientSecret : await clientSecret();
    return discovery(new URL(issuer), clientId, undefined, ClientSecretBasic(secret), { execute, timeout: 10 });
  }
}

/** Plain HTTP is for a provider on this machine alone. */
function isLocal(issuer: string): boolean {
  const { protocol, hostname } = new URL(issuer);
  return protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}
