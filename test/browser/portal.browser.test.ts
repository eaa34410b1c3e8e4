import type { Page } from 'playwright-core';
import { signedInAs } from './chromium.ts';
import { lookAt, picture } from './screens.ts';
import { called, patienceMs, stage } from './stage.ts';

const scene = stage();
const { session, go } = scene;

/** Asks for read access to production, as a person does; gives the request's page. */
async function askForProduction(page: Page, why: string): Promise<string> {
  await go(page, '/request');
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByLabel('Find an account').fill('Prod 002');
  await page.getByRole('option', { name: /Prod 002/ }).click();
  await page.getByRole('button', { name: /^Permission sets/ }).click();
  await page.getByRole('option', { name: /ReadOnlyAccess/ }).click();
  await page.keyboard.press('Escape');
  await page.getByLabel('Justification').fill(why);
  await page.getByText('Somebody has to approve it').waitFor();
  await page.getByRole('button', { name: 'Send request' }).click();
  await page.waitForURL(/\/requests\/[0-9a-f-]{36}/);
  await page.getByText(why).first().waitFor();
  return new URL(page.url()).pathname;
}

async function decide(page: Page, requestPath: string, verdict: 'Approve' | 'Deny'): Promise<void> {
  await go(page, requestPath);
  await page.getByRole('button', { name: verdict, exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: verdict, exact: true }).click();
}

describe('the portal in a browser', () => {
  it('a request is asked for, approved by somebody else, had, and ended by who has it', async () => {
    const asker = await session(scene.portal.someoneIn(['Developers'], ['Production Leads', 'SRE']));
    const request = await askForProduction(asker, 'the queue of Monday');
    await picture(asker, 'request-pending');
    const approver = await session(scene.portal.someoneIn(['Production Leads'], ['Developers']));
    await go(approver, '/approvals');
    await approver.getByText('the queue of Monday').first().waitFor();
    await picture(approver, 'approvals');
    await decide(approver, request, 'Approve');
    await asker.getByText('Active', { exact: true }).first().waitFor();
    await picture(asker, 'request-active');
    await go(asker, '/access');
    await asker.getByText('Prod 002').first().waitFor();
    await picture(asker, 'my-access');
    await asker.getByRole('button', { name: /^End/ }).first().click();
    await asker.getByRole('dialog').getByRole('button', { name: /^End/ }).click();
    await go(asker, request);
    await asker.getByText('Revoked', { exact: true }).first().waitFor();
    expect(await scene.portal.system.invoke('team-audit-query', { op: 'verify' })).toMatchObject({ problems: [] });
  }, patienceMs);

  it('what is denied says so, by whom and why', async () => {
    const asker = await session(scene.portal.someoneIn(['Developers'], ['Production Leads', 'SRE']));
    const request = await askForProduction(asker, 'because I want to');
    await decide(await session(scene.portal.someoneIn(['Production Leads'], ['Developers'])), request, 'Deny');
    await asker.getByText('Denied', { exact: true }).first().waitFor();
  }, patienceMs);

  it('nobody is offered to approve their own request, and the API refuses it', async () => {
    const both = await session(scene.portal.someoneIn(['Production Leads', 'SRE']));
    const { items = [] } = await called(both, 'GET', '/v1/askable?search=Prod');
    const { accountId, permissionSetArn } = items[0] ?? {};
    const asked = await called(both, 'POST', '/v1/requests', { targets: [{ accountId, permissionSetArn }], durationMinutes: 15, justification: 'mine', ticket: 'OPS-1' });
    await go(both, `/requests/${asked.requestId}`);
    await both.getByText('mine').first().waitFor();
    await both.getByText('Waits for approval').first().waitFor();
    expect(await both.getByRole('button', { name: 'Approve', exact: true }).count()).toBe(0);
    const refused = await called(both, 'POST', `/v1/requests/${asked.requestId}/decisions`, { verdict: 'approve' });
    expect(refused).toMatchObject({ status: 403, code: 'ERR_SELF_APPROVAL' });
  }, patienceMs);

  it('an auditor finds every request and exports it; others are not let in', async () => {
    const auditor = await session(scene.portal.someoneIn(['TEAM Auditors']));
    await go(auditor, '/audit');
    await auditor.getByText('Prod 002').first().waitFor();
    await picture(auditor, 'audit');
    const [file] = await Promise.all([auditor.waitForEvent('download'), auditor.getByRole('button', { name: /Export/ }).click()]);
    expect(file.suggestedFilename()).toBe('requests.csv');
    const asker = await session(scene.portal.someoneIn(['Developers'], ['Production Leads', 'SRE', 'TEAM Auditors']));
    expect(await called(asker, 'GET', '/v1/requests?list=all')).toMatchObject({ status: 403 });
  }, patienceMs);

  it('a link leads into it past the sign-in, and signing out ends the session', async () => {
    const { page, context } = await signedInAs(scene.browser, scene.portal.origin, scene.portal.someoneIn(['SRE']));
    await go(page, '/overview');
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    const cookies = await context.cookies();
    const { DisplayName } = scene.portal.organization.Users.find(({ UserName }) => UserName === scene.portal.someoneIn(['SRE'])) ?? {};
    await page.getByRole('button', { name: DisplayName ?? 'nobody' }).click();
    await page.getByRole('menuitem', { name: /sign out/i }).click();
    await page.waitForURL(/\/$|\/access$/);
    await page.getByText('You are signed out').waitFor();
    await picture(page, 'signed-out');
    await context.addCookies(cookies);
    expect(await called(page, 'GET', '/v1/me')).toMatchObject({ status: 401 });
  }, patienceMs);

  it.each(['/request', '/access', '/requests', '/approvals', '/active', '/audit', '/overview', '/nowhere'])('%s has nothing that axe-core objects to, light and dark, wide and narrow', async (to) => {
    const page = await session(scene.portal.someoneIn(['TEAM Admins']));
    await go(page, to);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await lookAt(page, `page${to.replaceAll('/', '-')}`);
  }, patienceMs);
});
