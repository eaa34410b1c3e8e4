import { randomBytes } from 'node:crypto';
import { OutageError } from '@team/runtime';
import { fixedClock } from '@team/testing';
import { Configuration } from 'openid-client';
import { memorySessions } from '../../../test/sign-in/memory-sessions.ts';
import { failurePage } from './failure-page.ts';
import { createSessions } from './sessions.ts';
import { createSignInRoutes, type SignInOptions } from './sign-in-routes.ts';

const origin = 'https://team.example';
const issuer = 'https://id.example';
const endpoints = { issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token` };

function setUp(options: Partial<SignInOptions> = {}, metadata: Record<string, string> = {}) {
  const now = fixedClock();
  const kept = memorySessions();
  const sessions = createSessions({ store: kept.store, now, newId: () => randomBytes(32).toString('base64url') });
  const findPerson = async () => ({ id: 'u-1', userName: 'ana', displayName: 'Ana', enabled: true });
  const logged: unknown[] = [];
  const log = { warn: (_message: string, { code }: Readonly<Record<string, unknown>>) => void logged.push(code) };
  const provider = async () => new Configuration({ ...endpoints, ...metadata }, 'team-portal', 'secret');
  return { kept, sessions, routes: createSignInRoutes({ origin, provider, sessions, findPerson, now, log, ...options }), logged };
}

const down: SignInOptions['provider'] = async () => Promise.reject(new OutageError('ERR_ISSUER_UNAVAILABLE', 'id.internal: connection refused'));

test('the way to the provider has PKCE, state and nonce, each of its own, and nothing of the way back', async () => {
  const { routes, kept } = setUp();
  const answer = await routes.request('/auth/sign-in?return=/requests');
  const url = new URL(answer.headers.get('location') ?? '');
  expect([answer.status, url.origin + url.pathname]).toEqual([303, `${issuer}/authorize`]);
  expect(Object.fromEntries(url.searchParams)).toEqual({
    client_id: 'team-portal',
    response_type: 'code',
    redirect_uri: `${origin}/auth/callback`,
    scope: 'openid profile',
    code_challenge_method: 'S256',
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    state: expect.stringMatching(/^[\w-]{43}$/),
    nonce: expect.stringMatching(/^[\w-]{43}$/),
  });
  const [pending] = kept.pending.values();
  expect(pending).toMatchObject({ state: url.searchParams.get('state'), nonce: url.searchParams.get('nonce'), returnTo: '/requests', again: false });
  expect(answer.headers.get('location')).not.toContain(pending?.codeVerifier);
});

test('again=1 asks for a fresh proof', async () => {
  const { routes, kept } = setUp();
  const url = new URL((await routes.request('/auth/sign-in?again=1')).headers.get('location') ?? '');
  expect([url.searchParams.get('prompt'), url.searchParams.get('max_age')]).toEqual(['login', '0']);
  expect([...kept.pending.values()]).toMatchObject([{ again: true, returnTo: '/' }]);
});

test.each(['https://evil.example/', '//evil.example', '/%5Cevil.example', '/.//evil.example', '/%09/evil.example', ''])('return=%s is refused before anybody signs in', async (path) => {
  const { routes, kept } = setUp();
  const answer = await routes.request(`/auth/sign-in?return=${path}`);
  expect([answer.status, answer.headers.get('location'), await answer.text()]).toEqual([400, null, expect.stringContaining('ERR_RETURN_INVALID')]);
  expect(kept.pending.size).toBe(0);
});

test('a provider that does not answer is told on a page, without what is inside, with a way to try again as before', async () => {
  const { routes, logged } = setUp({ provider: down });
  const answer = await routes.request('/auth/sign-in?return=/a%26b%22&again=1');
  const html = await answer.text();
  expect([answer.status, answer.headers.get('content-security-policy')]).toEqual([503, expect.stringContaining("default-src 'none'")]);
  expect(html).toContain('Try again in a moment');
  expect(html).not.toContain('internal');
  expect(logged).toEqual(['ERR_ISSUER_UNAVAILABLE']);
  expect(html).toContain('href="/auth/sign-in?return=%2Fa%26b%2522&amp;again=1"');
});

test('a callback that nobody began is refused', async () => {
  const { routes } = setUp();
  for (const query of ['', '?code=x&state=y', `?code=x&state=${'a'.repeat(43)}`, '?error=access_denied', '?state=;%0d%0a']) {
    const answer = await routes.request(`/auth/callback${query}`);
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('ERR_SIGN_IN_UNKNOWN')]);
  }
});

test('nothing of a name is markup on the page', async () => {
  const page = await failurePage({ status: 403, code: 'ERR_PERSON_UNKNOWN', reason: 'nobody is named "<script>alert(1)</script>"', retry: '/auth/sign-in?return="><script>' });
  expect(await page.text()).not.toContain('<script');
});

describe('signing out', () => {
  const signOut = async (options: Partial<SignInOptions>, metadata: Record<string, string>, headers: Record<string, string> = { origin }) => {
    const { routes, sessions, kept } = setUp(options, metadata);
    const id = await sessions.open({ userId: 'u-1', userName: 'ana', authTime: 0 });
    const answer = await routes.request('/auth/sign-out', { method: 'POST', headers: { cookie: `__Host-team=${id}`, ...headers } });
    return { status: answer.status, cookie: answer.headers.get('set-cookie'), body: await answer.json(), left: kept.sessions.size };
  };

  test('ends the session, clears the cookie, and leads to where the provider ends its own', async () => {
    const { status, cookie, body, left } = await signOut({}, { end_session_endpoint: `${issuer}/logout` });
    const href = `${issuer}/logout?post_logout_redirect_uri=${encodeURIComponent(`${origin}/`)}&logout_uri=${encodeURIComponent(`${origin}/`)}&client_id=team-portal`;
    expect([status, body, left]).toEqual([200, { href }, 0]);
    expect(cookie).toBe('__Host-team=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax');
  });

  test('leads to our start where the provider has no such place, or does not answer', async () => {
    expect(await signOut({}, {})).toMatchObject({ status: 200, body: { href: `${origin}/` }, left: 0 });
    expect(await signOut({ provider: down }, {})).toMatchObject({ status: 200, body: { href: `${origin}/` }, left: 0 });
  });

  test('is for our own pages alone', async () => {
    expect(await signOut({}, {}, { 'sec-fetch-site': 'cross-site' })).toMatchObject({ status: 403, body: { code: 'ERR_CROSS_SITE' }, cookie: null, left: 1 });
  });
});
