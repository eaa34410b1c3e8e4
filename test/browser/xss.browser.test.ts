import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import * as z from 'zod';
import type { Organization } from '../../infra/local/src/identity/index.ts';
import { picture, settled } from './screens.ts';
import { called, patienceMs, stage } from './stage.ts';

/** Turns the direction of writing around. */
const turned = '\u202e';

/** Markup that would say where it ran. */
const attack = (where: string): string => `"><img src=x onerror="window.ran='${where}'"><script>window.ran='${where}'</script><svg onload="window.ran='${where}'">`;
const names = {
  requester: `mal"><img src=x onerror=ran=1>${turned}@acme.example`,
  approver: `app'><svg onload=ran=1>${turned}@acme.example`,
};
const words = {
  justification: `${attack('justification')} <a href="javascript:window.ran=1">here</a> [here](javascript:window.ran=1) ${turned}gnp.exe`,
  ticket: `javascript:window.ran='ticket'//${turned}`,
  comment: `${attack('comment')}${turned}`,
  formula: `=cmd|' /C calc'!A0;=1+1`,
};

/** People whose names, and an account whose name, hold markup. */
function hostile(usual: Organization): Organization {
  const rename: Readonly<Record<string, string>> = { 'wren.kowalski@acme.example': names.requester, 'emeka.eriksen@acme.example': names.approver };
  return {
    ...usual,
    Users: usual.Users.map((user) => ({ ...user, UserName: rename[user.UserName] ?? user.UserName, ...(user.UserName in rename ? { DisplayName: `${attack('display name')}${turned}` } : {}) })),
    Groups: usual.Groups,
    Accounts: usual.Accounts.map((account) => (account.Name === 'Prod 002' ? { ...account, Name: '<img src=x onerror=ran=1><script>' } : account)),
  };
}

const scene = stage({ organization: hostile });
/** What ran, what tried to, and pages that came without a policy. */
let seen: string[];

/** What is dangerous in a page as it is now: what ran, elements of the attacks, links that are scripts, and words after those that turn around. */
const dangers = z.object({ ran: z.unknown().optional(), elements: z.array(z.string()), links: z.array(z.string()), turned: z.array(z.string()) });
const lookForDangers = `(() => {
  const every = [...document.querySelectorAll('*')];
  const apart = (element) => ['isolate', 'isolate-override', 'plaintext'].includes(getComputedStyle(element).unicodeBidi) || getComputedStyle(element).display !== 'inline';
  const wordsAfter = (node) => {
    let within = node.parentElement;
    while (!apart(within)) within = within.parentElement;
    const after = document.createRange();
    after.setStartAfter(node);
    after.setEndAfter(within);
    return after.toString().trim();
  };
  const texts = [];
  for (const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); walker.nextNode(); ) if (walker.currentNode.data.includes('\\u202e')) texts.push(walker.currentNode);
  return {
    ran: window.ran,
    elements: every.filter((one) => one.matches('img[src=x], svg[onload], script:not([src])') || [...one.attributes].some(({ name }) => /^on/.test(name))).map((one) => one.outerHTML.slice(0, 200)),
    links: [...document.querySelectorAll('a[href], form[action], [src]')].map((one) => one.href ?? one.action ?? one.src).filter((to) => !/^(https?|blob):/.test(String(to))).map(String),
    turned: texts.filter((node) => wordsAfter(node) !== '').map((node) => node.parentElement.outerHTML.slice(0, 300) + ' before ' + wordsAfter(node).slice(0, 60)),
  };
})()`;

async function expectHarmless(page: Page, where: string): Promise<void> {
  const answer: unknown = await page.evaluate(lookForDangers);
  const { ran, ...found } = dangers.parse(answer);
  expect({ where, ran, ...found }).toEqual({ where, ran: undefined, elements: [], links: [], turned: [] });
}

const hostileFirst = (a: { accountName: string }, b: { accountName: string }): number => Number(b.accountName.startsWith('<')) - Number(a.accountName.startsWith('<'));

/** A session in a browser that takes no notice of policies, so that nothing is hidden by them; `strict` heeds them, as all do. */
async function session(userName: string, strict = false): Promise<Page> {
  const page = await scene.session(userName, { bypassCSP: !strict });
  watch(page.context(), page);
  return page;
}

