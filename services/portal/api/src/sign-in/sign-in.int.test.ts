import { createBrowser, formOf, type Browser } from '../../../test/sign-in/browser.ts';
import { ana, ben, runPortal, type RunningPortal } from '../../../test/sign-in/running-portal.ts';

let portal: RunningPortal;
let browser: Browser;
beforeEach(async () => {
  portal = await runPortal();
  browser = createBrowser();
});
afterEach(() => portal.close());

interface Me {
  readonly userName: string;
  readonly authTime: number;
}

const me = async (init?: RequestInit) => {
  const response = await browser.call(`${portal.origin}/api/me`, init);
  return { status: response.status, body: (await response.json()) as Me & { code?: string }, challenge: response.headers.get('www-authenticate') };
};

/** Goes to the sign-in and says there who it is; gives the answer of the provider or of us. */
async function signIn(userId: string, question = '') {
  const login = await browser.follow(`${portal.origin}/auth/sign-in${question}`, {}, (url) => url.startsWith(`${portal.origin}/after`));
  if (!login.url.includes('/login/')) return login;
  const { action } = formOf(await login.response.text());
  return browser.follow(new URL(action, login.url).href, { method: 'POST', body: new URLSearchParams({ user: userId }) }, (url) => url.startsWith(`${portal.origin}/after`));
}

const ownPage = { 'sec-fetch-site': 'same-origin' };

test('somebody signs in, is known, signs out, and is known no more', async () => {
  expect(await me()).toMatchObject({ status: 401, body: { code: 'ERR_NOT_SIGNED_IN' }, challenge: 'Bearer realm="team"' });
  expect((await signIn(ana.userId, '?return=/after%3Fa=1')).url).toBe(`${portal.origin}/after?a=1`);
  const known = await me();
  expect(known).toMatchObject({ status: 200, body: { userId: ana.userId, userName: ana.userName, sessionEndsAt: expect.any(Number) } });
  expect(Math.abs(known.body.authTime - Date.now() / 1000)).toBeLessThan(30);

  const cookie = browser.cookies(portal.origin).get('__Host-team') ?? '';
  const out = await browser.call(`${portal.origin}/auth/sign-out`, { method: 'POST', headers: ownPage });
  const { href } = (await out.json()) as { href: string };
  expect(href).toContain(`${portal.issuer}/session/end?`);
  expect(await me()).toMatchObject({ status: 401, body: { code: 'ERR_NOT_SIGNED_IN' } });
  expect(await me({ headers: { cookie: `__Host-team=${cookie}` } })).toMatchObject({ status: 401 });

  const confirm = formOf(await (await browser.call(href)).text());
  confirm.fields.set('logout', 'yes');
  expect((await browser.follow(confirm.action, { method: 'POST', body: confirm.fields }, (url) => url === `${portal.origin}/`)).url).toBe(`${portal.origin}/`);
  expect((await browser.follow(`${portal.origin}/auth/sign-in`)).url).toContain('/login/');
});

test('whoever still has the cookie of a session that was signed out is told that it is over', async () => {
  await signIn(ana.userId, '?return=/after');
  const jar = browser.cookies(portal.origin);
  const cookie = jar.get('__Host-team') ?? '';
  await browser.call(`${portal.origin}/auth/sign-out`, { method: 'POST', headers: ownPage });
  jar.set('__Host-team', cookie);
  expect(await me()).toMatchObject({ status: 401, body: { code: 'ERR_SESSION_ENDED' } });
});

test('who is signed in at the provider comes back without a question, but not where a fresh proof is asked for', async () => {
  await signIn(ana.userId, '?return=/after');
  const first = browser.cookies(portal.origin).get('__Host-team');
  const { authTime } = (await me()).body;
  expect((await browser.follow(`${portal.origin}/auth/sign-in?return=/after`, {}, (url) => url.startsWith(`${portal.origin}/after`))).url).toBe(`${portal.origin}/after`);
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const asked = await browser.follow(`${portal.origin}/auth/sign-in?return=/after&again=1`);
  expect(asked.url).toContain('/login/');
  await signIn(ana.userId, '?return=/after&again=1');
  expect((await me()).body.authTime).toBeGreaterThan(authTime);
  expect(browser.cookies(portal.origin).get('__Host-team')).not.toBe(first);
  expect(portal.kept.sessions.size).toBe(1);
});

test('a callback works once, in the browser that began, and with its own state', async () => {
  const login = await browser.follow(`${portal.origin}/auth/sign-in?return=/after`);
  const { action } = formOf(await login.response.text());
  const isCallback = (url: string) => url.startsWith(`${portal.origin}/auth/callback`);
  const { url } = await browser.follow(new URL(action, login.url).href, { method: 'POST', body: new URLSearchParams({ user: ben.userId }) }, isCallback);
  const other = await createBrowser().call(url);
  expect([other.status, await other.text()]).toEqual([400, expect.stringContaining('ERR_SIGN_IN_UNKNOWN')]);
  const jar = browser.cookies(portal.origin);
  const [[name = '', pending = ''] = []] = jar;
  expect((await browser.call(url)).headers.get('location')).toBe(`${portal.origin}/after`);
  jar.set(name, pending);
  expect((await browser.call(url)).status).toBe(400);

  // A code and state of another sign-in, under the cookie of this one.
  jar.clear();
  await browser.call(`${portal.origin}/auth/sign-in`);
  const [mixed = ''] = jar.values();
  jar.set(name, mixed);
  const forged = await browser.call(url);
  expect([forged.status, await forged.text()]).toEqual([400, expect.stringContaining('ERR_SIGN_IN_REFUSED')]);
  expect(jar.has('__Host-team')).toBe(false);
});

test('cookies hold an id alone, out of reach of scripts and of other hosts', async () => {
  const begun = await browser.call(`${portal.origin}/auth/sign-in`);
  expect(begun.headers.getSetCookie()).toEqual([expect.stringMatching(/^__Host-team-sign-in-[\w-]{8}=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/)]);
  expect(begun.headers.get('cache-control')).toBe('no-store');
});

test('somebody whom Identity Center does not know, or who is disabled, is told so on a page', async () => {
  portal.people.delete('ben');
  const unknown = await signIn(ben.userId);
  expect([unknown.response.status, await unknown.response.text()]).toEqual([403, expect.stringContaining('nobody in IAM Identity Center has the user name')]);
  expect(browser.cookies(portal.origin).has('__Host-team')).toBe(false);
});

test('several tabs sign in at once, and each goes on where it was', async () => {
  await signIn(ana.userId, '?return=/after');
  const isCallback = (url: string) => url.startsWith(`${portal.origin}/auth/callback`);
  const tabs = await Promise.all(['/after-1', '/after-2'].map((path) => browser.follow(`${portal.origin}/auth/sign-in?return=${path}`, {}, isCallback)));
  const ends = [];
  for (const { url } of tabs) ends.push((await browser.call(url)).headers.get('location'));
  expect(ends).toEqual([`${portal.origin}/after-1`, `${portal.origin}/after-2`]);
});

test('a week ahead of the provider, as the local run may be, a proof of now is of now', async () => {
  await portal.close();
  const week = 7 * 86_400_000;
  portal = await runPortal({ now: () => Date.now() + week, path: '/sign-in' });
  expect((await signIn(ana.userId, '?return=/after')).url).toBe(`${portal.origin}/after`);
  expect(Math.abs((await me()).body.authTime - (Date.now() + week) / 1000)).toBeLessThan(30);
});
