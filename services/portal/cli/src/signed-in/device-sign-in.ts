import {
  allowInsecureRequests,
  customFetch,
  discovery,
  initiateDeviceAuthorization,
  None,
  pollDeviceAuthorizationGrant,
  refreshTokenGrant,
  ResponseBodyError,
  tokenRevocation,
  type Configuration as Provider,
  type CustomFetch,
  type TokenEndpointResponse,
} from 'openid-client';
import { Failure, refused, signInFirst, unreachable } from '../failure.ts';
import { printable } from '../print/printable.ts';
import { answerWithinMs } from './http-call.ts';
import type { PortalContext } from './portal-context.ts';
import type { SignIn } from './sign-in-store.ts';

type Tokens = Pick<SignIn, 'accessToken' | 'refreshToken' | 'endsAt'>;
type Caller = Pick<PortalContext, 'fetch' | 'now' | 'signal' | 'timeout'>;

/** As what this command is known at an issuer. */
interface ClientAtIssuer {
  readonly issuer: string;
  readonly clientId: string;
}

/** What a person has to do elsewhere. */
export interface DeviceCode {
  readonly url: string;
  readonly code: string;
  /** The same with the code in it, where the issuer has that. */
  readonly wholeUrl?: string | undefined;
}

/**
 * Signs in with the device flow (RFC 8628): the person opens a page anywhere and enters a code, which `show` tells them. Throws `Failure`
 * where they say no, or do not come before the code is over.
 */
export async function signInByDevice(caller: Caller, { issuer, clientId }: ClientAtIssuer, show: (code: DeviceCode) => void): Promise<Tokens> {
  return told(caller, issuer, async () => {
    const provider = await providerOf(caller, { issuer, clientId });
    const { device_authorization_endpoint: endpoint, scopes_supported: scopes = [] } = provider.serverMetadata();
    if (endpoint === undefined) throw refused(`${issuer} knows no device flow (RFC 8628), with which the command line signs in: use the portal in a browser`);
    const scope = ['openid', 'profile', ...(scopes.includes('offline_access') ? ['offline_access'] : [])].join(' ');
    const asked = await initiateDeviceAuthorization(provider, { scope });
    show({ url: webAddress(asked.verification_uri, issuer), code: asked.user_code, wholeUrl: asked.verification_uri_complete });
    const over = caller.timeout(asked.expires_in * 1000);
    try {
      return tokensIn(await pollDeviceAuthorizationGrant(provider, asked, undefined, { signal: AbortSignal.any([caller.signal, over]) }), caller.now());
    } catch (error) {
      throw over.aborted ? tooLate(error) : error;
    }
  });
}

/** New tokens for a refresh token. Throws `Failure` (sign in) where it is not taken any more. */
export async function signInAnew(caller: Caller, { issuer, clientId, refreshToken }: SignIn & { readonly refreshToken: string }): Promise<Tokens> {
  return told(caller, issuer, async () => {
    const answer = await refreshTokenGrant(await providerOf(caller, { issuer, clientId }), refreshToken);
    return { refreshToken, ...tokensIn(answer, caller.now()) };
  });
}

/** Tells the issuer that a refresh token is not needed any more, where it wants to know. */
export async function revokeSignIn(caller: Caller, { issuer, clientId, refreshToken }: SignIn): Promise<void> {
  if (refreshToken === undefined) return;
  await told(caller, issuer, async () => {
    const provider = await providerOf(caller, { issuer, clientId });
    if (provider.serverMetadata().revocation_endpoint !== undefined) await tokenRevocation(provider, refreshToken, { token_type_hint: 'refresh_token' });
  });
}

function providerOf({ fetch }: Caller, { issuer, clientId }: ClientAtIssuer): Promise<Provider> {
  const sent: CustomFetch = (url, { body, ...options }) => fetch(url, { ...options, body: body ?? null });
  return discovery(new URL(issuer), clientId, undefined, None(), {
    timeout: answerWithinMs / 1000,
    execute: onThisMachine(issuer) ? [allowInsecureRequests] : [],
    [customFetch]: sent,
  });
}

/** Plain HTTP is for what runs on this machine alone. */
export function onThisMachine(url: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
}

function tokensIn({ access_token, refresh_token, expires_in }: TokenEndpointResponse, now: number): Tokens {
  return {
    accessToken: access_token,
    ...(refresh_token === undefined ? {} : { refreshToken: refresh_token }),
    ...(expires_in === undefined ? {} : { endsAt: new Date(now + expires_in * 1000).toISOString() }),
  };
}

/** What is printed to be opened leads to a page. */
function webAddress(url: string, issuer: string): string {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url;
  throw refused(`${issuer} names a page to sign in on that is none: ${printable(url)}`);
}

/** What went wrong at the issuer, for whoever signs in. */
async function told<Result>({ signal }: Caller, issuer: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Failure || signal.aborted) throw error;
    if (error instanceof ResponseBodyError) throw ofAnswer(error, issuer);
    throw unreachable(`${issuer} does not answer as an OpenID provider: ${printable(error instanceof Error ? error.message : String(error))}`, error);
  }
}

const tooLate = (cause: unknown): Failure => signInFirst('nobody signed in before the code was over: try again with `npx team login`', cause);

function ofAnswer({ error, error_description: description, ...rest }: ResponseBodyError, issuer: string): Failure {
  switch (error) {
    case 'access_denied':
      return signInFirst('the sign-in was refused: somebody said no on that page', rest);
    case 'expired_token':
      return tooLate(rest);
    case 'invalid_grant':
      return signInFirst('the sign-in is over: sign in again with `npx team login`', rest);
    default:
      return refused(printable(`${issuer} refused: ${error}${description === undefined ? '' : `, ${description}`}`), rest);
  }
}
