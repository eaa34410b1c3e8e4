import { OutageError, TeamError } from '@team/runtime';
import { authorizationCodeGrant, ClientError, type Configuration, type IDToken } from 'openid-client';
import { byOurClock, longAgo, userNameIn, userNameWanted, type Clocks, type Proof, type UserNames } from './proof.ts';
import type { PendingSignIn } from './sessions.ts';
import { SignInError } from './sign-in-error.ts';
import { NotLetInError } from './unauthorized.ts';

interface ProofOptions extends Clocks, UserNames {}

/**
 * Who signed in, by the code that the provider sent back: state, PKCE, nonce, signature, issuer, audience and times are verified. Where a
 * fresh proof was asked for, an `auth_time` of now must stand in the id token: not every provider minds `prompt=login`. Without `auth_time`
 * somebody may be signed in, and must prove who they are anew before they decide anything.
 * Rejects with `ERR_SIGN_IN_REFUSED`, `ERR_NO_PERSON`, and a retryable `ERR_ISSUER_UNAVAILABLE`.
 */
export async function provenBy(configuration: Configuration, callback: URL, pending: PendingSignIn, options: ProofOptions): Promise<Proof> {
  return proofIn(await exchanged(configuration, callback, pending), options);
}

/** Who is named in an id token that was verified, and when they proved it, where it says so. Throws `ERR_NO_PERSON`. */
export function proofIn(claims: Pick<IDToken, 'auth_time'> & Readonly<Record<string, unknown>>, options: ProofOptions): Proof {
  const userName = userNameIn(claims, options);
  if (userName === undefined) throw new NotLetInError('ERR_NO_PERSON', `the identity provider named nobody: its id token has no claim ${userNameWanted(options)}`);
  return { userName, authTime: byOurClock(claims.auth_time ?? longAgo, options) };
}

async function exchanged(configuration: Configuration, callback: URL, { state, nonce, codeVerifier, again }: PendingSignIn): Promise<IDToken> {
  try {
    const tokens = await authorizationCodeGrant(configuration, callback, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: codeVerifier,
      ...(again ? { maxAge: 0 } : {}),
    });
    const claims = tokens.claims();
    if (claims === undefined) throw new SignInError('ERR_SIGN_IN_REFUSED', 'the identity provider sent no id token');
    return claims;
  } catch (error) {
    if (error instanceof TeamError) throw error;
    throw failed(error);
  }
}

/** Codes of openid-client for an answer that did not come, or came from a provider in trouble; what it refuses has others. */
const unavailable = new Set(['OAUTH_TIMEOUT', 'OAUTH_RESPONSE_IS_NOT_CONFORM']);

/** What went wrong, for whoever is signing in; what the provider said in full is the cause. */
function failed(error: unknown): TeamError {
  if (error instanceof TypeError || (error instanceof ClientError && unavailable.has(error.code ?? ''))) {
    return new OutageError('ERR_ISSUER_UNAVAILABLE', 'the identity provider cannot be reached; try again', { cause: error });
  }
  return new SignInError('ERR_SIGN_IN_REFUSED', 'the identity provider did not confirm the sign-in, or not freshly', error);
}
