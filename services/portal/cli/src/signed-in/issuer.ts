import { allowInsecureRequests, AuthorizationResponseError, customFetch, discovery, None, ResponseBodyError, type Configuration as Provider, type CustomFetch, type TokenEndpointResponse } from 'openid-client';
import { Failure, refused, signInFirst, unreachable } from '../failure.ts';
import { printable } from '../print/printable.ts';
import { answerWithinMs } from './http-call.ts';
import { onThisMachine } from './origin.ts';
import type { PortalContext } from './portal-context.ts';
import { tokens, type SignIn } from './kept-sign-in.ts';

/** What an issuer gives for a sign-in. */
export type Tokens = Pick<SignIn, 'accessToken' | 'refreshToken' | 'endsAt'>;
export type Caller = Pick<PortalContext, 'fetch' | 'now' | 'signal' | 'timeout'>;

/** As what this command is known at an issuer. */
export interface ClientAtIssuer {
  readonly issuer: string;
  readonly clientId: string;
}

/** Works with an issuer as it describes itself. Throws `Failure` where it does not answer as one, or refuses. */
export async function atIssuer<Result>(caller: Caller, client: ClientAtIssuer, work: (provider: Provider) => Promise<Result>): Promise<Result> {
  const { issuer } = client;
  try {
    return await work(await providerOf(caller, client));
  } catch (error) {
    if (error instanceof Failure || caller.signal.aborted) throw error;
    if (error instanceof ResponseBodyError || error instanceof AuthorizationResponseError) throw ofAnswer(error, issuer);
    throw unreachable(`${issuer} does not answer as an OpenID provider: ${printable(error instanceof Error ? error.message : String(error))}`, error);
  }
}

function providerOf({ fetch }: Caller, { issuer, clientId }: ClientAtIssuer): Promise<Provider> {
  const sent: CustomFetch = (url, { body, ...options }) => fetch(url, { ...options, body: body ?? null });
  return discovery(new URL(issuer), clientId, undefined, None(), {
    timeout: answerWithinMs / 1000,
    execute: onThisMachine(issuer) ? [allowInsecureRequests] : [],
    [customFetch]: sent,
  });
}

/** What is asked for: who it is, and tokens that can be renewed where that must be asked for. */
export function scopeAt(provider: Provider): string {
  const { scopes_supported: scopes = [] } = provider.serverMetadata();
  return ['openid', 'profile', ...(scopes.includes('offline_access') ? ['offline_access'] : [])].join(' ');
}

/** The tokens of an answer. Throws where they hold what no token does. */
export function tokensIn({ access_token, refresh_token, expires_in }: TokenEndpointResponse, now: number): Tokens {
  const given = { accessToken: access_token, ...(refresh_token === undefined ? {} : { refreshToken: refresh_token }) };
  if (!tokens.safeParse(given).success) throw new TypeError('it gives a token with characters that none has');
  return {
    ...given,
    ...(expires_in === undefined ? {} : { endsAt: new Date(now + expires_in * 1000).toISOString() }),
  };
}

export const nobodyCame = (cause: unknown): Failure => signInFirst('nobody signed in before the code was over: try again with `npx team login`', cause);

function ofAnswer({ error, error_description: description, ...rest }: ResponseBodyError | AuthorizationResponseError, issuer: string): Failure {
  switch (error) {
    case 'access_denied':
      return signInFirst('the sign-in was refused: somebody said no on that page', rest);
    case 'expired_token':
      return nobodyCame(rest);
    case 'invalid_grant':
      return signInFirst('the sign-in is over: sign in again with `npx team login`', rest);
    default:
      return refused(printable(`${issuer} refused: ${error}${description === undefined ? '' : `, ${description}`}`), rest);
  }
}
