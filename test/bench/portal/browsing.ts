import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import * as z from 'zod';
import { buildWeb, builtWeb } from '../../../infra/local/src/portal/build-web.ts';
import { signedInAs, startBrowser } from '../../browser/chromium.ts';
import { identityCenterMs, openPortal } from '../../browser/open-portal.ts';
import { quantile, type Report } from '../figures.ts';

const scriptBar = 350_000;
const paintBarMs = 1_500;
const activeBarMs = 1_500;
const loads = 7;
const approvals = 20;

/** What the first page of somebody who is signed in loads, and when something is seen of it. */
export async function benchFirstLoad(): Promise<Report> {
  await buildWeb();
  const [portal, browser] = [await openPortal(), await startBrowser()];
  try {
    const { context, page } = await signedInAs(browser, portal.origin, portal.someoneIn(['Developers']));
    await page.close();
    const paints: number[] = [];
    let scripts: readonly string[] = [];
    for (let load = 0; load < loads; load += 1) {
      const fresh = await context.newPage();
      const session = await context.newCDPSession(fresh);
      await session.send('Network.setCacheDisabled', { cacheDisabled: true });
      await fresh.goto(`${portal.origin}/access`, { waitUntil: 'networkidle' });
      paints.push(Number(await fresh.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime")));
      scripts = z.array(z.string()).parse(await fresh.evaluate("performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.endsWith('.js'))"));
      await fresh.close();
    }
    const bytes = scripts.reduce((sum, url) => sum + gzipSync(readFileSync(path.join(builtWeb, new URL(url).pathname))).byteLength, 0);
    const all = readdirSync(path.join(builtWeb, 'assets')).filter((name) => name.endsWith('.js'));
    return {
      title: `first load of the production build in headless Chromium ${browser.version()}, nothing cached, ${loads} times`,
      lines: [`${scripts.length} of ${all.length} scripts, ${(bytes / 1_000).toFixed(0)} kB gzip`, `first contentful paint: median ${quantile(paints, 0.5).toFixed(0)} ms, worst ${Math.max(...paints).toFixed(0)} ms`],
      bars: [{ what: `at most ${scriptBar / 1_000} kB of JavaScript`, held: bytes <= scriptBar }, { what: `first contentful paint at most ${paintBarMs} ms`, held: quantile(paints, 0.5) <= paintBarMs }],
    };
  } finally {
    await browser.close();
    await portal.close();
  }
}

/** Resolves at the frame that says "Active". A locator is looked at every half second at last, which would be measured, too. */
const saysActive = `new Promise((seen) => {
  const look = () => ([...document.querySelectorAll('#content *')].some(({ childElementCount, textContent }) => childElementCount === 0 && textContent === 'Active') ? seen() : requestAnimationFrame(look));
  look();
})`;

/** From the click on Approve to "Active" on the screen of who asked, what Identity Center takes left out. */
export async function benchApproval(): Promise<Report> {
  await buildWeb();
  const [portal, browser] = [await openPortal(), await startBrowser()];
  try {
    const asker = (await signedInAs(browser, portal.origin, portal.someoneIn(['Developers'], ['Production Leads', 'SRE']))).page;
    const approver = (await signedInAs(browser, portal.origin, portal.someoneIn(['Production Leads'], ['Developers']))).page;
    await asker.goto(`${portal.origin}/requests`);
    const times: number[] = [];
    for (let n = 0; n < approvals; n += 1) {
      const href = await ask(asker, n + 15);
      await Promise.all([asker.goto(`${portal.origin}${href}`), approver.goto(`${portal.origin}${href}`)]);
      await approver.getByRole('button', { name: 'Approve', exact: true }).click();
      const confirm = approver.getByRole('dialog').getByRole('button', { name: 'Approve', exact: true });
      await confirm.waitFor();
      const begun = performance.now();
      await confirm.click();
      await asker.evaluate(saysActive);
      times.push(performance.now() - begun - identityCenterMs);
      await endNow(asker, href);
    }
    const p95 = quantile(times, 0.95);
    return {
      title: `from the click on Approve to Active on the other screen, ${approvals} times; both browsers and TEAM share the machine`,
      lines: [`p50 ${quantile(times, 0.5).toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, without the ${identityCenterMs} ms of Identity Center`],
      bars: [{ what: `p95 at most ${activeBarMs} ms`, held: p95 <= activeBarMs }],
    };
  } finally {
    await browser.close();
    await portal.close();
  }
}

type Page = Awaited<ReturnType<typeof signedInAs>>['page'];

/** Asks for a while of the first thing that needs approval; gives the path of its page. */
async function ask(page: Page, durationMinutes: number): Promise<string> {
  const requestId: unknown = await page.evaluate(async (minutes) => {
    const { items } = (await (await fetch('/v1/askable?search=Prod')).json()) as { items: { accountId: string; permissionSetArn: string; approvalRequired: boolean }[] };
    const targets = items.filter(({ approvalRequired }) => approvalRequired).slice(0, 1).map(({ accountId, permissionSetArn }) => ({ accountId, permissionSetArn }));
    const answer = await fetch('/v1/requests', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ targets, durationMinutes: minutes, justification: 'how fast it is' }) });
    return ((await answer.json()) as { requestId: string }).requestId;
  }, durationMinutes);
  return `/requests/${String(requestId)}`;
}

/** Ends it, so that the next access to the same place is given anew, and not found there. */
async function endNow(page: Page, href: string): Promise<void> {
  await page.evaluate((path) => fetch(`/v1${path}/end`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }), href);
  await page.getByText('Revoked', { exact: true }).first().waitFor();
}
