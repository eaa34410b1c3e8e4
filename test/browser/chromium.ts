import chromium from '@sparticuz/chromium';
import { chromium as playwright, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';

/** As the bundled Chromium runs everywhere: no display, no sandbox of its own, nothing from outside. */
const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Chromium out of a package: no other has to be there. */
export async function startBrowser(): Promise<Browser> {
  return playwright.launch({ executablePath: await chromium.executablePath(), args, headless: true });
}

/** The form of the local provider in which each person is a button; of its quotes and signs none is in an id. */
const firstPerson = /name="user" value="([^"]*)"/;

/** A browser session of its own, signed in as somebody at the local provider, by the calls that its pages would make. Nothing moves in it of itself. */
export async function signedInAs(browser: Browser, origin: string, userName: string, options: BrowserContextOptions = {}): Promise<{ readonly context: BrowserContext; readonly page: Page }> {
  const context = await browser.newContext({ viewport: { width: 1_280, height: 900 }, reducedMotion: 'reduce', ...options });
  const people = (await context.request.get(`${origin}/auth/sign-in?return=/healthz`)).url();
  const found = await context.request.get(people, { params: { find: userName } });
  const [, user = ''] = firstPerson.exec(await found.text()) ?? [];
  const end = await context.request.post(people, { form: { user } });
  if (end.url() !== `${origin}/healthz`) throw new Error(`${userName} did not get in: ${end.status()} at ${end.url()}`);
  const page = await context.newPage();
  await page.goto(`${origin}/key.svg`);
  return { context, page };
}
