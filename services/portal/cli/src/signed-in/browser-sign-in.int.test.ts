import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { atBrowser, challengeOf, comeBack } from '../../test/scripted-issuer.ts';
import { origin, signIn } from '../../test/scripted-portal.ts';
import { openLoopback } from './loopback.ts';

const { issuer, clientId } = signIn;
const login = ['login', '--portal', origin];
const denied = { error: 'access_denied', error_description: 'no <b>' };

it('signs in through a browser that comes back, with PKCE, state and nonce, and keeps the tokens', async () => {
  const { team, pages, visited, exchanged, signIns } = atBrowser((page) => comeBack(page));
  const { code, said, remarks } = await team(...login);
  expect([code, said, remarks.at(-1)]).toEqual([0, [`Signed in at ${origin} as dana.`], 'Waiting for you to sign in there …']);
  const asked = Object.fromEntries(pages[0]?.searchParams ?? []);
  expect(asked).toMatchObject({ client_id: clientId, response_type: 'code', scope: 'openid profile', code_challenge_method: 'S256', redirect_uri: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/signed-in$/) });
  expect([asked['state']?.length, asked['nonce']?.length].every((length) => (length ?? 0) >= 43)).toBe(true);
  expect(asked).not.toHaveProperty('prompt');
  expect(remarks[0]).toContain(`\n${pages[0]?.href}`);
  const [{ code_verifier: verifier = '', ...sent } = {}] = exchanged();
  expect(sent).toEqual({ grant_type: 'authorization_code', code: 'a code', redirect_uri: asked['redirect_uri'], client_id: clientId });
  expect(challengeOf(verifier)).toBe(asked['code_challenge']);
  expect(signIns.kept).toMatchObject({ portal: origin, issuer, clientId, accessToken: 'of-the-browser', refreshToken: 'once', endsAt: '2026-11-30T10:15:00.000Z' });
  const [page] = (await visited()) as Response[];
  expect([page?.status, page?.headers.get('content-security-policy'), page?.headers.get('referrer-policy'), page?.headers.get('cache-control')]).toEqual([200, "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'", 'no-referrer', 'no-store']);
  // Nobody listens any more.
  await expect(fetch(asked['redirect_uri'] ?? '')).rejects.toThrow('fetch failed');
});

it('has them prove who they are anew where they are signed in there already, for decisions', async () => {
  const { team, pages } = atBrowser((page) => comeBack(page), { kept: signIn });
  expect((await team(...login)).code).toBe(0);
  expect(Object.fromEntries(pages[0]?.searchParams ?? [])).toMatchObject({ prompt: 'login', max_age: '0' });
});

describe('what comes to the address of this machine', () => {
  const status = async (sent: Promise<Response>): Promise<readonly unknown[]> => {
    const response = await sent;
    const html = await response.text();
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    return [response.status, /<script|<b>|evil/.test(html)];
  };

  it('is no answer without the state, on another path, by another method or for another host, and ends nothing', async () => {
    const browse = async (page: URL) => {
      const here = new URL(page.searchParams.get('redirect_uri') ?? '');
      const state = page.searchParams.get('state') ?? '';
      const tries = [
        status(comeBack(page, { code: 'evil', state: '<script>evil' })),
        status(fetch(`${here.href}?code=evil`)),
        status(fetch(`${here.href}?error=evil`)),
        status(fetch(`${here.origin}/?code=evil&state=${state}`)),
        status(fetch(`${here.href}/?code=evil&state=${state}`)),
        status(fetch(`${here.href}?code=evil&state=${state}`, { method: 'POST', body: 'x' })),
        status(fetch(`http://localhost:${here.port}${here.pathname}?code=evil&state=${state}`)),
      ];
      const answered = await Promise.all(tries);
      return [...answered, await status(comeBack(page))];
    };
    const { team, visited, exchanged } = atBrowser(browse);
    expect((await team(...login)).code).toBe(0);
    expect((await visited())[0]).toEqual([400, 400, 400, 404, 404, 405, 421, 200].map((code) => [code, false]));
    expect(exchanged()).toMatchObject([{ code: 'a code' }]);
  });

  it('counts once', async () => {
    const loopback = await openLoopback(['http://127.0.0.1/signed-in']);
    try {
      const answer = loopback.answer('s', new AbortController().signal);
      expect(await status(fetch(`${loopback.redirectUri}?state=s&code=first`))).toEqual([200, false]);
      expect(await status(fetch(`${loopback.redirectUri}?state=s&code=evil`))).toEqual([410, false]);
      expect((await answer).search).toBe('?state=s&code=first');
      // Nor does anybody reach it from elsewhere.
      const { port } = new URL(loopback.redirectUri);
      for (const other of ['127.0.0.2', '[::1]']) await expect(fetch(`http://${other}:${port}/`)).rejects.toThrow('fetch failed');
    } finally {
      await loopback.close();
    }
  });

  it('is told to nobody where the issuer refuses', async () => {
    const { team, signIns, exchanged, visited } = atBrowser((page) => status(comeBack(page, denied)));
    expect(await team(...login)).toMatchObject({ code: 4, remarks: expect.arrayContaining(['the sign-in was refused: somebody said no on that page']) });
    const other = atBrowser((page) => comeBack(page, { error: 'invalid_scope', error_description: 'a\u001b[31m' }));
    expect((await other.team(...login)).remarks.at(-1)).toBe(`${issuer} refused: invalid_scope, a�[31m`);
    expect([signIns.kept, exchanged(), await visited()]).toEqual([undefined, [], [[200, false]]]);
  });
});

