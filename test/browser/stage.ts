import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import * as z from 'zod';
import { buildWeb } from '../../infra/local/src/portal/build-web.ts';
import { signedInAs, startBrowser } from './chromium.ts';
import { openPortal, type OpenPortal, type Opening } from './open-portal.ts';

/** How long a test may take, and what is done before the first: the web application is built then, where that is needed (ms). */
export const patienceMs = 240_000;
/** How long a page is given to show what is waited for (ms). */
export const pagePatienceMs = 60_000;

/** What the API answers with to a page, as far as tests look at it. */
const answered = z.object({
  status: z.union([z.int(), z.string()]),
  code: z.string().optional(),
  requestId: z.string().optional(),
  items: z.array(z.object({ accountId: z.string(), accountName: z.string(), permissionSetArn: z.string() })).optional(),
});

/** A portal and a browser before it. */
export interface Stage {
  readonly portal: OpenPortal;
  readonly browser: Browser;
  /** A browser session of its own, signed in as somebody. */
  session(userName: string, options?: BrowserContextOptions): Promise<Page>;
  /** Opens a page of the portal, as a link from elsewhere does. */
  go(page: Page, to: string): Promise<void>;
  /** Follows a link within the portal, which stays loaded. */
  follow(page: Page, to: string): Promise<void>;
}

/** Opens a portal and a browser before the tests that stand beside the call, and closes them afterwards. */
export function stage(opening: Opening = {}): Stage {
  let opened: { readonly portal: OpenPortal; readonly browser: Browser } | undefined;
  beforeAll(async () => {
    await buildWeb();
    opened = { portal: await openPortal(opening), browser: await startBrowser() };
  }, patienceMs);
  const sessions: Page[] = [];
  // A page that is looked at no more goes on asking, which takes time from the next test.
  afterEach(async () => void (await Promise.all(sessions.splice(0).map((page) => page.context().close()))));
  afterAll(async () => {
    await opened?.browser.close();
    await opened?.portal.close();
  });
  const there = () => {
    if (opened === undefined) throw new Error('nothing is open yet: this is for tests');
    return opened;
  };
  return {
    get portal() {
      return there().portal;
    },
    get browser() {
      return there().browser;
    },
    async session(userName, options) {
      const { portal, browser } = there();
      const { page } = await signedInAs(browser, portal.origin, userName, options);
      page.setDefaultTimeout(pagePatienceMs);
      sessions.push(page);
      return page;
    },
    go: async (page, to) => void (await page.goto(`${there().portal.origin}${to}`)),
    async follow(page, to) {
      const elsewhere = new URL(to, page.url()).pathname !== new URL(page.url()).pathname;
      const leave = elsewhere ? "document.querySelector('h1')?.setAttribute('data-left', '');" : '';
      await page.evaluate(`${leave} history.pushState(undefined, '', ${JSON.stringify(to)}); window.dispatchEvent(new PopStateEvent('popstate'))`);
      await page.locator('h1:not([data-left])').first().waitFor();
    },
  };
}

/** Calls the API from a page, as its own scripts do. */
export async function called(page: Page, method: string, to: string, body?: object): Promise<z.infer<typeof answered>> {
  const answer: unknown = await page.evaluate(
    async ({ method, to, body }) => {
      const given = await fetch(to, body === undefined ? { method } : { method, headers: { 'content-type': 'application/json' }, body });
      return { ...((await given.json()) as object), status: given.status };
    },
    { method, to, body: body === undefined ? undefined : JSON.stringify(body) },
  );
  return answered.parse(answer);
}
