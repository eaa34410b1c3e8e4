import type { RequestRow } from '../../../../api/src/contract/index.ts';
import { csvOf } from './csv.ts';

const row: RequestRow = {
  requestId: '11111111-1111-4111-8111-111111111111',
  status: 'ended',
  askedAt: '2026-11-30T10:00:00Z',
  requester: { userName: 'ana' },
  targets: [{ accountId: '111122223333', accountName: 'Web, "shop"', permissionSetName: 'ReadOnly' }],
  breakGlass: false,
  durationMinutes: 60,
};

const lineOf = (change: Partial<RequestRow>): string | undefined => csvOf([{ ...row, ...change }]).split('\r\n')[1];

describe('the export of requests', () => {
  it('has a line for each target, with quotes doubled', () => {
    expect(csvOf([row, { ...row, targets: [...row.targets, ...row.targets] }]).trimEnd().split('\r\n')).toHaveLength(4);
    expect(lineOf({})).toContain('"Web, ""shop""","ReadOnly"');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\n=1', '|calc', '＝1'])('takes the power from %j', (justification) => {
    expect(csvOf([{ ...row, justification }])).toContain(`"'${justification}"`);
  });

  it.each([
    ['x;=1+1', "x;'=1+1"],
    ['x; =cmd|calc!A0; y', "x;' =cmd|calc!A0; y"],
    ['x\t@SUM(A1)', "x\t'@SUM(A1)"],
    ['x\r\n=1', "x\r\n'=1"],
    ['a;b;-1;+2', "a;b;'-1;'+2"],
    ['\u200b=1', "'\u200b=1"],
    ['\ufeff=1', "'\ufeff=1"],
    ['";=1', `";'=1`],
    ["';=1", "';'=1"],
    ['=1;=1', "'=1;'=1"],
  ])('takes the power from what another separator would set free: %j', (justification, harmless) => {
    expect(csvOf([{ ...row, justification }])).toContain(`"${harmless.replaceAll('"', '""')}"`);
  });

  it.each(['requester', 'ticket', 'reason', 'accountName'])('takes the power from %s too', (where) => {
    const formula = '=1+1';
    const change = { requester: { requester: { userName: formula } }, ticket: { ticket: formula }, reason: { reason: formula }, accountName: { targets: [{ accountName: formula, permissionSetName: 'x' }] } }[where];
    expect(csvOf([{ ...row, ...change }])).toContain(`"'=1+1"`);
  });

  it('leaves numbers and plain words as they are', () => {
    for (const words of ['a - b = c', 'ana+b@acme.example', 'first; then = done', 'two\nlines']) expect(csvOf([{ ...row, justification: words }])).toContain(`"${words}"`);
    expect(lineOf({})).toContain(',60,');
  });
});
