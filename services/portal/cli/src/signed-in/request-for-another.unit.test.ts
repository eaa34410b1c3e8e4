import type { AskableBundle, RequestRow } from '../../../api/src/contract/index.ts';
import { activeFor, detailOf, me, readProduction, requestId } from '../../test/portal-answers.ts';
import { answering, problem, scriptedPortal, type Answers, type PortalOptions } from '../../test/scripted-portal.ts';

const { accountId, permissionSetArn } = readProduction;
const drawn = '018f6b7a-0000-7000-9000-000000000001';
const target = { accountId, permissionSetArn, allowed: true, approvalRequired: true, reasons: [], warnings: [], stages: [] };
const theirs = { requester: { userId: 'u-alice', userName: 'alice' }, askedBy: 'dana' };
const waiting = detailOf(theirs, { waitsFor: [{ policyId: 'production', missing: 1, approvers: ['Production Leads'] }] });
const asked = ['request', '--for', 'alice', '--account', 'Prod 002', '--permission-set', 'ReadOnlyAccess', '--minutes', '60'];

/** A portal at which dana may ask for others, and looks at the request give these, one after the other. */
function portal(details: readonly unknown[], more: Answers = {}, options: PortalOptions = {}) {
  const left = [...details];
  return scriptedPortal(
    {
      'GET /v1/askable': () => ({ items: [readProduction] }),
      'POST /v1/preview': () => ({ allowed: true, targets: [target] }),
      'POST /v1/requests': () => Response.json({ requestId: drawn, href: '/' }, { status: 202 }),
      [`GET /v1/requests/${drawn}`]: () => (left.length > 1 ? left.shift() : left[0]),
      ...more,
    },
    options,
  );
}

it('asks for somebody else, before whom it is judged, and says for whom', async () => {
  const { team, sent } = portal([waiting]);
  expect(await team(...asked, '--why', 'on call')).toMatchObject({ code: 0, said: ['It waits for approval.'], remarks: [`request ${drawn} for alice`, expect.any(String)] });
  const body = { requestId: drawn, for: 'alice', targets: [{ accountId, permissionSetArn }], durationMinutes: 60, justification: 'on call' };
  expect(sent.flatMap(({ call, body: of }) => (call.startsWith('POST') ? [[call, of]] : []))).toEqual([
    ['POST /v1/preview', body],
    ['POST /v1/requests', body],
  ]);
});

it('waits with --wait until they have it, and tells who asked nothing of how to use it', async () => {
  const { team } = portal([waiting, activeFor(60, theirs)]);
  const { code, said, remarks } = await team(...asked, '--wait');
  expect([code, said]).toEqual([0, ['The access is there: ReadOnlyAccess in Prod 002 (444455556666), until 2026-11-30 11:00:00Z.']]);
  expect(remarks.join('\n')).not.toContain('To use it');
});

it('looks up by names what they may ask for, which who asks may not have', async () => {
  const { team, sent } = portal([waiting], { 'GET /v1/askable': (_, url) => ({ items: url.searchParams.get('for') === 'alice' ? [readProduction] : [] }) });
  expect((await team(...asked)).code).toBe(0);
  expect(sent.find(({ call }) => call === 'POST /v1/requests')?.body).toMatchObject({ for: 'alice', targets: [{ accountId, permissionSetArn }] });
  expect(sent.flatMap(({ call, url }) => (call === 'GET /v1/askable' ? [url.search] : []))).toEqual(['?for=alice&search=Prod+002+ReadOnlyAccess&limit=1000']);
});

it('asks by id and ARN also for what is not listed for them, and by no name for that', async () => {
  const nothing = { 'GET /v1/askable': () => ({ items: [] }) };
  const { team, calls, sent } = portal([waiting], nothing);
  expect((await team('request', '--for', 'alice', '--target', `${accountId}/${permissionSetArn}`, '--minutes', '60')).code).toBe(0);
  expect(calls()).not.toContain('GET /v1/askable');
  expect(sent.find(({ call }) => call === 'POST /v1/requests')?.body).toMatchObject({ for: 'alice', targets: [{ accountId, permissionSetArn }] });
  expect(await portal([], nothing).team(...asked)).toMatchObject({ code: 1, remarks: [expect.stringMatching(/^alice may not ask for ReadOnlyAccess in Prod 002.*by the account’s id and the permission set’s ARN$/)] });
});

