import type { AskableBundle } from '../../../api/src/contract/index.ts';
import { activeFor, detailOf, grantOf, readProduction, requestId, rowOf } from '../../test/portal-answers.ts';
import { answering, problem, scriptedPortal, type Answers } from '../../test/scripted-portal.ts';

const { accountId, permissionSetArn } = readProduction;
const drawn = '018f6b7a-0000-7000-9000-000000000001';
const target = { accountId, permissionSetArn, allowed: true, approvalRequired: true, reasons: [], warnings: [], stages: [] };
/** Reading production, in two accounts. */
const bundle: AskableBundle = {
  ...{ bundleId: 'payments-read', description: 'all of Payments', targetCount: 2, askableCount: 1, maximumMinutes: 30, approvalRequired: true, breakGlass: false },
  accounts: [{ accountId, accountName: 'Prod 002' }, { accountId: '111122223333', accountName: 'Prod 003' }],
  permissionSets: [{ permissionSetArn, permissionSetName: 'ReadOnlyAccess' }],
};
const waiting = detailOf({}, { waitsFor: [{ policyId: 'production', missing: 1, approvers: ['Production Leads'] }] });
const there = activeFor(60);
const asked = ['--account', 'prod 002', '--permission-set', 'readonlyaccess', '--minutes', '60'];

/** A portal that takes what is asked, of which these come one after the other. */
function portal(details: readonly unknown[], more: Answers = {}, options: Parameters<typeof scriptedPortal>[1] = {}) {
  const left = [...details];
  return scriptedPortal(
    {
      'GET /v1/askable': () => ({ items: [readProduction, { ...readProduction, permissionSetName: 'ReadOnlyAccessToo', permissionSetArn: `${permissionSetArn}0` }] }),
      'GET /v1/bundles': () => ({ items: [bundle] }),
      'POST /v1/preview': () => ({ allowed: true, targets: [target] }),
      'POST /v1/requests': () => Response.json({ requestId: drawn, href: `/v1/requests/${drawn}` }, { status: 202 }),
      [`GET /v1/requests/${drawn}`]: () => (left.length > 1 ? left.shift() : left[0]),
      ...more,
    },
    options,
  );
}
const unknown = () => problem(404, 'ERR_REQUEST_UNKNOWN', 'there is no request that you may see');

it('asks by names, and ends with 0 where it waits for people', async () => {
  const { team, sent } = portal([waiting]);
  expect(await team('request', ...asked, '--why', 'a slow query', '--ticket', 'OPS-1')).toEqual({
    code: 0,
    said: ['It waits for approval.'],
    remarks: [`request ${drawn}`, 'pending\n  1 approval missing of: Production Leads (policy production)'],
  });
  const body = { requestId: drawn, targets: [{ accountId, permissionSetArn }], durationMinutes: 60, justification: 'a slow query', ticket: 'OPS-1' };
  expect(sent.flatMap(({ call, body }) => (call.startsWith('POST') ? [[call, body]] : []))).toEqual([
    ['POST /v1/preview', body],
    ['POST /v1/requests', body],
  ]);
});

it('sends nothing that would be refused, and says why for each target', async () => {
  const refused = { ...target, allowed: false, reasons: [{ code: 'ERR_JUSTIFICATION_MISSING', message: 'say why' }] };
  const { team, calls } = portal([], { 'POST /v1/preview': () => ({ allowed: false, targets: [refused] }) });
  const about = 'ERR_JUSTIFICATION_MISSING: say why (ReadOnlyAccess in Prod 002 (444455556666))';
  expect(await team('request', ...asked)).toEqual({ code: 1, said: [], remarks: ['Not sent: it would be refused.', `  ${about}`] });
  expect(calls()).not.toContain('POST /v1/requests');
});

it('asks for bundles by their names, beside targets', async () => {
  const { team, sent } = portal([waiting]);
  expect((await team('request', ...asked, '--bundle', 'payments-read', '--bundle', 'search-read', '--bundle', 'payments-read')).code).toBe(0);
  expect(sent.find(({ call }) => call === 'POST /v1/requests')?.body).toMatchObject({ targets: [{ accountId, permissionSetArn }, { bundle: 'payments-read' }, { bundle: 'search-read' }] });
  const alone = portal([waiting]);
  expect((await alone.team('request', '--bundle', 'payments-read', '--minutes', '30')).code).toBe(0);
  expect(alone.calls()).not.toContain('GET /v1/askable');
});

