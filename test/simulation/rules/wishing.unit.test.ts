import { digestOf } from '@team/runtime';
import { anna, approved, ended, expired, iso, opened, policiesFrom, tell } from './fake-run.ts';
import { wishesAreAnswered } from './wishes-are-answered.ts';
import { wishesAreGranted } from './wishes-are-granted.ts';

const account = '999999999999';
const emitters = [
  { name: 'security', roleArn: '', source: 'acme.security', detailTypes: ['AccessRevocationRequested.v1'], mayRevoke: true },
  { name: 'pipeline', roleArn: '', source: 'acme.pipeline', detailTypes: ['AccessRequested.v1'] },
];
const own = { source: 'team.local-channel', by: 'ANNA' };

/** A run in which Anna's request was approved and its window opened; `wish` has somebody want it ended, which expiry has judged a minute later. */
function openedRun() {
  const run = tell(wishesAreGranted, { policies: [policiesFrom({ emitters })] });
  const data = { requestId: 'r1', requester: 'anna', targets: [], durationMinutes: 30 };
  run.asked.push({ requestId: 'r1', emitter: 'itsm', requesterId: anna.principalId, userName: 'anna', data });
  run.event('AccessApproved.v1', approved('g1', anna));
  run.event('AccessWindowOpened.v1', opened('g1'));
  const wish = (atMinute: number, { source, by }: { source: string; by?: string }, state: object = { approval: {} }): void => {
    run.at(atMinute);
    const wished = { requestId: 'r1', ...(by === undefined ? {} : { by }) };
    run.event('AccessRevocationRequested.v1', wished, { source, eventId: 'w1' });
    run.at(atMinute + 1);
    run.call('UpdateItem', { TableName: 'team-expiry-aggregates', Key: { pk: { S: 'request#r1' } } }, 'expiry');
    run.store('expiry', 'aggregates', { pk: 'request#r1', state: { answered: [digestOf({ source, account, eventId: 'w1', data: wished })], ...state } });
  };
  return { run, wish };
}
const revoked = (atMinute: number) => ({ ...expired('g1', anna, atMinute), by: {}, reason: {}, opened: true });
const wentOn = [expect.stringMatching(/grant g1 went on after 2026-03-02T09:06:00.000Z/)];

describe('wishes are granted', () => {
  it.each([
    ['the requester by name', own],
    ['the requester by id', { ...own, by: anna.principalId }],
    ['a system that may end access', { source: 'acme.security' }],
  ])('finds that a grant goes on which was to be ended by %s', async (_, who) => {
    const { run, wish } = openedRun();
    wish(5, who);
    expect(await run.rest()).toEqual(wentOn);
    run.at(30);
    run.event('AccessExpired.v1', expired('g1', anna, 30));
    run.event('AccessEnded.v1', ended('g1', anna, 30));
    expect(await run.rest()).toEqual(wentOn);
  });

  it.each([
    ['somebody else', { ...own, by: 'lea' }],
    ['a system that may not end access', { source: 'acme.pipeline' }],
    ['a system that speaks for nobody', { source: 'acme.pipeline', by: 'anna' }],
  ])('asks for nothing where it was %s', async (_, who) => {
    const { run, wish } = openedRun();
    wish(5, who);
    expect(await run.rest()).toEqual([]);
  });

  it('asks for nothing under a name that was a former one when it was judged', async () => {
    const { run, wish } = openedRun();
    run.renamed.add(anna.principalId);
    wish(5, own);
    expect(await run.rest()).toEqual([]);
    const byId = openedRun();
    byId.run.renamed.add(anna.principalId);
    byId.wish(5, { ...own, by: anna.principalId });
    expect(await byId.run.rest()).toEqual(wentOn);
  });

  it('takes that it was revoked, that it was over before, and that it failed', async () => {
    const ended1 = openedRun();
    ended1.wish(5, own);
    ended1.run.event('AccessRevoked.v1', revoked(6));
    expect(await ended1.run.rest()).toEqual([]);
    const over = openedRun();
    over.run.event('AccessExpired.v1', expired('g1', anna, 4));
    over.wish(5, own);
    expect(await over.run.rest()).toEqual([]);
    const failed = openedRun();
    failed.run.event('AccessGrantFailed.v1', { requestId: 'r1', grantId: 'g1', assignment: anna, final: true, failedAt: iso(3) });
    failed.wish(5, own);
    expect(await failed.run.rest()).toEqual([]);
  });

  it('waits for a wish that is not judged yet', async () => {
    for (const state of [{ approval: {}, answered: [] }, {}]) {
      const { run, wish } = openedRun();
      wish(5, own, state);
      expect(await run.rest()).toEqual([]);
    }
  });
});

