import type { RequestSummary } from '@team/contracts';
import { detailOf, grantOf, me, requestId, rowOf } from '../../../test/portal-answers.ts';
import { problem, scriptedPortal, type Answers } from '../../../test/scripted-portal.ts';
import { unreachable } from '../../failure.ts';

const idOf = (n: number): string => `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const summary = (n: number, more: Partial<RequestSummary> = {}): RequestSummary => ({
  ...{ requestId: idOf(n), status: 'ended', askedAt: '2026-11-30T09:00:00.000Z', requester: { userName: 'wren' }, breakGlass: false, reasons: [], decisions: [], stalled: [] },
  grants: [{ grantId: idOf(900 + n), status: 'ended', accountId: '444455556666', accountName: 'Prod 002', permissionSetName: 'ReadOnlyAccess' }],
  ...more,
});

const connect = () => {
  throw unreachable('this is the local run');
};
const portal = (more: Answers = {}, options: Parameters<typeof scriptedPortal>[1] = {}) =>
  scriptedPortal({ 'GET /v1/me': () => me, 'GET /v1/requests': () => ({ items: [rowOf()], now: me.now }), ...more }, options);

/** A portal that answers questions about so many requests, as many a page as are asked for. */
const auditing = (requests: readonly RequestSummary[]) =>
  portal({
    'POST /v1/audit/questions': (body) => {
      const { after = '0', limit } = body as { after?: string; limit: number };
      const to = Number(after) + limit;
      return { requests: requests.slice(Number(after), to), ...(to < requests.length ? { next: String(to) } : {}) };
    },
  });

describe('questions about requests', () => {
  it('are asked page by page, and printed as those of the local run', async () => {
    const { team, sent } = auditing(Array.from({ length: 250 }, (_, n) => summary(n)));
    const { code, said } = await team('audit', 'requests', '--person', 'wren', '--jsonl');
    expect([code, said.join('\n').split('\n').length]).toEqual([0, 250]);
    expect(sent.map(({ body }) => body)).toEqual([
      { op: 'requests', by: { person: 'wren' }, limit: 200 },
      { op: 'requests', by: { person: 'wren' }, after: '200', limit: 200 },
    ]);
    const people = await team('audit', 'unused');
    expect(people).toMatchObject({ code: 0, remarks: ['The first 50; --limit shows more.'] });
    expect(people.said.slice(0, 2)).toEqual(['2026-11-30 09:00:00Z  018f0000  ended       wren', '    ReadOnlyAccess in Prod 002 (444455556666)  ended']);
    expect((await team('audit', 'unused', '--csv')).said[0]).toMatch(/^requestId,status,.*\n018f0000-0000-7000-8000-000000000000,ended,/);
    expect(JSON.parse((await team('audit', 'unused', '--json', '--limit', '2')).said.join('\n'))).toHaveLength(2);
  });

  it('say how long ago by the clock of the portal', async () => {
    const { team, sent } = auditing([]);
    const asked = async (...argv: string[]) => {
      expect(await team('audit', ...argv)).toMatchObject({ code: 0, remarks: ['Nothing of this is recorded.'] });
      return sent.at(-1)?.body;
    };
    expect(await asked('who-could-reach', '444455556666', '--at', '2h')).toEqual({ op: 'who-could-reach', accountId: '444455556666', at: '2026-11-30T08:00:00.000Z', limit: 50 });
    expect(await asked('held', 'wren', '--from', '2026-11-01')).toEqual({ op: 'held', person: 'wren', from: '2026-11-01T00:00:00.000Z', to: '2026-11-30T10:00:00.000Z', limit: 50 });
    expect(await asked('quick-approvals', '--within', '30')).toEqual({ op: 'quick-approvals', withinSeconds: 30, limit: 50 });
    expect(await asked('unreviewed')).toEqual({ op: 'unreviewed', limit: 50 });
  });

  it('end with 1 where something is missing, or they are not for who asks', async () => {
    const stalled = summary(1, { stalled: [{ missing: ['AccessEnded.v1'], since: '2026-11-30T09:00:00.000Z', lastSeen: 'AccessExpired.v1' }] });
    expect(await auditing([stalled]).team('audit', 'stalled')).toMatchObject({ code: 1, said: expect.arrayContaining([expect.stringContaining('MISSING since')]) });
    const refusing = portal({ 'POST /v1/audit/questions': () => problem(403, 'ERR_AUDITORS_ONLY', 'only auditors and administrators see this') });
    expect(await refusing.team('audit', 'stalled')).toEqual({ code: 1, said: [], remarks: ['A title: only auditors and administrators see this (ERR_AUDITORS_ONLY)'] });
  });
});

describe('the trail of a request', () => {
  const whole = { checkpoints: 0, chains: 1, records: 3, waiting: 0, problems: [], omitted: 0 };
  const verifying = (found: object) => portal({ [`POST /v1/requests/${requestId}/verify`]: () => found });

  it('is verified, by the beginning of its id too', async () => {
    const { team, sent } = verifying(whole);
    expect(await team('audit', 'verify', '3f2a1b4c')).toEqual({ code: 0, said: ['The audit trail is whole: 3 records in 1 chain, 0 checkpoints.'], remarks: [] });
    expect(sent.map(({ url }) => url.search)).toEqual(['?list=all&limit=200', '']);
    expect(JSON.parse((await team('audit', 'verify', requestId, '--json')).said.join(''))).toEqual(whole);
  });

  it('ends with 1 where something is wrong with it', async () => {
    const problems = [{ chain: `request#${requestId}`, seq: 2, kind: 'changed', message: 'record 2 is another' }];
    expect(await verifying({ ...whole, problems }).team('audit', 'verify', requestId)).toMatchObject({ code: 1, said: [expect.stringContaining('1 problem'), `  changed  request#${requestId} at 2: record 2 is another`] });
  });
});

