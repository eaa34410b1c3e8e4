import type { Page } from 'playwright-core';
import * as z from 'zod';
import { lookAt } from './screens.ts';
import { called, patienceMs, stage } from './stage.ts';

const ana = 'ana.alvarez@acme.example'; // TEAM Admins
const bo = 'bo.haddad@acme.example'; // TEAM Admins

/** Wider than anything that contractors have. */
const wider = `kind: EligibilityPolicy
name: contractors-in-sandbox
principals: { groups: [Contractors] }
targets: { organizationalUnits: [Sandbox] }
permissionSets: [ReadOnlyAccess]
maximumDurationMinutes: 45
approval: not-required
`;

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const text = (page: Page) => page.getByLabel('The policy, in YAML');

const askables = z.object({ items: z.array(z.object({ permissionSetName: z.string(), maximumMinutes: z.int(), approvalRequired: z.boolean() })) });

/** What somebody may ask for, as their pages are told. */
async function askable(page: Page): Promise<z.infer<typeof askables>['items']> {
  const answer: unknown = await page.evaluate(async () => (await fetch('/v1/askable?limit=1000')).json());
  return askables.parse(answer).items;
}

describe('administration in a browser', () => {
  const scene = stage();
  const { session, go } = scene;

  it('a wider policy is planned and proposed by one administrator, agreed to by another, and then in force', async () => {
    const first = await session(ana);
    await go(first, '/administration');
    await first.getByText('developers-in-dev').first().waitFor();
    await lookAt(first, 'administration-policies');
    await button(first, 'New').click();
    await text(first).fill('kind: EligibilityPolicy\nname: contractors-in-sandbox\nprincipals: { groups: [Nobody] }\n');
    await button(first, 'Plan').click();
    await first.getByText('It cannot be read').waitFor();
    await first.getByText(/Line 3: .*there is no group Nobody|Line \d+: /).first().waitFor();
    expect(await button(first, 'Propose').count()).toBe(0);

    await text(first).fill(wider);
    await button(first, 'Plan').click();
    await first.getByText('A second administrator must agree').waitFor();
    await first.getByText(/group Contractors: ReadOnlyAccess, up to 45 min, without approval/).waitFor();
    await lookAt(first, 'administration-plan');
    await button(first, 'Propose').click();
    await first.getByText('Waits for a second administrator', { exact: true }).waitFor();
    await go(first, '/administration?tab=proposals');
    await first.getByText('contractors-in-sandbox').first().waitFor();
    expect(await button(first, /^Agree/).count()).toBe(0);

    const second = await session(bo);
    await go(second, '/administration?tab=proposals');
    await lookAt(second, 'administration-proposals');
    await button(second, 'Agree: contractors-in-sandbox').click();
    await second.getByRole('dialog').getByRole('button', { name: 'Agree', exact: true }).click();
    await second.getByText('Nothing waits').waitFor();
    await go(second, '/administration?kind=EligibilityPolicy&id=contractors-in-sandbox');
    await second.getByText('Version 1', { exact: true }).waitFor();
    const contractor = await session(scene.portal.someoneIn(['Contractors'], ['Developers', 'SRE', 'Security Response']));
    expect(await askable(contractor)).toContainEqual(expect.objectContaining({ permissionSetName: 'ReadOnlyAccess', maximumMinutes: 45, approvalRequired: false }));
  }, patienceMs);

  it('what narrows holds at once, and who has less may ask for less', async () => {
    const page = await session(bo);
    await go(page, '/administration?kind=EligibilityPolicy&id=developers-read-production');
    await text(page).waitFor();
    await text(page).fill((await text(page).inputValue()).replace('maximumDurationMinutes: 120', 'maximumDurationMinutes: 30'));
    await button(page, 'Plan').click();
    await page.getByText('It holds at once').waitFor();
    await page.getByText('maximumDurationMinutes 120 → 30').waitFor();
    await button(page, 'Submit').click();
    await page.getByText('In force', { exact: true }).waitFor();
    await page.getByText('Version 2', { exact: true }).waitFor();
    const developer = await session(scene.portal.someoneIn(['Developers'], ['SRE', 'Security Response']));
    expect((await askable(developer)).filter(({ permissionSetName }) => permissionSetName === 'ReadOnlyAccess').map(({ maximumMinutes }) => maximumMinutes)).toContain(30);
  }, patienceMs);

  it('what would lock everybody out is refused before it is submitted', async () => {
    const page = await session(ana);
    await go(page, '/administration?kind=ApproverPolicy');
    await page.getByRole('link', { name: 'everything-else' }).click();
    await button(page, 'Plan its removal').click();
    await page.getByText('It would be refused').waitFor();
    await lookAt(page, 'administration-refused');
  }, patienceMs);

  it('an auditor reads all of it and is offered no change; emitters are shown with what they may', async () => {
    const auditor = await session(scene.portal.someoneIn(['TEAM Auditors'], ['TEAM Admins']));
    await go(auditor, '/administration?tab=emitters');
    await auditor.getByText('portal-decisions').waitFor();
    await lookAt(auditor, 'administration-emitters');
    await go(auditor, '/administration?kind=Limits&id=limits');
    await text(auditor).waitFor();
    expect([await button(auditor, 'Plan').count(), await text(auditor).isEditable()]).toEqual([0, false]);
    const asker = await session(scene.portal.someoneIn(['Developers'], ['TEAM Admins', 'TEAM Auditors']));
    await go(asker, '/administration');
    await asker.getByText('This is for administrators and auditors').waitFor();
    await go(asker, '/access');
    await asker.getByRole('link', { name: 'My requests' }).waitFor();
    expect(await asker.getByRole('link', { name: 'Administration' }).count()).toBe(0);
  }, patienceMs);

  it('an auditor has the trail of a request verified, and sees what was done under it', async () => {
    const developer = await session(scene.portal.someoneIn(['Developers'], ['SRE']));
    const taken: unknown = await developer.evaluate(async () => {
      const { items } = (await (await fetch('/v1/askable?search=PowerUser')).json()) as { items: { accountId: string; permissionSetArn: string }[] };
      const [{ accountId, permissionSetArn } = { accountId: '', permissionSetArn: '' }] = items;
      const body = JSON.stringify({ targets: [{ accountId, permissionSetArn }], durationMinutes: 15, justification: 'to be looked at' });
      return (await fetch('/v1/requests', { method: 'POST', headers: { 'content-type': 'application/json' }, body })).json();
    });
    const { requestId } = z.object({ requestId: z.string() }).parse(taken);
    await go(developer, `/requests/${requestId}`);
    await developer.getByText('Active', { exact: true }).first().waitFor();
    expect(await button(developer, 'Verify the trail').count()).toBe(0);
    const auditor = await session(scene.portal.someoneIn(['TEAM Auditors']));
    await go(auditor, `/requests/${requestId}`);
    await button(auditor, 'Verify the trail').click();
    await auditor.getByText('The trail is whole').waitFor();
    await button(auditor, /Session activity/).click();
    await auditor.getByText('No calls are known').waitFor();
    await lookAt(auditor, 'request-verified');
  }, patienceMs);

  it('an auditor is told why somebody may have something, and why somebody else may not', async () => {
    const auditor = await session(scene.portal.someoneIn(['TEAM Auditors']));
    const [developer, contractor] = [scene.portal.someoneIn(['Developers'], ['SRE']), scene.portal.someoneIn(['Contractors'], ['Developers', 'SRE', 'Security Response'])];
    await go(auditor, '/administration?tab=explain');
    await auditor.getByLabel('Who', { exact: true }).fill(developer);
    await auditor.getByLabel('Where', { exact: true }).fill('Prod 002');
    await auditor.getByLabel('What', { exact: true }).fill('ReadOnlyAccess');
    await auditor.getByLabel('For how many minutes').fill('30');
    await button(auditor, 'Explain').click();
    await auditor.getByText(`${developer} may have ReadOnlyAccess in Prod 002`).waitFor();
    await auditor.getByText('For 30 min, under policy developers-read-production, with approval.').waitFor();
    await auditor.getByText(/emeka\.eriksen@acme\.example.*\(policy production\)/).waitFor();
    await lookAt(auditor, 'administration-explained');
    await auditor.getByLabel('Who', { exact: true }).fill(contractor);
    await button(auditor, 'Explain').click();
    await auditor.getByText(`${contractor} may not have ReadOnlyAccess in Prod 002`).waitFor();
    await auditor.getByText('No policy covers it').waitFor();
  }, patienceMs);

  it('who is away lets somebody else decide, is told why not or that it stands, and takes it back; that one decides in their place', async () => {
    const away = scene.portal.someoneIn(['Production Leads'], ['SRE']);
    const other = scene.portal.someoneIn(['SRE'], ['Production Leads']);
    const lead = await session(away);
    await go(lead, '/delegation');
    await lead.getByText('Nobody decides for you').waitFor();
    await button(lead, 'Let them decide').click();
    await lead.getByText('Say who decides for you.').waitFor();
    const letDecide = async (userName: string): Promise<void> => {
      await lead.getByLabel('Who decides for you').last().fill(userName);
      await lead.getByLabel('Last day away', { exact: true }).fill(new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '/'));
      await button(lead, 'Let them decide').click();
    };
    await letDecide(away);
    await lead.getByText(`${away} cannot stand in for themselves (ERR_DELEGATION_TO_SELF)`).waitFor();
    await lookAt(lead, 'delegation-refused');
    await letDecide(other);
    await lead.getByText('It stands', { exact: true }).waitFor();
    await button(lead, `Take back: ${other}`).waitFor();
    await lookAt(lead, 'delegation');

    const asker = await session(scene.portal.someoneIn(['Developers'], ['Production Leads', 'SRE']));
    const { items = [] } = await called(asker, 'GET', '/v1/askable?search=Prod%20013');
    const targets = items.slice(0, 1).map(({ accountId, permissionSetArn }) => ({ accountId, permissionSetArn }));
    const { status, requestId = '' } = await called(asker, 'POST', '/v1/requests', { targets, durationMinutes: 30, justification: 'while they are away', ticket: 'OPS-8' });
    expect(status).toBe(202);
    const standIn = await session(other);
    await go(standIn, '/delegation');
    await standIn.getByRole('grid', { name: 'For whom you decide' }).getByText(away).waitFor();
    await go(standIn, '/approvals');
    await standIn.getByText(`in place of ${away}`).first().waitFor();
    await lookAt(standIn, 'approvals-in-place-of');
    await go(standIn, `/requests/${requestId}`);
    await standIn.getByText(`You decide in place of ${away}.`).waitFor();
    await standIn.getByRole('img', { name: 'Waits' }).waitFor();
    await lookAt(standIn, 'request-in-place-of');
    await button(standIn, 'Approve').click();
    await standIn.getByRole('dialog').getByRole('button', { name: 'Approve', exact: true }).click();
    await standIn.getByText(`${other} approved in place of ${away}`).waitFor();

    await button(lead, `Take back: ${other}`).click();
    await lead.getByText('Taken back', { exact: true }).waitFor();
    await lead.getByText('Nobody decides for you').waitFor();
  }, patienceMs);

  it('who approves finds what waits for their review', async () => {
    const page = await session(bo);
    await go(page, '/approvals');
    await page.getByRole('button', { name: 'To review' }).click();
    await page.getByText('No break glass waits for your review').waitFor();
    await lookAt(page, 'approvals-to-review');
  }, patienceMs);
});
