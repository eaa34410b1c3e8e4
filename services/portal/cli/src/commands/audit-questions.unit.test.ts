import type { RequestSummary } from '@team/contracts';
import { scriptedCloud } from '../../test/scripted-cloud.ts';

const idOf = (n: number): string => `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const request = (n: number, more: Partial<RequestSummary> = {}): RequestSummary => ({
  requestId: idOf(n),
  status: 'ended',
  askedAt: '2026-03-02T09:00:00.000Z',
  requester: { userName: 'wren@acme.example' },
  justification: '=HYPERLINK("https://evil.example")',
  breakGlass: false,
  reasons: [],
  decisions: [{ decider: { userName: 'emeka@acme.example' }, verdict: 'approve', decidedAt: '2026-03-02T09:01:00.000Z' }],
  grants: [{ grantId: idOf(900 + n), status: 'ended', accountId: '836423630756', accountName: 'payments-prod', permissionSetName: 'ReadOnlyAccess', grantedAt: '2026-03-02T09:02:00.000Z', removedAt: '2026-03-02T10:02:00.000Z' }],
  stalled: [],
  ...more,
});

/** The audit service over so many requests: as many a page as are asked for. */
function auditOf(requests: readonly RequestSummary[]) {
  return scriptedCloud({
    audit: ({ after = '0', limit }) => {
      const to = Number(after) + Number(limit);
      return { requests: requests.slice(Number(after), to), ...(to < requests.length ? { next: String(to) } : {}) };
    },
  }, 'Mon, 02 Mar 2026 12:00:00 GMT');
}

test('a file gets everything, page by page, and people the first fifty', async () => {
  const cloud = auditOf(Array.from({ length: 450 }, (_, n) => request(n)));
  const jsonl = await cloud.team('audit', 'requests', '--jsonl');
  expect(jsonl.said.flatMap((page) => page.split('\n')).map((line) => (JSON.parse(line) as RequestSummary).requestId)).toEqual(Array.from({ length: 450 }, (_, n) => idOf(n)));
  expect(cloud.inputsOf('audit').map(({ after, limit }) => [after, limit])).toEqual([[undefined, 200], ['200', 200], ['400', 200]]);
  const json = await cloud.team('audit', 'requests', '--json');
  expect(JSON.parse(json.said.join('\n'))).toHaveLength(450);
  const people = await cloud.team('audit', 'requests');
  expect(people.said.filter((line) => line.startsWith('2026'))).toHaveLength(50);
  expect(people.remarks).toEqual(['The first 50; --limit shows more.']);
});

test('CSV has one header, a row for each grant, and no cell that a spreadsheet would take for a formula', async () => {
  const { code, said } = await auditOf(Array.from({ length: 201 }, (_, n) => request(n))).team('audit', 'requests', '--csv');
  const lines = said.flatMap((page) => page.split('\n'));
  expect([code, lines.length, lines.filter((line) => line.startsWith('requestId,')).length]).toEqual([0, 202, 1]);
  expect(lines[1]).toContain(`"'=HYPERLINK(""https://evil.example"")"`);
  expect(lines.filter((line) => /(^|,|")[=+@-]/.test(line.replaceAll(`"'=`, '')))).toEqual([]);
});

test('what is asked is what the options say', async () => {
  const cloud = auditOf([]);
  const asked = async (...argv: string[]) => {
    const { code, remarks } = await cloud.team('audit', ...argv, '--json');
    expect([code, remarks]).toEqual([0, ['Nothing of this is recorded.']]);
    return cloud.inputsOf('audit').at(-1);
  };
  const limit = 200;
  expect(await asked('requests', '--person', 'wren', '--status', 'active', '--from', '2026-03-01')).toEqual({ op: 'requests', by: { person: 'wren', status: 'active' }, from: '2026-03-01T00:00:00.000Z', limit });
  expect(await asked('who-could-reach', '836423630756', '--at', '2h')).toEqual({ op: 'who-could-reach', accountId: '836423630756', at: '2026-03-02T10:00:00.000Z', limit });
  expect(await asked('held', 'wren', '--from', '2026-03-01', '--to', '2026-04-01')).toEqual({ op: 'held', person: 'wren', from: '2026-03-01T00:00:00.000Z', to: '2026-04-01T00:00:00.000Z', limit });
  expect(await asked('quick-approvals', '--within', '30')).toEqual({ op: 'quick-approvals', withinSeconds: 30, limit });
  expect(await asked('unused', '--only-reads')).toEqual({ op: 'unused', kind: 'only-reads', limit });
  expect(await asked('unreviewed')).toEqual({ op: 'unreviewed', limit });
});

test('a request of which something is missing ends with 1, and says what', async () => {
  const { code, said } = await auditOf([request(1, { stalled: [{ missing: ['AccessEnded.v1'], since: '2026-03-02T11:00:00.000Z', lastSeen: 'AccessExpired.v1' }] })]).team('audit', 'stalled');
  expect(code).toBe(1);
  expect(said.join('\n')).toContain('MISSING since 2026-03-02 11:00:00Z: AccessEnded.v1; the last that was heard was AccessExpired.v1');
});

test.each([
  [['requests', '--status', 'lost']],
  [['requests', '--csv', '--jsonl']],
  [['who-could-reach', '836423630756']],
  [['held', 'wren', '--from', 'March']],
  [['quick-approvals', '--within', '0']],
])('%j is not understood', async (argv) => {
  expect((await auditOf([]).team('audit', ...argv)).code).toBe(2);
});