describe('what was done under a request', () => {
  const [one, other] = [grantOf().grantId, '3f2a1b4c-0000-4000-8000-0000000000bb'];
  const call = (n: number, grantId: string) => ({ eventId: `e${n}`, at: `2026-11-30T09:3${n}:00.000Z`, service: 's3.amazonaws.com', action: 'GetObject', readOnly: true, grantId });
  const activity = { reads: 3, writes: 0, errors: 0, afterRemoval: 0, services: ['s3.amazonaws.com'], state: 'complete', use: 'only_reads', collection: 1, collections: 3, collectedAt: '2026-11-30T09:50:00.000Z' } as const;
  const detail = detailOf({ status: 'ended' }, { grants: [grantOf({ activity, removedAt: '2026-11-30T09:31:30.000Z' }), grantOf({ grantId: other })] });
  const pages: Readonly<Record<string, object>> = {
    '?limit=500': { items: [call(1, one)], next: 'b' },
    '?limit=500&after=b': { items: [call(2, one), call(3, other)], next: 'c' },
    '?limit=500&after=c': { items: [call(4, other)] },
  };
  const doing = () => portal({ [`GET /v1/requests/${requestId}`]: () => detail, [`GET /v1/requests/${requestId}/activity`]: (_, url) => pages[url.search] });
  const line = (n: number, more = ''): string => `  2026-11-30 09:3${n}:00Z  read   s3.amazonaws.com GetObject${more}`;

  it('is told grant by grant, wherever a page ends', async () => {
    expect(await doing().team('audit', 'activity', requestId)).toEqual({
      code: 0,
      said: [
        ...[`ReadOnlyAccess in Prod 002 (444455556666)  grant ${one}`, '  activity only reads: 3 reads, 0 writes, 0 errors (complete, 1 of 3, at 2026-11-30 09:50:00Z)', line(1), line(2, '  AFTER REMOVAL')],
        ...[`ReadOnlyAccess in Prod 002 (444455556666)  grant ${other}`, '  nothing was collected yet', line(3), line(4)],
      ],
      remarks: ['1 more calls were counted and are not kept'],
    });
  });

  it('is JSON Lines where they are wanted, each call with its grant', async () => {
    const { said } = await doing().team('audit', 'activity', requestId, '--json');
    expect(said.map((text) => (JSON.parse(text) as { grantId: string; eventId: string }).grantId)).toEqual([one, one, other, other]);
  });

  it('is looked for among what is theirs, for who is no auditor', async () => {
    const nobody = { ...me, personas: { approver: false, auditor: false, administrator: false } };
    const { team, sent } = portal({ 'GET /v1/me': () => nobody, 'GET /v1/requests': () => ({ items: [], now: me.now }) });
    expect(await team('audit', 'activity', '3f2a1b4c')).toMatchObject({ code: 1 });
    expect(sent.map(({ url }) => url.searchParams.get('list'))).toEqual([null, 'mine', 'decided', 'active']);
  });
});

describe('what the portal does not do', () => {
  it.each([
    [['audit', 'verify'], 'team audit verify REQUEST'],
    [['audit', 'verify', '--from', '2h'], 'the whole trail'],
    [['audit', 'export', 'anywhere'], 'npx team --endpoint http://127.0.0.1:8042 audit export …'],
    [['audit', 'rebuild'], 'npx team --endpoint http://127.0.0.1:8042 audit rebuild …'],
  ])('%j says so, with how it is done, and sends nothing', async (argv, says) => {
    const { team, sent } = portal({}, { connect });
    expect(await team(...argv)).toEqual({ code: 2, said: [], remarks: [expect.stringMatching(/ERR_NOT_AT_THE_PORTAL/)] });
    expect((await team(...argv)).remarks.join()).toContain(says);
    expect(sent).toEqual([]);
  });

  it('is for the local run with an endpoint, or where nobody is signed in; a copy is verified without either', async () => {
    expect(await portal({}, { connect }).team('--endpoint', 'http://127.0.0.1:8042', 'audit', 'stalled')).toMatchObject({ code: 3, remarks: ['this is the local run'] });
    expect(await portal({}, { connect, kept: null }).team('audit', 'verify', requestId)).toMatchObject({ code: 3, remarks: ['this is the local run'] });
    expect(await portal().team('audit', 'verify', '--archive', '/nowhere')).toMatchObject({ remarks: [expect.stringContaining('/nowhere')] });
    expect(await portal().team('audit', 'verify', requestId, '--from', '2h')).toMatchObject({ code: 2 });
  });
});