it('says by its code what is refused, and what to do', async () => {
  const mayNot = () => problem(403, 'ERR_MAY_NOT_ASK_FOR_OTHERS', 'you may ask for yourself alone; let them ask');
  const { team, calls } = portal([], { 'POST /v1/preview': mayNot });
  expect(await team(...asked)).toEqual({ code: 1, said: [], remarks: ['A title: you may ask for yourself alone; let them ask (ERR_MAY_NOT_ASK_FOR_OTHERS)'] });
  expect(calls()).not.toContain('POST /v1/requests');
  const glass = portal([], { 'POST /v1/requests': () => problem(403, 'ERR_BREAK_GLASS_FOR_ANOTHER', 'who needs it signs in and asks') });
  expect(await glass.team(...asked, '--break-glass')).toMatchObject({ code: 1, remarks: ['A title: who needs it signs in and asks (ERR_BREAK_GLASS_FOR_ANOTHER)'] });
});

it('lets a person pick from what the other may ask for, bundles too, and says of whom it tells', async () => {
  const bundle: AskableBundle = { bundleId: 'payments-read', targetCount: 2, askableCount: 1, maximumMinutes: 30, approvalRequired: true, breakGlass: false, accounts: [], permissionSets: [] };
  const theirs = { 'GET /v1/bundles?for=alice': () => ({ items: [bundle] }), 'GET /v1/askable?for=alice&search=none&limit=20': () => ({ items: [] }), 'GET /v1/askable?for=alice&search=pay&limit=20': () => ({ items: [readProduction] }) };
  const terminal = answering('none', 'pay', '1 2', '31', '30', '');
  const { team, sent } = portal([waiting], { ...theirs, 'GET /v1/askable': () => new Error('one’s own') }, { terminal });
  const { code, remarks } = await team('request', '--for', 'alice');
  expect([code, remarks]).toEqual([0, expect.arrayContaining(['Nothing that alice may ask for has "none".', '  2  bundle payments-read: 2 targets, of which alice may ask for 1  at most 30 minutes, somebody approves', 'Give a number from 1 to 30.'])]);
  expect(sent.find(({ call }) => call === 'POST /v1/requests')?.body).toEqual({ requestId: drawn, for: 'alice', targets: [{ accountId, permissionSetArn }, { bundle: 'payments-read' }], durationMinutes: 30 });
  // What is named by id and ARN is not looked up: how long they may have it is for the judge.
  const unlisted = portal([waiting], {}, { terminal: answering('43200', '') });
  expect((await unlisted.team('request', '--for', 'alice', '--target', `${accountId}/${permissionSetArn}`)).code).toBe(0);
});

it('lets nobody pick where who is named is nobody, or they may not ask for others', async () => {
  for (const code of ['ERR_USER_UNKNOWN', 'ERR_MAY_NOT_ASK_FOR_OTHERS']) {
    const terminal = answering();
    const { team } = portal([], { 'GET /v1/bundles?for=alice': () => problem(400, code, 'say who') }, { terminal });
    expect(await team('request', '--for', 'alice')).toMatchObject({ code: 1, remarks: [`A title: say who (${code})`] });
    expect(terminal.asked).toEqual([]);
  }
});

it('in a script wants to be told all of it', async () => {
  for (const argv of [['--minutes', '60'], ['--target', 'Prod 002/ReadOnlyAccess']]) expect(await portal([]).team('request', '--for', 'alice', ...argv)).toMatchObject({ code: 2, remarks: [expect.stringMatching(/^give --/)] });
});

const extendable = { may: { decide: false, cancel: false, end: true, extend: true, review: false } };
const own = { 'GET /v1/me': () => me };

it('extends what was asked for somebody else, which who asked may not have, and says for whom', async () => {
  const { team, sent, calls } = portal([activeFor(90, theirs)], { ...own, 'GET /v1/askable': () => ({ items: [] }), [`GET /v1/requests/${requestId}`]: () => activeFor(10, { ...theirs, justification: 'on call' }, extendable) });
  const { code, said, remarks } = await team('extend', requestId, '--minutes', '30', '--wait');
  expect([code, said, remarks[0]]).toEqual([0, [expect.stringMatching(/^The access is there: ReadOnlyAccess in Prod 002/)], `request ${drawn} for alice`]);
  expect(remarks.join('\n')).not.toContain('To use it');
  const body = { requestId: drawn, extends: requestId, for: 'alice', targets: [{ accountId, permissionSetArn }], durationMinutes: 30, justification: 'on call' };
  expect(sent.flatMap(({ call, body: of }) => (call.startsWith('POST') ? [[call, of]] : []))).toEqual([
    ['POST /v1/preview', body],
    ['POST /v1/requests', body],
  ]);
  expect(calls()).not.toContain('GET /v1/askable');
});

