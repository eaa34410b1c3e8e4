import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Page } from 'playwright-core';
import * as z from 'zod';

/** Where screenshots of a run are kept, to be looked at. */
export const screens = path.resolve(import.meta.dirname, '../../.team/screens');

/** Until nothing that was on its way is awaited any more: the page has its heading, and no placeholder. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.locator('.skeleton, [class*=awsui_spinner-rotator]').first().waitFor({ state: 'detached' });
}

/** Takes a screenshot of the whole page. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(screens, { recursive: true });
  await page.evaluate('window.scrollTo(0, 0)');
  await page.screenshot({ path: path.join(screens, `${name}.png`), fullPage: true });
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const found = z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) }));
const look = `axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
  .then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html })) })))`;

/** What axe-core finds against WCAG 2.2 AA, one line each. */
export async function violations(page: Page): Promise<readonly string[]> {
  // Past the page's own content security policy, which lets no other script in.
  if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(axeSource);
  const result: unknown = await page.evaluate(look);
  return found.parse(result).map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

/** Keeps pictures of the page as it is, light and wide, dark and narrow; nothing in it keeps anybody out, and nothing runs over its edge. */
export async function lookAt(page: Page, name: string): Promise<void> {
  await settled(page);
  await picture(page, name);
  expect({ name, violations: await violations(page) }).toEqual({ name, violations: [] });
  const wide = page.viewportSize() ?? { width: 1_280, height: 900 };
  await colours(page, 'dark');
  await page.setViewportSize({ width: 320, height: 800 });
  await settled(page);
  await picture(page, `${name}-narrow`);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
  expect({ name, violations: await violations(page) }).toEqual({ name, violations: [] });
  await page.setViewportSize(wide);
  await colours(page, 'light');
}

/** As the button in the top bar does it, which a dialog may stand before: this browser keeps it, and tells the page. */
async function colours(page: Page, which: 'light' | 'dark'): Promise<void> {
  await page.evaluate(`localStorage.setItem('team.dark', '${which === 'dark'}'); window.dispatchEvent(new StorageEvent('storage', { key: 'team.dark' })); undefined`);
}