it.each([
  ['the nonce is not ours', { claims: { nonce: 'another' } }, 3, /does not answer as an OpenID provider/],
  ['there is no id token', { token: () => Response.json({ access_token: 'a', token_type: 'Bearer' }) }, 3, /does not answer as an OpenID provider/],
  ['the token is none', { accessToken: 'of\nnobody' }, 3, /does not answer as an OpenID provider: it gives a token with characters that none has$/],
  ['the code is not taken', { token: () => Response.json({ error: 'invalid_grant' }, { status: 400 }) }, 4, /sign in again/],
  ['the page would be read on the way', { metadata: { authorization_endpoint: 'http://id.acme.example/auth' } }, 3, /only requests to HTTPS are allowed/],
  ['what is to be opened is no page', { issuer: 'http://localhost:1', metadata: { authorization_endpoint: 'file:///bin/sh' } }, 3, /only HTTP and HTTPS requests are allowed/],
])('keeps nothing where %s', async (_, changes, code, words) => {
  const { team, signIns } = atBrowser((page) => comeBack(page), changes);
  expect(await team(...login)).toMatchObject({ code, said: [], remarks: expect.arrayContaining([expect.stringMatching(words)]) });
  expect(signIns.kept).toBeUndefined();
});

describe('nobody comes back', () => {
  const closed = async (pages: readonly URL[]) => expect(fetch(pages[0]?.searchParams.get('redirect_uri') ?? '')).rejects.toThrow('fetch failed');

  it('within five minutes: it says so, and listens no longer', async () => {
    const waited: number[] = [];
    const over = new AbortController();
    const { team, pages } = atBrowser(async () => over.abort(), { timeout: (ms) => (waited.push(ms), ms === 300_000 ? over.signal : AbortSignal.timeout(ms)) });
    expect(await team(...login)).toMatchObject({ code: 4, remarks: expect.arrayContaining(['nobody signed in within 5 minutes: try again with `npx team login`']) });
    expect(waited).toContain(300_000);
    await closed(pages);
  });

  it('and the person has had enough', async () => {
    const enough = new AbortController();
    const { team, pages } = atBrowser(async () => enough.abort(), { signal: enough.signal });
    expect((await team(...login)).code).toBe(130);
    await closed(pages);
  });
});

describe('an issuer that takes exactly the ports that it knows', () => {
  it('is given the first that is free', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
    const { port: next } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    const redirectUris = [port, next].map((one) => `http://localhost:${one}/signed-in`);
    try {
      const { team, exchanged } = atBrowser((page) => comeBack(page), { redirectUris });
      expect((await team(...login)).code).toBe(0);
      expect(exchanged()).toMatchObject([{ redirect_uri: redirectUris[1] }]);
      const none = atBrowser((page) => comeBack(page), { redirectUris: redirectUris.slice(0, 1) });
      expect(await none.team(...login)).toMatchObject({ code: 1, remarks: [expect.stringMatching(/^nothing can listen .* are taken\. Free one of them, or sign in with: npx team login --device$/)] });
      expect(none.pages).toEqual([]);
    } finally {
      await new Promise((resolve) => taken.close(resolve));
    }
  });

  it.each(['http://evil.example/signed-in', 'https://localhost:18043/signed-in', 'http://localhost:18043', 'http://localhost:99999/signed-in', 'http://localhost:18043/signed-in?to=evil', 'http://user@localhost:18043/signed-in'])('is at no address such as %s', async (uri) => {
    expect(await atBrowser((page) => comeBack(page), { redirectUris: [uri] }).team(...login)).toMatchObject({ code: 3, remarks: [expect.stringContaining('does not speak the API')] });
  });
});

describe('which way', () => {
  const both = { device_authorization_endpoint: `${issuer}/device` };
  const wayOf = async (argv: readonly string[], metadata: object = {}) => {
    const enough = new AbortController();
    const { team, calls, pages } = atBrowser(async () => enough.abort(), { signal: enough.signal, metadata });
    const { code, remarks } = await team(...login, ...argv);
    return calls().includes(`POST ${issuer}/device`) ? 'device' : pages.length > 0 ? 'browser' : [code, remarks.at(-1)];
  };

  it('is the browser where one is to be seen, and a code where that is said', async () => {
    expect(await wayOf([], both)).toBe('browser');
    expect(await wayOf(['--browser'], both)).toBe('browser');
    expect(await wayOf(['--device'], both)).toBe('device');
    expect(await wayOf([], { ...both, authorization_endpoint: undefined })).toBe('device');
  });

  it('is said where it cannot be had', async () => {
    expect(await wayOf(['--device'])).toEqual([1, expect.stringContaining('knows no device flow (RFC 8628): sign in with --browser')]);
    expect(await wayOf(['--browser'], { ...both, authorization_endpoint: undefined })).toEqual([1, expect.stringContaining('sign in with --device')]);
    expect((await wayOf(['--browser', '--device']))[0]).toBe(2);
  });

  it('is a code where no browser is to be seen, but for an issuer that has none: then they open the page themselves', async () => {
    const device = atBrowser(async () => undefined, { openPage: undefined, metadata: both });
    await device.team(...login);
    expect(device.calls()).toContain(`POST ${issuer}/device`);
    for (const [argv, openPage] of [[[], undefined], [['--no-open'], () => expect('the page').toBe('not opened')]] as const) {
      const enough = new AbortController();
      const { team } = atBrowser(async () => undefined, { openPage, signal: enough.signal });
      const ended = team(...login, ...argv);
      setTimeout(() => enough.abort(), 200);
      const { code, remarks } = await ended;
      expect([code, remarks]).toEqual([130, [expect.stringMatching(/^Open this page in a browser of this machine:\nhttps:\/\/id\.acme\.example\/auth\?/), expect.any(String)]]);
    }
  });
});
