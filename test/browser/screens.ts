import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Page } from 'playwright-core';
import * as z from 'zod';

/** Where screenshots of a run are kept, to be looked at. */
export const screens = path.resolve(import.meta.dirname, '../../.team/screens');

/** Takes a screenshot of the whole page. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(screens, { recursive: true });
  await page.screenshot({ path: path.join(screens, `${name}.png`), fullPage: true });
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const found = z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) }));

/** What axe-core finds against WCAG 2.2 AA, one line each. */
export async function violations(page: Page): Promise<readonly string[]> {
  // Past the page's own content security policy, which lets no other script in.
  await page.evaluate(axeSource);
  const result: unknown = await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html })) })))`,
  );
  return found.parse(result).map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

/** Keeps pictures of the page as it is, light and wide, dark and narrow; nothing in it keeps anybody out, and nothing runs over its edge. */
export async function lookAt(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle');
  await picture(page, name);
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Light: change to dark colours' }).click();
  await page.setViewportSize({ width: 320, height: 800 });
  await picture(page, `${name}-narrow`);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
  expect(await violations(page)).toEqual([]);
  await page.setViewportSize({ width: 1_280, height: 900 });
  await page.getByRole('button', { name: 'Dark: change to light colours' }).click();
}
