import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { lookAt, picture, settled } from './screens.ts';
import { called, pagePatienceMs, patienceMs, stage } from './stage.ts';

const scene = stage();
const { session, go, follow } = scene;
const developer = () => scene.portal.someoneIn(['Developers'], ['Production Leads', 'SRE']);
const lead = () => scene.portal.someoneIn(['Production Leads'], ['Developers']);

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
/** Words that stand by themselves, wherever they are in a page. */
const line = (page: Page, words: string) => page.getByRole('main').getByText(words, { exact: true }).first();

/** Asks for read access to production, as a person does; gives the request's page. */
async function askForProduction(page: Page, account: string, why: string): Promise<string> {
  await go(page, '/request');
  await button(page, /^Account/).click();
  await page.getByLabel('Find an account').fill(account);
  await page.getByRole('option', { name: account }).click();
  await button(page, /^Permission sets/).click();
  await page.getByRole('option', { name: /ReadOnlyAccess/ }).click();
  await page.keyboard.press('Escape');
  await page.getByLabel('Justification').fill(why);
  await page.getByLabel('Ticket').fill('OPS-7');
  await page.getByText('Somebody has to approve it').waitFor();
  if (account === 'Prod 002') await lookAt(page, 'request-filled');
  await button(page, 'Send request').click();
  await page.waitForURL(/\/requests\/[0-9a-f-]{36}/);
  await line(page, 'Waits for approval').waitFor();
  return new URL(page.url()).pathname;
}