describe('wishes are answered', () => {
  const refusedTo = (by: string, code = 'ERR_USER_UNKNOWN') => ({ requestId: 'r1', by, reason: { code, message: 'no' } });
  function acceptedRun() {
    const run = tell(wishesAreAnswered);
    run.event('AccessRequestAccepted.v1', { requestId: 'r1', requester: { userId: anna.principalId, userName: 'anna' } });
    return run;
  }

  it.each(['AccessRevocationRefused.v1', 'CancellationRefused.v1'])('finds by %s that somebody may not end their own access', (detailType) => {
    for (const by of ['ANNA', anna.principalId]) expect(acceptedRun().event(detailType, refusedTo(by))).toMatch(/may not end their own access/);
    expect(acceptedRun().event(detailType, refusedTo('lea'))).toBeUndefined();
    expect(acceptedRun().event(detailType, refusedTo('anna', 'ERR_CANCELLATION_PARTIAL'))).toBeUndefined();
  });

  it('lets a withdrawal under a former name be refused, and nothing else', () => {
    const run = acceptedRun();
    run.renamed.add(anna.principalId);
    expect(run.event('CancellationRefused.v1', refusedTo('anna'))).toBeUndefined();
    expect(run.event('CancellationRefused.v1', refusedTo('anna', 'ERR_NOT_ENTITLED'))).toMatch(/may not end/);
    expect(run.event('CancellationRefused.v1', refusedTo(anna.principalId))).toMatch(/may not end/);
    expect(run.event('AccessRevocationRefused.v1', refusedTo('anna'))).toMatch(/may not end/);
    run.event('AccessApproved.v1', approved('g1', anna, { requester: { userId: anna.principalId, userName: 'anna.renamed' } }));
    expect(run.event('AccessRevocationRefused.v1', refusedTo('anna'))).toBeUndefined();
    expect(run.event('AccessRevocationRefused.v1', refusedTo('Anna.renamed'))).toMatch(/may not end/);
  });

  it('finds a decision that neither counted nor was refused', async () => {
    const run = tell(wishesAreAnswered);
    run.event('ApprovalDecisionSubmitted.v1', { requestId: 'r1', decisionId: 'd1', decider: 'lea', verdict: 'approve' });
    expect(await run.rest()).toEqual([expect.stringMatching(/neither counted nor was refused/)]);
    run.event('ApprovalDecisionRefused.v1', { requestId: 'r1', decisionId: 'd1' });
    expect(await run.rest()).toEqual([]);
  });

  it('finds a wish that nobody judged', async () => {
    const run = tell(wishesAreAnswered);
    run.event('AccessRevocationRequested.v1', { requestId: 'r1' }, { source: 'acme.security', eventId: 'w1' });
    expect(await run.rest()).toEqual([expect.stringMatching(/never judged by approval/)]);
    run.store('approval', 'aggregates', { pk: 'request#r1', state: { answered: [digestOf({ source: 'acme.security', account, eventId: 'w1', data: { requestId: 'r1' } })] } });
    expect(await run.rest()).toEqual([]);
    run.store('expiry', 'aggregates', { pk: 'request#r1', state: { approval: {} } });
    expect(await run.rest()).toEqual([expect.stringMatching(/never judged by expiry/)]);
  });
});