it('says why a bundle would be refused: of itself, and of each of its targets by name', async () => {
  const reasons = [{ code: 'ERR_BUNDLE_UNKNOWN', message: 'there is no bundle "old"' }];
  const refused = { ...target, accountId: '111122223333', bundle: 'payments-read', allowed: false, reasons: [{ code: 'ERR_NOT_ELIGIBLE', message: 'no policy allows it' }] };
  const { team, calls } = portal([], { 'POST /v1/preview': () => ({ allowed: false, reasons, targets: [refused] }) });
  expect(await team('request', '--bundle', 'payments-read', '--bundle', 'old', '--minutes', '30')).toEqual({
    code: 1,
    said: [],
    remarks: ['Not sent: it would be refused.', '  ERR_BUNDLE_UNKNOWN: there is no bundle "old"', '  ERR_NOT_ELIGIBLE: no policy allows it (ReadOnlyAccess in Prod 003 (111122223333))'],
  });
  expect(calls()).not.toContain('POST /v1/requests');
});

it('waits with --wait until it is there, through what is not known yet and what does not answer', async () => {
  const away = Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error(), { code: 'ECONNRESET' }) });
  const { team } = portal([unknown(), waiting, away, there]);
  const { code, said, remarks } = await team('request', ...asked, '--wait');
  expect([code, said]).toEqual([0, ['The access is there: ReadOnlyAccess in Prod 002 (444455556666), until 2026-11-30 11:00:00Z.']]);
  expect(remarks.join('\n')).toMatch(/pending\n(.*\n)nothing answers at .*\nTrying on …\nactive\nTo use it, have in ~\/\.aws\/config/);
});

it.each([
  ['it is denied', detailOf({ status: 'denied' }, { reasons: [{ message: 'not today' }] }), ['The request is over: denied.', '  not today']],
  [
    'a part of it failed',
    detailOf({ status: 'active' }, { grants: [grantOf(), grantOf({ status: 'failed', reason: { code: 'ERR_AWS_REFUSED', message: 'AWS said no' } })] }),
    [expect.stringMatching(/^The access is there: /), '  ERR_AWS_REFUSED: AWS said no (ReadOnlyAccess in Prod 002 (444455556666))'],
  ],
])('ends with 1 with --wait where %s', async (_, detail, said) => {
  expect(await portal([detail]).team('request', ...asked, '--wait')).toMatchObject({ code: 1, said });
});

it('says where to look where no answer comes', async () => {
  expect(await portal([detailOf()]).team('request', ...asked)).toMatchObject({ code: 1, remarks: [`request ${drawn}`, 'pending: is being judged', expect.stringContaining('no answer about')] });
  expect((await portal([unknown()]).team('request', ...asked)).code).toBe(1);
});

it('prints what others wrote without what a terminal obeys', async () => {
  const { team } = portal([detailOf({ status: 'denied' }, { reasons: [{ message: 'no\u001b[2J' }] })]);
  expect((await team('request', ...asked)).said).toEqual(['The request is over: denied.', '  no�[2J']);
});

it.each<[string, string[]]>([
  ['no target', ['--minutes', '60']],
  ['half a target', ['--account', 'Prod 002', '--minutes', '60']],
  ['a target without slash', ['--target', 'Prod 002', '--minutes', '60']],
  ['a bundle of no possible name', ['--bundle', 'Payments Read', '--minutes', '60']],
  ['no minutes for a bundle', ['--bundle', 'payments-read']],
  ['no minutes', ['--target', 'Prod 002/ReadOnlyAccess']],
  ['a start without offset', [...asked, '--start', '2026-11-22T10:00:00']],
  ['what can be no request', [...asked, '--extends', 'xyz']],
])('does not understand %s, in a script', async (_, argv) => {
  const { team, calls } = portal([]);
  expect((await team('request', ...argv)).code).toBe(2);
  expect(calls()).not.toContain('POST /v1/preview');
});

