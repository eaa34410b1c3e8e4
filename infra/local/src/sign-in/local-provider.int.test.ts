import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { audience, createLocalKeys, createLocalProvider, type LocalPerson } from './index.ts';

let server: Server;
let issuer: string;
let people: LocalPerson[];
const evil: LocalPerson = { userId: 'u-evil', userName: 'mallory"><script>', displayName: '<img src=x onerror=alert(1)>', groups: ["it's & <b>"] };
const ana: LocalPerson = { userId: 'u-ana', userName: 'Ana', displayName: 'Ana Silva', groups: ['Payments', 'On call'] };

/** Cookies by name; the provider is the only host. */
let jar: Map<string, string>;

async function call(url: string, init: RequestInit = {}): Promise<Response> {
  const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const response = await fetch(url, { ...init, headers: { ...(cookie === '' ? {} : { cookie }) }, redirect: 'manual' });
  for (const line of response.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === '') jar.delete(name);
    else jar.set(name, value);
  }
  const next = response.headers.get('location');
  return next !== null && new URL(next, url).origin === new URL(issuer).origin ? call(new URL(next, url).href) : response;
}

const form = (fields: Record<string, string>): RequestInit => ({ method: 'POST', body: new URLSearchParams(fields) });
const hidden = (html: string, name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';

beforeEach(async () => {
  jar = new Map();
  people = [ana, evil];
  server = createServer((request, response) => listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/sign-in`;
  const listener = createLocalProvider({ issuer, people: () => people, keys: createLocalKeys(), portalOrigins: ['http://127.0.0.1:1'], portalSecret: 'secret', machines: [{ clientId: 'nightly', secret: 'of nightly' }] });
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const authorize = (changes: Record<string, string> = {}) => {
  const asked = { client_id: 'team-portal', response_type: 'code', redirect_uri: 'http://127.0.0.1:1/auth/callback', scope: 'openid profile', state: 's', code_challenge: 'a'.repeat(43), code_challenge_method: 'S256', ...changes };
  return call(`${issuer}/auth?${new URLSearchParams(asked).toString()}`);
};

test('the page lists people and their groups, with nothing of theirs as markup', async () => {
  const page = await authorize();
  const html = await page.text();
  expect([page.status, page.headers.get('content-security-policy')]).toEqual([200, expect.stringContaining("default-src 'none'")]);
  expect(html).toContain('<strong><bdi>Ana Silva</bdi></strong> <bdi>Ana</bdi><small>Payments, On call</small>');
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
  expect(html).toContain('it&#39;s &amp; &lt;b&gt;');
  expect(html).not.toMatch(/<script|<img|<b>/);
});

test('the filter finds by every word, in names and groups, and is shown back escaped', async () => {
  const page = await authorize();
  const found = async (find: string) => (await call(`${page.url}?${new URLSearchParams({ find }).toString()}`)).text();
  expect(await found('PAY silva')).toContain('1 person');
  expect(await found('pay mallory')).toContain('0 people');
  expect(await found('"><script>alert(1)')).toContain('value="&quot;&gt;&lt;script&gt;alert(1)"');
});

test('who is not among the enabled people does not get in, nor does anybody when nobody is signing in', async () => {
  const page = await authorize();
  expect((await call(page.url, form({ user: 'u-other' }))).status).toBe(400);
  expect((await call(page.url, form({}))).status).toBe(400);
  people = [];
  expect((await call(page.url, form({ user: ana.userId }))).status).toBe(400);
  people = [ana];
  jar.clear();
  expect((await call(page.url, form({ user: ana.userId }))).status).toBe(400);
  expect((await call(page.url)).status).toBe(400);
});

test('a redirect elsewhere, or a code without PKCE, is refused', async () => {
  for (const changes of [{ redirect_uri: 'http://evil.example/' }, { client_id: 'other' }]) {
    const page = await authorize(changes);
    expect([page.status, page.headers.get('location')]).toEqual([400, null]);
  }
  expect((await authorize({ code_challenge: '' })).headers.get('location')).toContain('error=invalid_request');
});

describe('a command line with a browser of its machine', () => {
  const verifier = 'v'.repeat(43);
  const asks = (redirect_uri: string) => authorize({ client_id: 'team-cli', redirect_uri, code_challenge: createHash('sha256').update(verifier).digest('base64url') });

  test('is sent back to any port of it, by nobody’s consent, with a code for a token that says who it is, for whom, and since when', async () => {
    const redirect_uri = 'http://127.0.0.1:49152/signed-in';
    const page = await asks(redirect_uri);
    const back = new URL((await call(page.url, form({ user: ana.userId }))).headers.get('location') ?? '');
    expect([back.origin + back.pathname, back.searchParams.get('state'), back.searchParams.get('iss')]).toEqual([redirect_uri, 's', issuer]);
    const token = (code_verifier: string) => call(`${issuer}/token`, form({ client_id: 'team-cli', grant_type: 'authorization_code', code: back.searchParams.get('code') ?? '', redirect_uri, code_verifier }));
    expect(await (await token('w'.repeat(43))).json()).toMatchObject({ error: 'invalid_grant' });
    const answer = (await (await token(verifier)).json()) as Record<string, string>;
    const { payload } = await jwtVerify(answer['access_token'] ?? '', createRemoteJWKSet(new URL(`${issuer}/jwks`)), { issuer, audience });
    expect(payload).toMatchObject({ sub: ana.userId, client_id: 'team-cli', preferred_username: 'Ana', auth_time: expect.any(Number) });
  });

  test.each(['http://evil.example/signed-in', 'http://127.0.0.1:49152/elsewhere', 'https://127.0.0.1/signed-in', 'http://127.0.0.2/signed-in'])('is not sent to %s', async (uri) => {
    const page = await asks(uri);
    expect([page.status, page.headers.get('location')]).toEqual([400, null]);
  });
});

test('a command line signs in with a device code, and its token says who it is, for whom, and since when', async () => {
  const asked = (await (await call(`${issuer}/device/auth`, form({ client_id: 'team-cli', scope: 'openid profile' }))).json()) as Record<string, string>;
  const token = () => call(`${issuer}/token`, form({ client_id: 'team-cli', grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: asked['device_code'] ?? '' }));
  expect(await (await token()).json()).toMatchObject({ error: 'authorization_pending' });

  const posted = await (await call(asked['verification_uri_complete'] ?? '')).text();
  const confirm = await (await call(`${issuer}/device`, form({ xsrf: hidden(posted, 'xsrf'), user_code: asked['user_code'] ?? '' }))).text();
  expect(confirm).toContain(`TEAM command line shows the code <strong>${asked['user_code']}</strong>`);
  const login = await call(`${issuer}/device`, form({ xsrf: hidden(confirm, 'xsrf'), user_code: asked['user_code'] ?? '', confirm: 'yes' }));
  expect(await (await call(login.url, form({ user: ana.userId }))).text()).toContain('Signed in');

  const answer = (await (await token()).json()) as Record<string, string>;
  const { payload, protectedHeader } = await jwtVerify(answer['access_token'] ?? '', createRemoteJWKSet(new URL(`${issuer}/jwks`)), { issuer, audience });
  expect(protectedHeader).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
  expect(payload).toMatchObject({ sub: ana.userId, client_id: 'team-cli', preferred_username: 'Ana', auth_time: expect.any(Number) });
  expect(await (await token()).json()).toMatchObject({ error: 'invalid_grant' });
});

/** Digests of the scripts that stand in a page, as its policy must name them. */
const scriptsIn = (html: string): string[] => [...html.matchAll(/<script>([^]*?)<\/script>/g)].map(([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`);

test('every page lets run what is its own, script by script, and nothing else', async () => {
  const begun = (await (await call(`${issuer}/device/auth`, form({ client_id: 'team-cli', scope: 'openid profile' }))).json()) as Record<string, string>;
  const pages = {
    login: await authorize(),
    error: await authorize({ redirect_uri: 'http://evil.example/' }),
    nothing: await call(`${issuer}/nothing`),
    'outside of it': await call(issuer.replace('/sign-in', '/other')),
    'device code': await call(`${issuer}/device`),
    'device code in the link': await call(begun['verification_uri_complete'] ?? ''),
    'sign-out': await call(`${issuer}/session/end?client_id=team-portal`),
    'signed out': await call(`${issuer}/session/end/success`),
  };
  for (const [name, page] of Object.entries(pages)) {
    const policy = page.headers.get('content-security-policy') ?? '';
    const allowed = /script-src([^;]*)/.exec(policy)?.[1]?.match(/\S+/g) ?? [];
    const html = await page.text();
    expect([name, policy]).toEqual([name, expect.stringMatching(/^default-src 'none';.*frame-ancestors 'none'/)]);
    expect([name, allowed]).toEqual([name, scriptsIn(html)]);
  }
  const scripts = Object.entries(pages).filter(([, page]) => page.headers.get('content-security-policy')?.includes("script-src 'sha256-"));
  expect(scripts.map(([name]) => name)).toEqual(['device code in the link', 'sign-out']);
});

test('outside its path there is nothing', async () => {
  expect((await call(issuer.replace('/sign-in', '/jwks'))).status).toBe(404);
});

describe('a program', () => {
  const token = (credentials: string, changes: Record<string, string> = {}) =>
    fetch(`${issuer}/token`, { ...form({ grant_type: 'client_credentials', ...changes }), headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` } });

  test('gets a token of its own for the API, which names nobody', async () => {
    const { access_token: jwt, token_type: type } = (await (await token('nightly:of+nightly')).json()) as { access_token: string; token_type: string };
    const { payload } = await jwtVerify(jwt, createRemoteJWKSet(new URL(`${issuer}/jwks`)), { issuer, audience });
    expect(type).toBe('Bearer');
    expect(payload).toMatchObject({ sub: 'nightly', client_id: 'nightly' });
    for (const claim of ['preferred_username', 'username', 'name', 'auth_time']) expect(payload).not.toHaveProperty(claim);
  });

  test('gets none with a wrong secret, nor by a grant for people; and clients of people get none of their own', async () => {
    expect((await token('nightly:x')).status).toBe(401);
    expect((await token('nightly:of+nightly', { grant_type: 'authorization_code', code: 'x', redirect_uri: 'http://127.0.0.1:1/auth/callback' })).status).toBe(400);
    expect((await token('team-portal:secret')).status).toBe(400);
    expect((await call(`${issuer}/token`, form({ grant_type: 'client_credentials', client_id: 'team-cli' }))).status).toBe(400);
  });
});
