import { isFinal, requestStatus, type GrantStatus, type RequestStatus } from './request-status.ts';

describe('the status of an approved request', () => {
  it.each<[grants: GrantStatus[], status: GrantStatus]>([
    [['active'], 'active'],
    [['failed', 'active', 'scheduled'], 'active'],
    [['ended', 'activating', 'ending'], 'activating'],
    [['ended', 'ending', 'scheduled'], 'ending'],
    [['ended', 'scheduled', 'failed'], 'scheduled'],
    [['failed', 'revoked', 'ended'], 'ended'],
    [['failed', 'revoked'], 'revoked'],
    [['failed', 'failed'], 'failed'],
  ])('of grants %j is %s', (grants, status) => {
    expect(requestStatus(grants)).toBe(status);
    expect(requestStatus(grants.toReversed())).toBe(status);
  });

  it('is final only when every grant is', () => {
    const all: readonly GrantStatus[] = ['scheduled', 'activating', 'active', 'ending', 'ended', 'revoked', 'failed'];
    const wrong = all.flatMap((a) => all.filter((b) => isFinal(requestStatus([a, b])) !== (isFinal(a) && isFinal(b))).map((b) => [a, b]));
    expect(wrong).toEqual([]);
  });

  it('does not exist without grants', () => {
    expect(() => requestStatus([])).toThrow(new RangeError('an approved request has at least one grant'));
  });
});

describe('a status', () => {
  it.each<[status: RequestStatus, final: boolean]>([
    ['pending', false], ['rejected', true], ['denied', true], ['cancelled', true], ['approval-expired', true],
    ['scheduled', false], ['activating', false], ['active', false], ['ending', false], ['ended', true], ['revoked', true], ['failed', true],
  ])('%s is final: %s', (status, final) => {
    expect(isFinal(status)).toBe(final);
  });
});