it.each<[string, string[], RegExp]>([
  ['no duration', asked.slice(0, 4), /^give --minutes$/],
  ['no target', asked.slice(4), /^give --account/],
  ['a start that is none', [...asked, '--start', 'soon'], /--start/],
])('finds %s before it looks up what is extended, or anything else', async (_, argv, words) => {
  const { team, calls } = portal([]);
  expect(await team('request', '--extends', requestId.slice(0, 8), ...argv)).toMatchObject({ code: 2, remarks: [expect.stringMatching(words)] });
  expect(calls()).toEqual([]);
});

it('refuses a name that means two accounts', async () => {
  const { team } = portal([], { 'GET /v1/askable': () => ({ items: [readProduction, { ...readProduction, accountId: '111122223333' }] }) });
  expect(await team('request', ...asked)).toMatchObject({ code: 1, remarks: ["readonlyaccess in prod 002 can mean several: 444455556666, 111122223333. Give the account's id"] });
});

it('lets a person pick on a terminal, and asks again for what is none', async () => {
  const terminal = answering('nowhere', 'prod', '7', '1', 'long', '121', '45', 'a slow query');
  const { team, sent } = portal([waiting], { 'GET /v1/askable?search=nowhere&limit=20': () => ({ items: [] }) }, { terminal });
  const { code, remarks } = await team('request');
  expect(code).toBe(0);
  expect(remarks).toEqual(expect.arrayContaining(['Nothing that you may ask for has "nowhere".', '  1  ReadOnlyAccess in Prod 002 (444455556666)  at most 120 minutes, somebody approves', 'Give numbers from 1 to 2.', 'Give a number from 1 to 120.']));
  expect(sent.find(({ call }) => call === 'POST /v1/requests')?.body).toMatchObject({ targets: [{ accountId, permissionSetArn }], durationMinutes: 45, justification: 'a slow query' });
});

it('lets a person pick a bundle by its number, and asks for no longer than it allows', async () => {
  const terminal = answering('pay', '3', '31', '30', '');
  const { team, sent } = portal([waiting], {}, { terminal });
  const { code, remarks } = await team('request');
  expect(code).toBe(0);
  expect(remarks).toEqual(expect.arrayContaining(['  3  bundle payments-read: 2 targets, of which you may ask for 1 (all of Payments)  at most 30 minutes, somebody approves', 'Give a number from 1 to 30.']));
  expect(sent.find(({ call }) => call === 'POST /v1/requests')?.body).toMatchObject({ targets: [{ bundle: 'payments-read' }], durationMinutes: 30 });
});

it('asks a person for no target where a bundle was said', async () => {
  const { team, sent } = portal([waiting], {}, { terminal: answering('15', 'why') });
  expect((await team('request', '--bundle', 'payments-read')).code).toBe(0);
  expect(sent.find(({ call }) => call === 'POST /v1/requests')?.body).toMatchObject({ targets: [{ bundle: 'payments-read' }], durationMinutes: 15, justification: 'why' });
});

it('takes an account’s id for what to look for, and not for a number of the list', async () => {
  const terminal = answering('prod', accountId, '1', '45', '');
  const { team, sent } = portal([waiting], {}, { terminal });
  expect((await team('request')).code).toBe(0);
  expect(sent.flatMap(({ call, url }) => (call === 'GET /v1/askable' ? [url.searchParams.get('search')] : []))).toEqual(['prod', accountId]);
});

it('lists requests for people, with nothing of theirs that a terminal obeys, and says where there are more', async () => {
  const rows = { items: [rowOf({ justification: 'a\nb\u001b[31m' })], next: 'on', now: '2026-11-30T10:00:00.000Z' };
  const { team, sent } = portal([], { 'GET /v1/requests': () => rows });
  expect(await team('list', '--list', 'to-approve', '--status', 'pending', '--limit', '1')).toEqual({
    code: 0,
    said: ['3f2a1b4c  pending    2026-11-30 10:00:00Z  dana', '          ReadOnlyAccess in Prod 002 (444455556666)', '          60 minutes', '          "a�b�[31m"'],
    remarks: ['These are the first 1 request: --limit shows more.'],
  });
  expect(sent[0]?.url.search).toBe('?list=to-approve&status=pending&limit=1');
  expect((await team('list', '--list', 'theirs')).code).toBe(2);
  expect(JSON.parse((await team('list', '--json', '--limit', '1')).said.join('\n'))).toMatchObject({ items: [{ requestId }], more: true });
});
