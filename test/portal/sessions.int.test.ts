import { createBrowser } from '../../services/portal/test/sign-in/browser.ts';
import { openApiDocument } from '../../services/portal/api/src/http/openapi-document.ts';
import { ana, askFor, prodPayments, wren, zoe } from './doors.ts';
import { openServed, sessionCookie, type Served } from './served.ts';

let served: Served;
beforeAll(async () => {
  served = await openServed();
});
afterAll(() => served.close());

const own = (): Readonly<Record<string, string>> => ({ origin: served.origin, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' });
const good = (): string => JSON.stringify(askFor(served, prodPayments, 'ReadOnlyAccess'));
const events = (): number => served.world.events().length;
const cookieOf = (browser: ReturnType<typeof createBrowser>): string => browser.cookies(served.origin).get(sessionCookie) ?? '';
const meBy = async (cookie: string): Promise<readonly unknown[]> => {
  const { status, text } = await served.raw('/v1/me', { headers: { cookie } });
  return [status, (JSON.parse(text) as { userName?: string }).userName];
};

describe('where somebody goes on', () => {
  it.each(['https://evil.example', '//evil.example', '/\\evil.example', '\\\\evil.example', '/\t/evil.example', '/\n/evil.example', '/.//evil.example', '/x/..//evil.example', 'javascript:alert(1)', 'data:text/html,x', '/auth/sign-in', 'requests', '', '/ /../..//evil.example', 'http:evil.example', '/\u0000', '//localhost', `/${'x'.repeat(2_001)}`])('after signing in is never elsewhere: %j', async (to) => {
    const answer = await served.raw(`/auth/sign-in?return=${encodeURIComponent(to)}`);
    if (answer.status === 400) {
      expect(answer.text).toContain('ERR_RETURN_INVALID');
      expect(answer.text).not.toContain('evil');
      expect(answer.headers['set-cookie']).toBeUndefined();
      return;
    }
    // What is left is a path of our own, however odd.
    const browser = createBrowser();
    const callback = await served.calledBack(wren, browser, `?return=${encodeURIComponent(to)}`);
    const location = new URL((await browser.call(callback)).headers.get('location') ?? '');
    expect(location.origin).toBe(served.origin);
    expect(location.pathname).not.toMatch(/^\/\//);
  });

  it('is asked for once: a second answer to the same question is none', async () => {
    expect((await served.raw('/auth/sign-in?return=/a&return=//evil.example')).headers.location).toContain(encodeURIComponent(`${served.origin}/auth/callback`));
  });

  it('is not said by who stands in between: scheme and address of the provider are configuration', async () => {
    for (const headers of [{ 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' }, { forwarded: 'host=evil.example' }]) {
      const { status, headers: answered } = await served.raw('/auth/sign-in?return=/requests', { headers });
      expect([status, answered.location]).toEqual([303, expect.stringContaining(`redirect_uri=${encodeURIComponent(`${served.origin}/auth/callback`)}`)]);
      expect(answered.location).not.toContain('evil');
    }
  });

  it('is nowhere where the local portal is called by another name', async () => {
    const { status, headers, text } = await served.raw('/auth/sign-in?return=/requests', { headers: { host: 'evil.example' } });
    expect([status, headers.location, headers['set-cookie'], text.includes('evil')]).toEqual([421, undefined, undefined, false]);
  });

  it('after signing out is at the provider, and then at home, whatever is asked for', async () => {
    const browser = await served.signedIn(wren);
    const answer = await browser.call(`${served.origin}/auth/sign-out?return=//evil.example&post_logout_redirect_uri=https://evil.example`, { method: 'POST', headers: own(), body: '{"href":"https://evil.example"}' });
    const href = new URL(((await answer.json()) as { href: string }).href);
    expect([href.origin, href.searchParams.get('post_logout_redirect_uri')]).toEqual([served.origin, `${served.origin}/`]);
    const elsewhere = new URL(href);
    elsewhere.searchParams.set('post_logout_redirect_uri', 'https://evil.example/');
    const refused = await browser.call(elsewhere.href);
    expect([refused.status, refused.headers.get('location')]).toEqual([400, null]);
  });
});

describe('a session', () => {
  it('is never the one that somebody planted', async () => {
    const planted = 'a'.repeat(43);
    const browser = createBrowser();
    browser.cookies(served.origin).set(sessionCookie, planted);
    await served.signedIn(wren, browser);
    expect(cookieOf(browser)).not.toBe(planted);
    expect(await meBy(`${sessionCookie}=${planted}`)).toEqual([401, undefined]);
    expect(await meBy(`${sessionCookie}=${cookieOf(browser)}`)).toEqual([200, wren]);
  });

  it('of somebody else that was planted ends when the victim signs in, and is not carried on', async () => {
    const attacker = await served.signedIn(zoe);
    const planted = cookieOf(attacker);
    const victim = createBrowser();
    victim.cookies(served.origin).set(sessionCookie, planted);
    await served.signedIn(wren, victim);
    expect(await meBy(`${sessionCookie}=${planted}`)).toEqual([401, undefined]);
    expect(await meBy(`${sessionCookie}=${cookieOf(victim)}`)).toEqual([200, wren]);
  });

  it('is of the one cookie alone that no other host can set', async () => {
    const id = cookieOf(await served.signedIn(wren));
    for (const name of ['team', '__Secure-team', '__host-team', `${sessionCookie}-sign-in-abcdefgh`, '$Version']) expect(await meBy(`${name}=${id}`)).toEqual([401, undefined]);
    for (const value of [`${id}x`, id.slice(1), id.toUpperCase(), `${id}%00`, `session%23${id}`, `"${id} "`, '']) expect((await meBy(`${sessionCookie}=${value}`))[0]).toBe(401);
  });

  it('is not begun by what begins a sign-in, nor the other way round', async () => {
    const browser = await served.signedIn(wren);
    const session = cookieOf(browser);
    const begun = await served.raw('/auth/sign-in?return=/');
    const [, name = '', pending = ''] = /^([^=]+)=([^;]+)/.exec(begun.headers['set-cookie']?.[0] ?? '') ?? [];
    expect(await meBy(`${sessionCookie}=${pending}`)).toEqual([401, undefined]);
    const state = new URL(begun.headers.location ?? '').searchParams.get('state') ?? '';
    const answer = await served.raw(`/auth/callback?code=x&state=${state}`, { headers: { cookie: `${name}=${session}` } });
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('ERR_SIGN_IN_UNKNOWN')]);
  });

  it('is begun once by a callback, and by nobody who only knows its address', async () => {
    const browser = createBrowser();
    const callback = await served.calledBack(wren, browser, '?return=/requests');
    const cookies = [...browser.cookies(served.origin)].map(([name, value]) => `${name}=${value}`).join('; ');
    const { pathname, search } = new URL(callback);
    // Login CSRF: the victim's browser is led to the attacker's callback.
    const victim = await served.signedIn(zoe);
    const before = cookieOf(victim);
    expect((await victim.call(callback)).status).toBe(400);
    expect(cookieOf(victim)).toBe(before);
    expect((await served.raw(`${pathname}${search}`, { headers: { cookie: cookies } })).status).toBe(303);
    const again = await served.raw(`${pathname}${search}`, { headers: { cookie: cookies } });
    expect([again.status, again.headers['set-cookie']]).toEqual([400, undefined]);
  });

  it.each(['error=access_denied&error_description=%3Cscript%3Ealert(1)%3C%2Fscript%3E', 'error=%3Cscript%3E', 'code=%3Cimg%20src%3Dx%3E', 'code=x&iss=https%3A%2F%2Fevil.example', 'code=x&code=y', 'code=x&state=%22%3E%3Cscript%3E', ''])('is not begun by %j, and the page that says so runs nothing', async (question) => {
    const browser = createBrowser();
    const begun = await browser.call(`${served.origin}/auth/sign-in?return=${encodeURIComponent('/"><script>alert(1)</script>')}`);
    const state = new URL(begun.headers.get('location') ?? '').searchParams.get('state') ?? '';
    const answer = await browser.call(`${served.origin}/auth/callback?state=${state}&${question}`);
    expect(browser.cookies(served.origin).has(sessionCookie)).toBe(false);
    expect([answer.status, answer.headers.get('content-security-policy')]).toEqual([400, expect.stringContaining("default-src 'none'")]);
    expect(await answer.text()).not.toMatch(/<script|<img/);
  });
});

describe('commands with a cookie', () => {
  it.each<[string, Readonly<Record<string, string | string[]>>, number]>([
    ['of a form of another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', 'content-type': 'text/plain' }, 403],
    ['of a form of a site beside ours', { origin: 'http://localhost:1', 'sec-fetch-site': 'same-site', 'content-type': 'text/plain' }, 403],
    ['of an old browser, which says only from where', { origin: 'https://evil.example', 'content-type': 'application/json' }, 403],
    ['of a browser that says nothing', { 'content-type': 'application/json' }, 403],
    ['of a page in a sandbox', { origin: 'null', 'content-type': 'application/json' }, 403],
    ['typed into the address', { 'sec-fetch-site': 'none', 'content-type': 'application/json' }, 403],
    ['that only the referrer says to be ours', { referer: 'OWN', 'content-type': 'application/json' }, 403],
    ['of our own form, as text', { origin: 'OWN', 'sec-fetch-site': 'same-origin', 'content-type': 'text/plain' }, 415],
    ['of our own form, as text first and JSON second', { origin: 'OWN', 'sec-fetch-site': 'same-origin', 'content-type': ['text/plain', 'application/json'] }, 415],
    ['of our own pages', { origin: 'OWN', 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' }, 202],
  ])('%s', async (_what, headers, status) => {
    const cookie = `${sessionCookie}=${cookieOf(await served.signedIn(zoe))}`;
    const before = events();
    const named = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value === 'OWN' ? served.origin : value]));
    const answer = await served.raw('/v1/requests', { method: 'POST', headers: { ...named, cookie }, body: good() });
    expect([answer.status, events() - before]).toEqual([status, status === 202 ? 1 : 0]);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('of other sites are refused wherever something could be done, whatever says where they come from', async () => {
    const cookie = `${sessionCookie}=${cookieOf(await served.signedIn(ana))}`;
    const commands = Object.entries(openApiDocument().paths ?? {}).flatMap(([path, item]) => (item.post === undefined ? [] : [path.replace('{id}', served.world.newId())]));
    expect(commands.length).toBeGreaterThan(8);
    const foreign = [{ origin: 'https://evil.example' }, { origin: 'null' }, { origin: served.origin.replace('localhost', 'evil.localhost') }, { origin: `${served.origin}.evil.example` }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { 'sec-fetch-site': 'none' }, { 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' }, {}];
    const before = events();
    for (const path of commands) {
      for (const from of foreign) {
        const { status, text } = await served.raw(path, { method: 'POST', headers: { ...from, cookie, 'content-type': 'application/json' }, body: '{}' });
        expect([path, from, status, text]).toEqual([path, from, 403, expect.stringContaining('ERR_CROSS_SITE')]);
      }
    }
    expect(events()).toBe(before);
  });

  it('of a token may come from any page: no browser sends it by itself', async () => {
    expect((await served.raw('/v1/me', { headers: { origin: 'https://evil.example', authorization: 'Bearer x' } })).text).toContain('ERR_TOKEN_INVALID');
    expect((await served.raw('/v1/requests', { method: 'POST', headers: { origin: 'https://evil.example', authorization: 'Bearer x', 'content-type': 'application/json' }, body: '{}' })).text).toContain('ERR_TOKEN_INVALID');
  });

  it('do not sign anybody out from another site', async () => {
    const id = cookieOf(await served.signedIn(zoe));
    const cookie = `${sessionCookie}=${id}`;
    for (const headers of [{ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, {}]) expect((await served.raw('/auth/sign-out', { method: 'POST', headers: { ...headers, cookie } })).status).toBe(403);
    expect((await served.raw('/auth/sign-out', { headers: { cookie } })).status).not.toBe(200);
    expect(await meBy(cookie)).toEqual([200, zoe]);
  });

  it('are asked of nobody beforehand: no other site is told that it may', async () => {
    const { status, headers } = await served.raw('/v1/requests', { method: 'OPTIONS', headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,content-type' } });
    expect([status, headers['access-control-allow-origin'], headers['access-control-allow-credentials']]).toEqual([405, undefined, undefined]);
  });
});

it('the health of the API is answered by the API', async () => {
  expect(await served.raw('/healthz')).toMatchObject({ status: 200, text: '{"status":"ok"}' });
});

describe('calls that are none', () => {
  it.each<[string, () => Parameters<Served['raw']>, number]>([
    ['headers larger than anybody needs', () => ['/v1/me', { headers: { 'x-large': 'x'.repeat(20_000) } }], 431],
    ['a cookie larger than anybody needs', () => ['/v1/me', { headers: { cookie: `a=${'x'.repeat(20_000)}` } }], 431],
    ['1,000 cookies', () => ['/v1/me', { headers: { cookie: Array.from({ length: 1_000 }, (_, place) => `a${place}=b`).join('; ') } }], 401],
    ['two lengths', () => ['/v1/requests', { method: 'POST', headers: { ...own(), 'content-length': '5', 'transfer-encoding': 'chunked' }, body: 'x' }], 400],
    ['a method that is none', () => ['/v1/me', { method: 'PROPFIND' }], 405],
    ['TRACE, which would tell what a browser hides', () => ['/v1/me', { method: 'TRACE' }], 405],
    ['a path of another host', () => ['http://evil.example/v1/me', {}], 401],
  ])('%s', async (_what, call, status) => {
    const answer = await served.raw(...call());
    expect([answer.status, answer.text]).toEqual([status, expect.not.stringMatching(/\bat .*\.(ts|js):\d+/)]);
  });
});