function watch(context: BrowserContext, page: Page): void {
  page.on('dialog', (dialog) => void seen.push(`dialog ${dialog.message()}`));
  page.on('console', (message) => void (/Content Security Policy|violates/.test(message.text()) && seen.push(message.text())));
  context.on('request', (request) => void (new URL(request.url()).origin === scene.portal.origin || /^(data|blob):/.test(request.url()) || seen.push(`asked ${request.url()}`)));
  context.on('response', (response) => {
    const { 'content-type': type = '', 'content-security-policy': policy = '' } = response.headers();
    if (type.startsWith('text/html') && !(policy.includes("default-src 'none'") && policy.includes('frame-ancestors') && !/script-src[^;]*unsafe/.test(policy))) seen.push(`no policy: ${response.url()}`);
  });
}

/** Where somebody looks, and what of the attacks must be seen there before it is looked for dangers. */
interface Visit {
  readonly to: string;
  readonly sees: (page: Page) => Locator;
  /** What is done first. */
  readonly first?: (page: Page) => Promise<void>;
  /** Loaded anew, since what is dangerous stands in its address. */
  readonly loaded?: true;
}

const text = (words: string) => (page: Page) => page.getByRole('main').getByText(words).first();
const choose = (what: string | RegExp) => async (page: Page): Promise<void> => page.getByRole('main').getByLabel(what).first().check();
const heading = (words: string) => (page: Page) => page.getByRole('heading', { name: words }).first();
const panel = (words: string) => (page: Page) => page.getByRole('region').or(page.getByRole('complementary')).getByText(words).last();
const [written, named, placed, commented] = ['gnp.exe', 'mal"><img', '<img src=x onerror=ran=1><script>', "window.ran='comment'"];

const visitsOf: Readonly<Record<string, { readonly userName: () => string; readonly visits: readonly Visit[] }>> = {
  'who asked': {
    userName: () => names.requester,
    visits: [
      { to: '/requests', sees: text("javascript:window.ran='ticket'") },
      { to: '/access', sees: text(placed) },
      { to: '/request?again=ID0', sees: text(placed) },
      { to: '/request?extends=ID0', sees: text(placed) },
      { to: '/overview', sees: (page) => page.locator('#content', { hasText: placed }) },
      { to: '/requests/ID0', sees: text(commented) },
      { to: '/requests/ID1', sees: text(commented) },
      { to: '/requests/ID2', sees: text(words.formula) },
      { to: '/requests/%3Cscript%3Ewindow.ran=1%3C%2Fscript%3E', sees: heading('Request <script>'), loaded: true },
      { to: '/%22%3E%3Cimg%20src=x%20onerror=ran=1%3E', sees: heading('There is no such page'), loaded: true },
    ],
  },
  'an approver': {
    userName: () => names.approver,
    visits: [
      { to: '/approvals', first: choose(/^Choose mal/), sees: panel(words.formula) },
      { to: '/approvals', first: decideOnFirst, sees: (page) => page.getByRole('dialog').getByText(named) },
      { to: '/approvals', first: async (page) => page.getByText('Decided by me').click(), sees: text(written) },
      { to: '/active', first: choose(/^Choose mal/), sees: panel(written) },
      { to: '/requests/ID0', sees: text(commented) },
      { to: '/requests/ID2', sees: text(words.formula) },
    ],
  },
  'an auditor': {
    userName: () => scene.portal.someoneIn(['TEAM Auditors']),
    visits: [
      { to: '/audit', sees: text(written), first: expectNoFormulaInExport },
      { to: '/audit?person=%22%3E%3Cscript%3Ewindow.ran=1%3C%2Fscript%3E', sees: heading('Audit'), loaded: true },
      { to: '/overview', sees: (page) => page.locator('#content', { hasText: placed }) },
      { to: '/requests/ID1', sees: text(commented) },
    ],
  },
  'an administrator': {
    userName: () => scene.portal.someoneIn(['TEAM Admins']),
    visits: [
      { to: '/administration?kind=EligibilityPolicy&id=', first: planTheAttack, sees: text("window.ran='policy'") },
      { to: '/active', first: choose(/^Choose mal/), sees: panel(written) },
      { to: '/requests/ID0', sees: text(commented) },
    ],
  },
};

async function decideOnFirst(page: Page): Promise<void> {
  await choose(/^Choose mal/)(page);
  await page.getByRole('button', { name: 'Deny (d)' }).click();
}