async function decide(page: Page, verdict: 'Approve' | 'Deny', comment: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Comment').fill(comment);
  await dialog.getByRole('button', { name: verdict, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

async function chooseAtProvider(page: Page, userName: string): Promise<void> {
  await page.getByLabel('Find people').fill(userName);
  await button(page, 'Find').click();
  await button(page, new RegExp(userName)).click();
}

describe('the portal in a browser', () => {
  it('a request is asked for, approved by somebody else, had, and ended by who has it', async () => {
    const asker = await session(developer());
    const request = await askForProduction(asker, 'Prod 002', 'the queue of Monday');
    await line(asker, 'the queue of Monday').waitFor();
    await lookAt(asker, 'request-pending');
    const approver = await session(lead());
    await go(approver, '/approvals');
    await approver.getByRole('checkbox', { name: `Choose ${developer()}, Prod 002` }).check();
    await approver.getByText(`ReadOnlyAccess in Prod 002: never`).waitFor();
    await lookAt(approver, 'approvals-side-panel');
    await button(approver, 'Approve (a)').click();
    await approver.getByRole('dialog').getByText(`${developer()}: ReadOnlyAccess in Prod 002 for 1 h`).waitFor();
    await lookAt(approver, 'approve-dialog');
    await decide(approver, 'Approve', 'go ahead');
    await line(asker, 'Active').waitFor();
    await line(asker, `${lead()} approved`).waitFor();
    await line(asker, '“go ahead”').waitFor();
    await lookAt(asker, 'request-active');
    await follow(asker, '/access');
    await asker.getByRole('heading', { name: 'ReadOnlyAccess in Prod 002' }).waitFor();
    await button(asker, 'How to use it').click();
    await asker.getByText('[profile prod-002-readonlyaccess-').waitFor();
    await lookAt(asker, 'my-access');
    await button(asker, 'End now: ReadOnlyAccess in Prod 002').click();
    await asker.getByRole('dialog').getByLabel('Reason').fill('done with it');
    await asker.getByRole('dialog').getByRole('button', { name: 'End now', exact: true }).click();
    await follow(asker, request);
    await line(asker, 'Revoked').waitFor();
    await line(asker, 'the queue of Monday').waitFor();
    await lookAt(asker, 'request-over');
    expect(await scene.portal.system.invoke('team-audit-query', { op: 'verify' })).toMatchObject({ problems: [] });
  }, patienceMs);

  it('what is denied says so, by whom and why', async () => {
    const asker = await session(developer());
    const request = await askForProduction(asker, 'Prod 013', 'because I want to');
    const approver = await session(lead());
    await go(approver, request);
    await button(approver, 'Deny').click();
    await decide(approver, 'Deny', 'wanting is no reason');
    for (const words of ['Denied', `${lead()} denied`, '“wanting is no reason”']) await line(asker, words).waitFor();
    expect(await button(asker, /^End|^Take back/).count()).toBe(0);
  }, patienceMs);

  it('what a bundle holds is seen before it is asked for, and stands target by target afterwards', async () => {
    const asker = await session(developer());
    await go(asker, '/request');
    await button(asker, /^Bundles/).press('Enter');
    await asker.getByRole('option', { name: /payments-read.*2 targets, up to 2 h, needs approval/ }).waitFor();
    for (const key of ['ArrowDown', 'Enter', 'Escape']) await asker.keyboard.press(key);
    // Kept as a favourite, it is chosen by that again.
    for (const name of ['Keep as a favourite: payments-read (bundle)', 'Remove bundle payments-read', 'payments-read (bundle)']) await button(asker, name).click();
    await asker.getByLabel('Justification').fill('all ledgers');
    await asker.getByText('Somebody has to approve it').waitFor();
    for (const account of ['Prod Payments 003', 'Prod Payments 014']) await asker.getByRole('listitem').filter({ hasText: `ReadOnlyAccess in ${account}` }).last().getByText('Needs approval').waitFor();
    await lookAt(asker, 'request-bundle');
    await button(asker, 'Send request').click();
    for (const account of ['Prod Payments 003', 'Prod Payments 014']) await line(asker, `ReadOnlyAccess in ${account}`).waitFor();
  }, patienceMs);

  it('one of several grants is ended by itself, and the others stay', async () => {
    const asker = await session(developer());
    const { items = [] } = await called(asker, 'GET', '/v1/askable?search=PowerUser');
    const targets = items.slice(0, 2).map(({ accountId, permissionSetArn }) => ({ accountId, permissionSetArn }));
    const [kept = '', ended = ''] = items.map(({ accountName }) => accountName);
    const { requestId } = await called(asker, 'POST', '/v1/requests', { targets, durationMinutes: 30, justification: 'two of them' });
    await go(asker, `/requests/${requestId}`);
    const row = (account: string) => asker.getByRole('row').filter({ hasText: `PowerUserAccess in ${account}` });
    for (const account of [kept, ended]) await row(account).getByText('Active', { exact: true }).waitFor();
    await button(asker, `End now: PowerUserAccess in ${ended}`).click();
    await asker.getByRole('dialog').getByRole('button', { name: 'End now', exact: true }).click();
    await row(ended).getByText('Revoked', { exact: true }).waitFor();
    await row(kept).getByText('Active', { exact: true }).waitFor();
    await lookAt(asker, 'request-partly-over');
  }, patienceMs);

  it('somebody who may asks for somebody else, and nobody else is offered to', async () => {
    const [sre, forWhom] = [await session(scene.portal.someoneIn(['SRE'], ['Developers'])), developer()];
    await go(sre, '/request');
    await sre.getByRole('heading', { name: 'For whom' }).waitFor();
    await sre.getByLabel('User name').fill(forWhom);
    await button(sre, /^Account/).click();
    await sre.getByLabel('Find an account').fill('Prod 013');
    await sre.getByRole('option', { name: 'Prod 013' }).click();
    await button(sre, /^Permission sets/).click();
    // What they may have, not what an SRE may: more there, and for longer.
    await sre.getByRole('option', { name: /ReadOnlyAccess.*up to 2 h/s }).click();
    expect(await sre.getByRole('option').count()).toBe(1);
    await sre.keyboard.press('Escape');
    await sre.getByLabel('Justification').fill('they are on call');
    await sre.getByText('Somebody has to approve it').waitFor();
    await button(sre, 'Send request').click();
    await sre.getByText(`${forWhom}, asked by ${scene.portal.someoneIn(['SRE'], ['Developers'])}`).waitFor();
    const asker = await session(forWhom);
    await go(asker, '/request');
    await asker.getByRole('heading', { name: 'Where, and as what' }).waitFor();
    expect(await asker.getByRole('heading', { name: 'For whom' }).count()).toBe(0);
  }, patienceMs);

  it('whoever asked for somebody else has that go on, for whom it is, and who has it does the same', async () => {
    const [sre, forWhom] = [scene.portal.someoneIn(['SRE'], ['Developers']), developer()];
    const [asker, other, approver] = [await session(sre), await session(forWhom), await session(lead())];
    const { items = [] } = await called(asker, 'GET', '/v1/askable?search=Prod 013 ReadOnlyAccess');
    const targets = items.slice(0, 1).map(({ accountId, permissionSetArn }) => ({ accountId, permissionSetArn }));
    const { requestId } = await called(asker, 'POST', '/v1/requests', { for: forWhom, targets, durationMinutes: 20, justification: 'they are on call', ticket: 'OPS-8' });
    await go(approver, `/requests/${requestId}`);
    await button(approver, 'Approve').click();
    await decide(approver, 'Approve', 'go ahead');
    await go(other, '/access');
    const extend = (page: Page, name: string) => page.getByRole('link', { name, exact: true });
    await extend(other, 'Extend: ReadOnlyAccess in Prod 013').waitFor();
    await go(asker, `/requests/${requestId}`);
    await extend(asker, 'Extend').click();
    await asker.getByRole('heading', { name: 'For whom' }).waitFor();
    await line(asker, forWhom).waitFor();
    expect([await asker.getByLabel('User name').count(), await asker.getByLabel('Justification').inputValue()]).toEqual([0, 'they are on call']);
    await asker.getByText('Somebody has to approve it').waitFor();
    await lookAt(asker, 'request-extend-for-another');
    await button(asker, 'Ask for more time').click();
    for (const words of [`${forWhom}, asked by ${sre}`, `Request ${requestId?.slice(0, 8) ?? ''}`]) await asker.getByText(words).waitFor();
    await line(asker, 'Waits for approval').waitFor();
    await extend(other, 'Extend: ReadOnlyAccess in Prod 013').waitFor({ state: 'hidden' });
  }, patienceMs);

  it('nobody is offered to approve their own request, and the API refuses it', async () => {
    const both = await session(scene.portal.someoneIn(['Production Leads', 'SRE']));
    const { items = [] } = await called(both, 'GET', '/v1/askable?search=Prod');
    const { accountId, permissionSetArn } = items[0] ?? {};
    const asked = await called(both, 'POST', '/v1/requests', { targets: [{ accountId, permissionSetArn }], durationMinutes: 15, justification: 'mine', ticket: 'OPS-1' });
    await go(both, `/requests/${asked.requestId}`);
    await line(both, 'mine').waitFor();
    await line(both, 'Waits for approval').waitFor();
    await button(both, /^Take back/).waitFor();
    expect(await button(both, /^(Approve|Deny)/).count()).toBe(0);
    const refused = await called(both, 'POST', `/v1/requests/${asked.requestId}/decisions`, { verdict: 'approve' });
    expect(refused).toMatchObject({ status: 403, code: 'ERR_SELF_APPROVAL' });
  }, patienceMs);

  it('an auditor finds every request and exports it; others are not let in', async () => {
    const auditor = await session(scene.portal.someoneIn(['TEAM Auditors']));
    await go(auditor, '/audit');
    await auditor.getByText('the queue of Monday').first().waitFor();
    await lookAt(auditor, 'audit-list');
    await auditor.getByLabel('User name of the requester').fill(developer());
    await auditor.waitForURL(/person=/);
    await settled(auditor);
    await auditor.getByText('the queue of Monday').first().waitFor();
    await picture(auditor, 'audit-found');
    const [file] = await Promise.all([auditor.waitForEvent('download'), button(auditor, /^Export/).click()]);
    expect(file.suggestedFilename()).toBe('requests.csv');
    const [header, ...rows] = readFileSync(await file.path(), 'utf8').trimEnd().split('\r\n');
    expect(header?.split(',').slice(0, 4)).toEqual(['\uFEFF"requestId"', '"status"', '"askedAt"', '"requester"']);
    expect(rows.find((row) => row.includes('the queue of Monday'))).toMatch(
      new RegExp(`^"[0-9a-f-]{36}","revoked","[^"]+","${developer()}",[^,]*,"\\d{12}","Prod 002","ReadOnlyAccess",[^,]*,60,"[^"]+",false,"OPS-7","the queue of Monday",`),
    );
    const asker = await session(developer());
    expect(await called(asker, 'GET', '/v1/requests?list=all')).toMatchObject({ status: 403 });
    await go(asker, '/audit');
    await asker.getByText('This is for administrators and auditors').waitFor();
  }, patienceMs);

  it('a link leads into it past the sign-in, what was typed is there after the next, and signing out ends the session', async () => {
    const userName = scene.portal.someoneIn(['TEAM Auditors']);
    const context = await scene.browser.newContext();
    const page = await context.newPage();
    page.setDefaultTimeout(pagePatienceMs);
    await go(page, '/audit?person=somebody&status=denied');
    await lookAt(page, 'signed-out');
    await page.getByRole('link', { name: 'Sign in' }).click();
    await chooseAtProvider(page, userName);
    await page.getByRole('heading', { level: 1, name: 'Audit' }).waitFor();
    expect(page.url()).toBe(`${scene.portal.origin}/audit?person=somebody&status=denied`);

    await follow(page, '/request');
    await page.getByLabel('Justification').fill('typed before signing in again');
    await go(page, '/auth/sign-in?again=1&return=/request');
    await chooseAtProvider(page, userName);
    await page.getByText('is here again').waitFor();
    expect(await page.getByLabel('Justification').inputValue()).toBe('typed before signing in again');

    const cookies = await context.cookies();
    const { DisplayName = '' } = scene.portal.organization.Users.find(({ UserName }) => UserName === userName) ?? {};
    await button(page, DisplayName).click();
    await page.getByRole('menuitem', { name: /sign out/i }).click();
    await page.waitForURL(/\/$|\/access$/);
    await page.getByText('You are signed out').waitFor();
    expect(await page.evaluate('Object.keys(sessionStorage)')).toEqual([]);
    await context.addCookies(cookies);
    expect(await called(page, 'GET', '/v1/me')).toMatchObject({ status: 401 });
  }, patienceMs);

  it('no page keeps anybody out, light and dark, wide and narrow', async () => {
    const page = await session(scene.portal.someoneIn(['TEAM Admins']));
    await go(page, '/access');
    for (const to of ['/request', '/access', '/requests', '/approvals', '/active', '/overview', '/nowhere']) {
      await follow(page, to);
      await lookAt(page, `page${to.replaceAll('/', '-')}`);
    }
    await button(page, 'Light: change to dark colours').click();
    await button(page, 'Dark: change to light colours').click();
    await picture(page, 'page-light-again');
  }, patienceMs);
});
