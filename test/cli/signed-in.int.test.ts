import { statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createBrowser } from '../../services/portal/test/sign-in/browser.ts';
import { openPortal, type OpenPortal } from '../browser/open-portal.ts';
import { peopleAt, type AtTheirMachine, type Ended } from './signed-in-people.ts';

/** Each sign-in takes five seconds: that is how often the device flow asks. */
const unhurried = 120_000;
const production = ['--account', 'Prod 002', '--permission-set', 'ReadOnlyAccess'];

let portal: OpenPortal;
let people: ReturnType<typeof peopleAt>;
let dev: AtTheirMachine;
let lead: AtTheirMachine;

beforeAll(async () => {
  portal = await openPortal();
  people = peopleAt(portal.origin, (name) => portal.organization.Users.find(({ UserName }) => UserName === name)?.UserId ?? 'nobody');
  dev = people.at(portal.someoneIn(['Developers'], ['Production Leads', 'SRE']));
  lead = people.at(portal.someoneIn(['Production Leads'], ['Developers']));
}, unhurried);
afterAll(async () => {
  people.leave();
  await portal.close();
}, unhurried);

const shape = <Answer>(text: string): Answer => JSON.parse(text) as Answer;
interface Listed {
  readonly items: readonly { readonly requestId: string; readonly status: string }[];
}

test('who has not signed in is told to, with a code of its own', async () => {
  for (const argv of [['list'], ['whoami'], ['request', ...production, '--minutes', '60'], ['approve', '00000000']]) {
    expect(await dev.team(...argv)).toEqual({ code: 4, said: '', remarks: 'nobody is signed in. Sign in with: npx team login' });
  }
  expect(await dev.team('logout')).toMatchObject({ code: 0, said: 'Nobody was signed in.' });
});

test('somebody signs in through a browser of their machine, again as well, and the portal takes them for who they are', async () => {
  const [browser, at] = [createBrowser(), people.at(lead.userName)];
  const times: string[] = [];
  for (const time of ['first', 'again']) {
    expect([time, await at.loginByBrowser(browser)]).toEqual([time, { code: 0, said: `Signed in at ${portal.origin} as ${lead.userName}.`, remarks: expect.stringMatching(/^Open this page in a browser of this machine, where it does not open by itself:\nhttp/) }]);
    const me = shape<{ readonly userName: string; readonly signedInAt: string }>((await at.team('whoami', '--json')).said);
    expect(me.userName).toBe(lead.userName);
    times.push(me.signedInAt);
    // Issuers tell seconds.
    await delay(1_000);
  }
  // The browser was signed in still, and they proved who they are all the same.
  expect(Date.parse(times[1] ?? '')).toBeGreaterThan(Date.parse(times[0] ?? ''));
  expect(await at.team('logout')).toMatchObject({ code: 0 });
}, unhurried);

test('what cannot be asked for is said field by field', async () => {
  const at = people.at(dev.userName);
  await at.loginByBrowser();
  for (const [argv, field] of [
    [['--minutes', '30', '--ticket', 'x'.repeat(200)], 'ticket'],
    [['--minutes', '30', '--why', 'x'.repeat(3_000)], 'justification'],
    [['--minutes', '30', '--for', ''], 'for'],
    [['--minutes', '9007199254740991'], 'durationMinutes'],
  ] as const) {
    expect([field, await at.team('request', ...production, ...argv)]).toEqual([field, { code: 1, said: '', remarks: expect.stringMatching(new RegExp(`\\(ERR_INPUT_INVALID\\)\\n {2}${field}: \\S`)) }]);
  }
  expect(await at.team('logout')).toMatchObject({ code: 0 });
}, unhurried);