/** What spreadsheets would run is words in the export, whatever they separate by. */
async function expectNoFormulaInExport(page: Page): Promise<void> {
  await text(words.formula)(page).waitFor();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: /Export/ }).click()]);
  const exported = readFileSync(await file.path(), 'utf8');
  expect(exported).toContain(`"'=cmd|' /C calc'!A0;'=1+1"`);
  expect(exported).not.toMatch(/(^|[,;"\t\n])[=+@-]/);
}

/** A policy that names what there is not: the plan says so in the words that were written. */
async function planTheAttack(page: Page): Promise<void> {
  await page.getByLabel('The policy, in YAML').fill(`kind: EligibilityPolicy\nname: evil\nprincipals: { groups: [${JSON.stringify(attack('policy'))}] }\n`);
  await page.getByRole('button', { name: 'Plan', exact: true }).click();
}

describe('markup in what people write and in names', () => {
  let requests: readonly string[];
  const withIds = (to: string): string => to.replace(/ID(\d)/, (_, place) => requests[Number(place)] ?? '');

  beforeAll(async () => {
    seen = [];
    const [asker, approver] = [await session(names.requester), await session(names.approver)];
    const { items = [] } = await called(asker, 'GET', '/v1/askable?search=ReadOnly');
    const ids: string[] = [];
    for (const [place, { accountId, permissionSetArn }] of items.toSorted(hostileFirst).slice(0, 3).entries()) {
      const asked = await called(asker, 'POST', '/v1/requests', { targets: [{ accountId, permissionSetArn }], durationMinutes: 30, justification: place === 2 ? words.formula : words.justification, ticket: words.ticket });
      expect(asked).toMatchObject({ status: 202 });
      ids.push(asked.requestId ?? '');
    }
    expect(new Set(ids).size).toBe(3);
    requests = ids;
    for (const [place, verdict] of [[0, 'approve'], [1, 'deny']] as const) {
      await waitFor(approver, ids[place] ?? '', 'pending');
      expect(await called(approver, 'POST', `/v1/requests/${ids[place]}/decisions`, { verdict, comment: words.comment })).toMatchObject({ status: 202 });
    }
    await waitFor(approver, ids[0] ?? '', 'active');
    await Promise.all([asker.context().close(), approver.context().close()]);
  }, patienceMs);

  /** Until the request stands so, and whoever asks may decide on it. */
  async function waitFor(page: Page, id: string, status: string): Promise<void> {
    const shape = z.object({ row: z.object({ status: z.string() }), may: z.object({ decide: z.boolean() }) });
    for (let tries = 0; tries < 300; tries += 1) {
      const { data } = shape.safeParse(await page.evaluate(async (to) => (await fetch(to)).json(), `/v1/requests/${id}`));
      if (data?.row.status === status && (status !== 'pending' || data.may.decide)) return;
      await delay(100);
    }
    throw new Error(`request ${id} is not ${status}`);
  }

  it.each(Object.entries(visitsOf))('runs nowhere where %s looks', async (who, { userName, visits }) => {
    const page = await session(userName());
    await scene.go(page, '/requests');
    for (const { to, sees, first, loaded = false } of visits) {
      await (loaded ? scene.go : scene.follow)(page, '/nowhere');
      await (loaded ? scene.go : scene.follow)(page, withIds(to));
      await first?.(page);
      await sees(page).waitFor();
      await settled(page);
      await expectHarmless(page, `${who} at ${to}`);
    }
    await picture(page, `xss-${who.replaceAll(' ', '-')}`);
    expect(seen).toEqual([]);
  }, patienceMs);

  it('is there as the words that it is', async () => {
    const page = await session(names.approver, true);
    await scene.go(page, `/requests/${requests[1]}`);
    for (const attacked of [words.justification, words.ticket, words.comment]) await page.getByText(attacked.slice(0, 60)).first().waitFor();
    await picture(page, 'xss-as-words');
    await expectHarmless(page, 'as words');
    expect(seen).toEqual([]);
  }, patienceMs);

  it('runs nowhere at the local sign-in, from its list to the end', async () => {
    const context = await scene.browser.newContext({ bypassCSP: true });
    const page = await context.newPage();
    watch(context, page);
    await scene.go(page, '/auth/sign-in?return=/requests');
    await expectHarmless(page, 'sign-in');
    await page.goto(`${page.url()}?find=${encodeURIComponent('"><script>window.ran=1</script>')}`);
    await expectHarmless(page, 'sign-in-find');
    for (const to of ['/sign-in/device?user_code=%22%3E%3Cscript%3Ewindow.ran=1%3C%2Fscript%3E', '/auth/callback?error=%3Cscript%3E&error_description=%3Cscript%3E', '/sign-in/auth?client_id=%3Cscript%3E']) {
      await scene.go(page, to);
      expect([to, await page.evaluate('window.ran')]).toEqual([to, undefined]);
    }
    await context.close();
    expect(seen).toEqual([]);
  }, patienceMs);
});
