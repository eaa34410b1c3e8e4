import { request, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { createWorld, type World } from '../../infra/local/src/play/world.ts';
import { servePortal } from '../../infra/local/src/portal/serve-portal.ts';
import { createBrowser, formOf, type Browser } from '../../services/portal/test/sign-in/browser.ts';
import { organization, policies } from '../journeys/fixture.ts';

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

/** The portal as it is served locally, with the local sign-in, over HTTP; what is behind it stands in virtual time. */
export interface Served {
  readonly origin: string;
  readonly world: World;
  /** A browser in which somebody has signed in. */
  signedIn(userName: string, browser?: Browser): Promise<Browser>;
  /** Signs in as far as the call back to the portal, and gives its address. */
  calledBack(userName: string, browser: Browser, question?: string): Promise<string>;
  /** Sends a call as it stands, header by header. */
  raw(path: string, sent?: { readonly method?: string; readonly headers?: OutgoingHttpHeaders; readonly body?: string }): Promise<RawAnswer>;
  close(): Promise<void>;
}

export const sessionCookie = '__Host-team';

export async function openServed(): Promise<Served> {
  const server = await servePortal({ port: 0, people: everybody });
  const world = await createWorld({ organization, policies, startAt: '2026-03-02T09:00:00.000Z', seed: 13, more: { portal: server.signIn } });
  if (world.system.portal === undefined) throw new Error('there is no portal');
  server.open(world.system.portal);
  const { origin } = server;
  const calledBack = callingBack(origin, world);

  return {
    origin,
    world,
    calledBack,
    signedIn: (userName, browser) => signedIn(calledBack, origin, userName, browser),
    async raw(path, { method = 'GET', headers = {}, body } = {}) {
      const { port } = new URL(origin);
      const response = await new Promise<IncomingMessage>((resolve, reject) => request({ host: '127.0.0.1', port, path, method, headers }, resolve).once('error', reject).end(body));
      let text = '';
      for await (const part of response.setEncoding('utf8')) text += String(part);
      return { status: response.statusCode ?? 0, headers: response.headers, text };
    },
    close: server.close,
  };
}

/** Signs in at a portal that `servePortal` serves, as `Served.calledBack` does. */
export function callingBack(origin: string, world: Pick<World, 'user'>): Served['calledBack'] {
  const isCallback = (url: string): boolean => url.startsWith(`${origin}/auth/callback`);
  return async (userName, browser, question = '') => {
    const login = await browser.follow(`${origin}/auth/sign-in${question}`, {}, isCallback);
    if (isCallback(login.url)) return login.url;
    const { action } = formOf(await login.response.text());
    const user = world.user(userName).UserId;
    return (await browser.follow(new URL(action, login.url).href, { method: 'POST', body: new URLSearchParams({ user }) }, isCallback)).url;
  };
}

/** Signs somebody in to the end. Rejects where they do not get in. */
export async function signedIn(calledBack: Served['calledBack'], origin: string, userName: string, browser = createBrowser()): Promise<Browser> {
  const answer = await browser.call(await calledBack(userName, browser, '?return=/requests'));
  if (answer.headers.get('location') !== `${origin}/requests`) throw new Error(`${userName} did not get in: ${await answer.text()}`);
  return browser;
}

/** Everybody who can sign in. */
export const everybody = () =>
  organization.Users.filter(({ UserStatus }) => UserStatus === 'ENABLED').map(({ UserId, UserName, DisplayName }) => ({ userId: UserId, userName: UserName, displayName: DisplayName, groups: [] }));
