import chromium from '@sparticuz/chromium';
import { chromium as playwright, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';

/** As the bundled Chromium runs everywhere: no display, no sandbox of its own, nothing from outside. */
const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Chromium out of a package: no other has to be there. */
export async function startBrowser(): Promise<Browser> {
  return playwright.launch({ executablePath: await chromium.executablePath(), args, headless: true });
}

/** A browser session of its own, signed in as somebody at the local provider. */
export async function signedInAs(browser: Browser, origin: string, userName: string, options: BrowserContextOptions = {}): Promise<{ readonly context: BrowserContext; readonly page: Page }> {
  const context = await browser.newContext({ viewport: { width: 1_280, height: 900 }, ...options });
  const page = await context.newPage();
  await page.goto(`${origin}/auth/sign-in?return=/requests`);
  await page.getByRole('searchbox').or(page.locator('input[name=find]')).first().waitFor();
  await page.goto(`${page.url()}?find=${encodeURIComponent(userName)}`);
  await page.locator('button[name=user]').first().click();
  await page.waitForURL(`${origin}/requests`);
  return { context, page };
}
