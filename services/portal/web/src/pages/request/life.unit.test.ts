import type { GrantDetail, RequestDetail } from '../../../../api/src/contract/index.ts';
import { phasesOf } from './life.ts';

const at = (minute: number): string => new Date(Date.UTC(2026, 10, 30, 10, minute)).toISOString();
const grant = (change: Partial<GrantDetail>): GrantDetail => ({
  grantId: '11111111-1111-4111-8111-111111111111', status: 'active', accountId: '111122223333', accountName: 'Web shop', permissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-1/ps-1', permissionSetName: 'ReadOnly', overdue: false, ...change,
});
const detail = (change: Partial<RequestDetail>, row: Partial<RequestDetail['row']> = {}): RequestDetail => ({
  row: { requestId: '22222222-2222-4222-8222-222222222222', status: 'pending', askedAt: at(0), requester: { userName: 'ana' }, targets: [], breakGlass: false, ...row },
  grants: [], reasons: [], warnings: [], waitsFor: [], decisions: [], approval: [], history: [], requesterBefore: [], now: at(10),
  may: { decide: false, cancel: false, end: false, extend: false, review: false }, ...change,
});
const approved = { decider: 'ben', verdict: 'approve', decidedAt: at(5) };
const lengths = (of: RequestDetail): [string, number][] => phasesOf(of).map(({ name, from, to }) => [name, (to - from) / 60_000]);

describe('the life of a request', () => {
  it('is waiting, as long as nobody decided', () => {
    expect(lengths(detail({}))).toEqual([['Waiting for approval', 10]]);
  });

  it('waits anew from each decision that did not settle it', () => {
    const second = { decider: 'cleo', verdict: 'approve', decidedAt: at(8) };
    expect(lengths(detail({ decisions: [approved] }))).toEqual([['Waiting for decision 1', 5], ['Waiting for decision 2', 5]]);
    const both = detail({ grants: [grant({ grantedAt: at(9) })], decisions: [second, approved], now: at(9) }, { status: 'active', approvedAt: at(8) });
    expect(lengths(both)).toEqual([['Waiting for decision 1', 5], ['Waiting for decision 2', 3], ['Approved, on its way', 1]]);
  });

  it('has its access until the end that is known, while it runs', () => {
    const running = detail({ grants: [grant({ grantedAt: at(6) })], decisions: [approved] }, { status: 'active', endsAt: at(36) });
    expect(lengths(running)).toEqual([['Waiting for approval', 5], ['Approved, on its way', 1], ['Access until its end', 30]]);
  });

  it('shows credentials that outlast the access', () => {
    const over = detail({ grants: [grant({ status: 'ended', grantedAt: at(6), removedAt: at(20), credentialsUselessBy: at(50) })], decisions: [approved], now: at(55) }, { status: 'ended' });
    expect(lengths(over).slice(2)).toEqual([['Access', 14], ['Credentials may still work', 30]]);
  });

  it('had its access until it was ended, though another grant goes on holding what it had', () => {
    const kept = detail({ grants: [grant({ status: 'revoked', grantedAt: at(6), endedAt: at(20) })], decisions: [approved], now: at(30) }, { status: 'revoked', endsAt: at(20) });
    expect(lengths(kept).slice(2)).toEqual([['Access', 14]]);
  });

  it('waited for nobody where nobody had to agree', () => {
    expect(lengths(detail({ grants: [grant({ grantedAt: at(2) })] }, { status: 'active', endsAt: at(12) }))).toEqual([['On its way', 2], ['Access until its end', 10]]);
  });

  it('is nothing to draw where it was refused at once', () => {
    expect(lengths(detail({}, { status: 'rejected' }))).toEqual([]);
  });
});
