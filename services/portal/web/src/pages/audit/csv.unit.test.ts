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

  it('leaves numbers and plain words as they are', () => {
    expect(lineOf({ justification: 'a - b = c' })).toContain('"a - b = c"');
    expect(lineOf({})).toContain(',60,');
  });
});
