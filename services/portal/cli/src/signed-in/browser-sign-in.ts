import { authorizationCodeGrant, buildAuthorizationUrl, calculatePKCECodeChallenge, randomNonce, randomPKCECodeVerifier, randomState, type Configuration as Provider } from 'openid-client';
import { signInFirst } from '../failure.ts';
import { scopeAt, tokensIn, type Caller, type Tokens } from './issuer.ts';
import { openLoopback } from './loopback.ts';

/** How long somebody may take to sign in on the issuer's pages (ms). */
const patienceMs = 5 * 60_000;

export interface BrowserSignIn {
  /** Where the issuer sends the browser back to, as it knows them. */
  readonly redirectUris: readonly string[];
  /** They are to prove who they are also where their browser is signed in there still. */
  readonly again: boolean;
}

export const hasCodeFlow = (provider: Provider): boolean => provider.serverMetadata().authorization_endpoint !== undefined;

/**
 * Signs in through a browser of this machine (RFC 8252: authorization code with PKCE, and an address of this machine to come back to). `show`
 * is given the page to open. To be called within `atIssuer`. Throws `Failure` where nobody comes back within five minutes.
 */
export async function signInByBrowser(caller: Caller, provider: Provider, { redirectUris, again }: BrowserSignIn, show: (url: string) => void): Promise<Tokens> {
  const loopback = await openLoopback(redirectUris);
  const over = caller.timeout(patienceMs);
  try {
    const [state, nonce, codeVerifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()];
    const challenge = { code_challenge: await calculatePKCECodeChallenge(codeVerifier), code_challenge_method: 'S256' };
    const { href } = buildAuthorizationUrl(provider, { redirect_uri: loopback.redirectUri, scope: scopeAt(provider), state, nonce, ...challenge, ...(again ? { prompt: 'login', max_age: '0' } : {}) });
    show(href);
    const answer = await loopback.answer(state, AbortSignal.any([caller.signal, over]));
    return tokensIn(await authorizationCodeGrant(provider, answer, { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: codeVerifier }), caller.now());
  } catch (error) {
    if (over.aborted && !caller.signal.aborted) throw signInFirst(`nobody signed in within ${patienceMs / 60_000} minutes: try again with \`npx team login\``, error);
    throw error;
  } finally {
    await loopback.close();
  }
}