it('extends for oneself what somebody else asked', async () => {
  const { team, sent } = portal([activeFor(90)], { ...own, [`GET /v1/requests/${requestId}`]: () => activeFor(10, { askedBy: 'alice' }, extendable) });
  expect((await team('extend', requestId, '--minutes', '30')).code).toBe(0);
  expect(sent.find(({ call }) => call === 'POST /v1/requests')?.body).toEqual({ requestId: drawn, extends: requestId, targets: [{ accountId, permissionSetArn }], durationMinutes: 30 });
});

it.each<[string, RequestRow['requester'], object]>([
  ['oneself, where nobody has judged it yet', { userName: me.userName.toUpperCase() }, {}],
  ['oneself by id, where nobody has judged it yet', { userName: me.userId }, {}],
  ['oneself, whatever one was called then', { userId: me.userId.toUpperCase(), userName: 'dana.before' }, {}],
  ['another, where nobody has judged it yet', { userName: 'alice' }, { for: 'alice' }],
  ['another who is called as one was', { userId: 'u-alice', userName: me.userName }, { for: me.userName }],
])('extends, by extend and by request, for %s', async (_, requester, whose) => {
  for (const argv of [['extend', requestId], ['request', '--extends', requestId, '--target', `${accountId}/${permissionSetArn}`]]) {
    const { team, sent } = portal([activeFor(90)], { ...own, [`GET /v1/requests/${requestId}`]: () => activeFor(10, { requester }, extendable) });
    expect((await team(...argv, '--minutes', '30')).code).toBe(0);
    expect(sent.find(({ call }) => call === 'POST /v1/requests')?.body).toEqual({ requestId: drawn, extends: requestId, ...whose, targets: [{ accountId, permissionSetArn }], durationMinutes: 30 });
  }
});

it('does not ask where the portal says that they may not extend it', async () => {
  const { team, calls } = portal([], { ...own, [`GET /v1/requests/${requestId}`]: () => activeFor(10, theirs) });
  expect(await team('extend', requestId, '--minutes', '30')).toMatchObject({ code: 1, remarks: [expect.stringMatching(/^request 3f2a1b4c is extended by who has its access, or who asked for it/)] });
  expect(calls().filter((call) => call.startsWith('POST'))).toEqual([]);
});

it('extends by request what another has, named or not, and looks nothing up among one’s own', async () => {
  const more: Answers = { ...own, 'GET /v1/askable': (_, url) => ({ items: url.searchParams.get('for') === 'alice' ? [readProduction] : [] }), [`GET /v1/requests/${requestId}`]: () => activeFor(10, theirs, extendable) };
  const words = ['request', '--extends', requestId, ...asked.slice(3, 7), '--minutes', '30'];
  for (const argv of [words, [...words, '--for', 'alice']]) {
    const { team, sent } = portal([waiting], more);
    expect((await team(...argv)).code).toBe(0);
    expect(sent.find(({ call }) => call === 'POST /v1/requests')?.body).toEqual({ requestId: drawn, extends: requestId, for: 'alice', targets: [{ accountId, permissionSetArn }], durationMinutes: 30 });
  }
  const mine = portal([waiting], { ...more, 'GET /v1/askable': (_, url) => ({ items: url.searchParams.has('for') ? [] : [readProduction] }), [`GET /v1/requests/${requestId}`]: () => activeFor(10, { askedBy: 'alice' }, extendable) });
  expect((await mine.team(...words)).code).toBe(0);
  expect(mine.sent.find(({ call }) => call === 'POST /v1/requests')?.body).not.toHaveProperty('for');
});

it('is nothing that is ensured: a script has access for who runs it', async () => {
  const { team, sent } = portal([]);
  expect(await team('ensure', ...asked.slice(1))).toMatchObject({ code: 2, remarks: [expect.stringContaining("unknown option '--for'"), expect.any(String)] });
  expect(sent).toEqual([]);
});