test('somebody signs in, asks, is approved by another, has it, makes sure of it, extends it, and signs out', async () => {
  const [signedIn] = await Promise.all([dev.login(), lead.login()]);
  expect(signedIn).toMatchObject({ code: 0, said: `Signed in at ${portal.origin} as ${dev.userName}.` });
  expect(statSync(path.join(people.root, dev.userName, 'sign-in.json')).mode & 0o777).toBe(0o600);
  expect(shape((await dev.team('whoami', '--json')).said)).toMatchObject({ portal: portal.origin, userName: dev.userName });

  const waiting = dev.team('request', ...production, '--minutes', '30', '--why', 'a slow query', '--wait');
  const requestId = await waitsFor(lead, waiting);
  expect(await dev.team('approve', requestId)).toMatchObject({ code: 1, remarks: expect.stringContaining('ERR_SELF_APPROVAL') });
  expect(await lead.team('approve', requestId.slice(0, 8), '--comment', 'go on')).toMatchObject({ code: 0, said: expect.stringMatching(/^Approved [0-9a-f]{8}: ReadOnlyAccess in Prod 002 \(\d{12}\) for /) });
  const had = await waiting;
  expect(had).toMatchObject({ code: 0, said: expect.stringMatching(/^The access is there: ReadOnlyAccess in Prod 002 \(\d{12}\), until /) });
  expect(had.remarks).toMatch(/\[profile prod-002-readonlyaccess-\d{12}\]\n {2}sso_session = my-sso\n {2}sso_account_id = \d{12}\n {2}sso_role_name = ReadOnlyAccess/);

  expect(shape<Listed>((await dev.team('list', '--status', 'active', '--json')).said).items).toMatchObject([{ requestId, status: 'active' }]);
  expect(await lead.team('list', '--list', 'decided')).toMatchObject({ code: 0, said: expect.stringContaining('"a slow query"') });

  const ensure = ['ensure', ...production, '--why', 'a slow query'];
  expect(await dev.team(...ensure, '--minutes', '30')).toMatchObject({ code: 0, said: had.said, remarks: expect.stringMatching(/^Nothing to do: \d+ minutes left\.$/m) });
  const longer = dev.team(...ensure, '--minutes', '60', '--remaining', '45');
  const extension = await waitsFor(lead, longer);
  expect(await lead.team('approve', extension)).toMatchObject({ code: 0 });
  expect(await longer).toMatchObject({ code: 0, said: expect.stringMatching(/^The access is there: /), remarks: expect.stringContaining(`request ${requestId.slice(0, 8)} is extended`) });
  expect(await dev.team(...ensure, '--minutes', '60', '--remaining', '45')).toMatchObject({ code: 0, remarks: expect.stringMatching(/^Nothing to do: (59|60) minutes left\.$/m) });

  const again = dev.team('extend', extension.slice(0, 8), '--minutes', '30', '--wait', '--json');
  expect(await lead.team('deny', await waitsFor(lead, again), '--json')).toMatchObject({ code: 0 });
  const denied = await again;
  expect(denied.code).toBe(1);
  expect(shape(denied.said)).toMatchObject({ extends: extension, row: { status: 'denied', justification: 'a slow query' } });

  expect(await dev.team('request', ...production, '--minutes', '10000')).toMatchObject({ code: 1, said: '', remarks: expect.stringMatching(/^Not sent: it would be refused\.\n {2}ERR_/) });
  expect(await dev.team('request', '--target', 'Nowhere/Nothing', '--minutes', '60')).toMatchObject({ code: 1, remarks: expect.stringContaining('you may not ask for Nothing in Nowhere') });
  expect(await dev.team('logout')).toMatchObject({ code: 0, said: `Signed out of ${portal.origin} on this machine.` });
  expect((await dev.team('list')).code).toBe(4);
}, unhurried);

/** The id of the one request that waits for somebody's decision, which `asking` asked for and waits for as well. */
async function waitsFor(approver: AtTheirMachine, asking: Promise<Ended>): Promise<string> {
  let over: Ended | undefined;
  void asking.then((ended) => (over = ended));
  for (; over === undefined; await delay(100)) {
    const { code, said } = await approver.team('list', '--list', 'to-approve', '--json');
    expect(code).toBe(0);
    const [one] = shape<Listed>(said).items;
    if (one !== undefined) return one.requestId;
  }
  throw new Error(`nothing waits for a decision: ${JSON.stringify(over)}`);
}
