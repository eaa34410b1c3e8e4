import { TeamError } from '@team/runtime';
import { Hono, type Context } from 'hono';
import { buildAuthorizationUrl, buildEndSessionUrl, calculatePKCECodeChallenge, randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client';
import { clearCookie, pendingCookie, readCookie, sessionCookie, writeCookie } from './cookies.ts';
import type { FindPerson } from './find-person.ts';
import type { IdentityProvider } from './identity-provider.ts';
import { assertFromOwnPages } from './own-pages.ts';
import { provenBy } from './proven-by.ts';
import type { Clocks, UserNames } from './proof.ts';
import { ownPath } from './return-path.ts';
import { pendingMs, type Sessions } from './sessions.ts';
import { SignInError } from './sign-in-error.ts';
import { toldOnPage, type SignInEnv, type SignInLog } from './told-on-page.ts';

export interface SignInOptions extends Clocks, UserNames {
  /** Our own, as browsers name it: `https://team.example`. The provider must know `<origin>/auth/callback` and `<origin>/`. */
  readonly origin: string;
  readonly provider: IdentityProvider;
  readonly sessions: Sessions;
  readonly findPerson: FindPerson;
  /** Where it is told why somebody did not get in; nowhere unless given. */
  readonly log?: SignInLog | undefined;
}

/**
 * Signing in and out of browsers, by the authorization code flow with PKCE; tokens never reach the browser.
 *
 * - `GET /auth/sign-in?return=/path` leads to the provider; with `again=1` whoever is there must prove it anew.
 * - `GET /auth/callback` is where the provider leads back to.
 * - `POST /auth/sign-out` ends the session and answers `{ href }`: where the browser must go so that the provider ends its own.
 */
export function createSignInRoutes(options: SignInOptions): Hono<SignInEnv> {
  const { origin, provider, sessions, findPerson } = options;
  const app = new Hono<SignInEnv>();

  app.use('/auth/*', async (context, next) => {
    await next();
    context.header('cache-control', 'no-store');
  });

  app.get('/auth/sign-in', async (context) => {
    const returnTo = ownPath(context.req.query('return') ?? '/', origin);
    if (returnTo === undefined) throw new SignInError('ERR_RETURN_INVALID', 'where to go on after signing in must be a path of this site');
    const again = context.req.query('again') === '1';
    context.set('retry', signInPath(returnTo, again));
    const configuration = await provider();
    const pending = { state: randomState(), nonce: randomNonce(), codeVerifier: randomPKCECodeVerifier(), returnTo, again };
    const url = buildAuthorizationUrl(configuration, {
      redirect_uri: `${origin}/auth/callback`,
      scope: 'openid profile',
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: await calculatePKCECodeChallenge(pending.codeVerifier),
      code_challenge_method: 'S256',
      ...(again ? { prompt: 'login', max_age: '0' } : {}),
    });
    writeCookie(context, pendingCookie(pending.state), await sessions.begin(pending), pendingMs / 1000);
    return context.redirect(url.href, 303);
  });

  app.get('/auth/callback', async (context) => {
    const cookie = pendingCookie(context.req.query('state') ?? '');
    const pending = await sessions.take(readCookie(context, cookie) ?? '');
    clearCookie(context, cookie);
    if (pending === undefined) throw new SignInError('ERR_SIGN_IN_UNKNOWN', 'this browser began no such sign-in, or it took too long');
    context.set('retry', signInPath(pending.returnTo, pending.again));
    const proof = await provenBy(await provider(), callbackOf(context, origin), pending, options);
    const { id, userName } = await findPerson(proof.userName, 'live');
    // An id that was known before somebody signed in must not become theirs.
    const before = readCookie(context, sessionCookie);
    const session = await sessions.open({ userId: id, userName, authTime: proof.authTime });
    if (before !== undefined) await sessions.end(before);
    writeCookie(context, sessionCookie, session, sessionSeconds);
    return context.redirect(`${origin}${pending.returnTo}`, 303);
  });

  app.post('/auth/sign-out', async (context) => {
    assertFromOwnPages(context.req.raw.headers, origin);
    const id = readCookie(context, sessionCookie);
    if (id !== undefined) await sessions.end(id);
    clearCookie(context, sessionCookie);
    return context.json({ href: await afterSignOut(provider, origin) });
  });

  app.onError(toldOnPage(options.log));
  return app;
}

function signInPath(returnTo: string, again: boolean): string {
  return `/auth/sign-in?${new URLSearchParams({ return: returnTo, ...(again ? { again: '1' } : {}) }).toString()}`;
}

/** A cookie may outlast its session, which ends on the server. */
const sessionSeconds = 8 * 3600;

/** What the provider called, as it names us: what stands before us may have changed host and scheme. */
function callbackOf(context: Context, origin: string): URL {
  return new URL(`/auth/callback${new URL(context.req.url).search}`, origin);
}

/** Where the provider ends its session. Whoever signed out is signed out, even where the provider cannot be asked. */
async function afterSignOut(provider: IdentityProvider, origin: string): Promise<string> {
  try {
    const configuration = await provider();
    if (configuration.serverMetadata().end_session_endpoint === undefined) return `${origin}/`;
    // Cognito knows it as `logout_uri`; others leave out what they do not know: https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html
    return buildEndSessionUrl(configuration, { post_logout_redirect_uri: `${origin}/`, logout_uri: `${origin}/` }).href;
  } catch (error) {
    if (error instanceof TeamError && error.retryable) return `${origin}/`;
    throw error;
  }
}
