import type { ApproverPolicy } from '@team/contracts';
import { anna, approved, iso, policiesFrom, tell } from './fake-run.ts';
import { othersDecide } from './others-decide.ts';

const people = (...groupIds: string[]) => ({ groupIds, userIds: [] });
const place = { accountIds: [anna.accountId], organizationalUnitIds: [] };
const oneStage: ApproverPolicy = { policyId: 'one', targets: place, stages: [{ approvers: people('leads'), quorum: 1 }] };
const twoStages: ApproverPolicy = {
  policyId: 'two',
  targets: place,
  stages: [
    { approvers: people('ops'), quorum: 1 },
    { approvers: people('leads'), quorum: 1 },
  ],
};
const twoVoices: ApproverPolicy = { policyId: 'voices', targets: place, stages: [{ approvers: people('leads'), quorum: 2 }] };

/** A request of Anna's that was accepted under a policy; Lea and Lou are leads, Ole operates. */
function acceptedRun(policy: ApproverPolicy, acceptance: object = {}, policies = [policiesFrom({ approvers: [policy] })]) {
  const run = tell(othersDecide, { policies });
  const join = (group: string, user: string) => run.memberships.set(`${group}/${user}`, { GroupId: group, MemberId: { UserId: user } });
  for (const lead of ['lea', 'lou', anna.principalId]) join('leads', lead);
  join('ops', 'ole');
  const { principalId, accountId, permissionSetArn } = anna;
  const grants = [{ grantId: 'g1', accountId, permissionSetArn, organizationalUnitIds: ['r-root'] }];
  const requester = { userId: principalId, userName: 'anna' };
  run.event('AccessRequestAccepted.v1', { requestId: 'r1', requester, grants, approvalRequired: true, acceptedAt: iso(0), ...acceptance });
  return run;
}

const decider = (userId: string) => ({ userId, userName: userId });
const decision = (userId: string) => ({ decisionId: `d-${userId}`, decider: decider(userId), decidedAt: iso(1) });
const recorded = (userId: string, verdict = 'approve') => ({ requestId: 'r1', ...decision(userId), verdict, grantIds: ['g1'] });
const approvedBy = (...userIds: string[]) => approved('g1', anna, { approvals: userIds.map(decision), approvedAt: iso(1) });

/** All of these say yes, and the request is approved. */
async function decided(policy: ApproverPolicy, ...userIds: string[]) {
  const run = acceptedRun(policy);
  for (const userId of userIds) run.event('ApprovalRecorded.v1', recorded(userId));
  run.event('AccessApproved.v1', approvedBy(...userIds));
  return run.rest();
}

describe('others decide', () => {
  it.each([
    ['one stage', oneStage, ['lea']],
    ['two stages', twoStages, ['ole', 'lea']],
    ['two voices', twoVoices, ['lea', 'lou']],
  ] as const)('takes what %s ask for', async (_, policy, users) => {
    expect(await decided(policy, ...users)).toEqual([]);
  });

  it.each([
    ['nobody', oneStage, []],
    ['one of two voices', twoVoices, ['lea']],
    ['one voice counted twice', twoVoices, ['lea', 'lea']],
    ['the first stage alone', twoStages, ['ole']],
    ['stages in another order', twoStages, ['lea', 'ole']],
  ] as const)('finds an approval by %s', async (_, policy, users) => {
    expect(await decided(policy, ...users)).toEqual([expect.stringMatching(/the policies ask for more/)]);
  });

  it('finds a decision by who asked, however their id is spelled, and by who asked for another', () => {
    const own = /decided on their own request/;
    expect(acceptedRun(oneStage).event('ApprovalRecorded.v1', recorded(anna.principalId.toUpperCase()))).toMatch(own);
    expect(acceptedRun(oneStage, { askedBy: decider('lea') }).event('ApprovalRecorded.v1', recorded('lea'))).toMatch(own);
  });

  it('finds an approval by who asked', async () => {
    const run = acceptedRun(oneStage);
    run.event('AccessApproved.v1', approvedBy(anna.principalId));
    expect(await run.rest()).toEqual([expect.stringMatching(/approved by .* who asked for it/)]);
  });

  it.each(['approve', 'deny'])('finds that the %s of somebody counts whom no policy asks', (verdict) => {
    expect(acceptedRun(oneStage).event('ApprovalRecorded.v1', recorded('ole', verdict))).toMatch(/no policy asks them/);
  });

  it('takes who was a member at some time since the request was accepted, and nobody who left before', () => {
    const run = acceptedRun(oneStage);
    run.memberships.delete('leads/lea');
    run.at(5);
    expect(run.event('ApprovalRecorded.v1', recorded('lea'))).toBeUndefined();
    run.at(10);
    const later = acceptedRun(oneStage, { acceptedAt: iso(20) });
    later.memberships.delete('leads/lea');
    later.call('GetItem', {}, 'approval');
    later.at(30);
    expect(later.event('ApprovalRecorded.v1', recorded('lea'))).toMatch(/no policy asks them/);
  });

  it('takes no policy and no membership from after the decision', async () => {
    const policies = [policiesFrom({ approvers: [twoVoices] })];
    const run = acceptedRun(oneStage, {}, policies);
    run.event('ApprovalRecorded.v1', recorded('lea'));
    run.event('AccessApproved.v1', approvedBy('lea'));
    run.at(5);
    policies.push(policiesFrom({ approvers: [oneStage] }, 5));
    expect(await run.rest()).toEqual([expect.stringMatching(/the policies ask for more/)]);
    const joined = acceptedRun(oneStage);
    joined.at(5);
    joined.memberships.set('leads/ole', { GroupId: 'leads', MemberId: { UserId: 'ole' } });
    expect(joined.event('ApprovalRecorded.v1', recorded('ole'))).toMatch(/no policy asks them/);
  });

  it('finds an approval with a decision that never counted', async () => {
    const run = acceptedRun(oneStage);
    run.event('AccessApproved.v1', approvedBy('lea'));
    expect(await run.rest()).toEqual([expect.stringMatching(/decisions that never counted/)]);
  });

  it('finds an approval of what was never accepted', async () => {
    const run = tell(othersDecide);
    run.event('AccessApproved.v1', approvedBy('lea'));
    expect(await run.rest()).toEqual(['r1 was approved and never accepted']);
  });

  it('finds a no that is not heeded', async () => {
    const approvedStill = acceptedRun(oneStage);
    approvedStill.event('ApprovalRecorded.v1', recorded('lou', 'deny'));
    approvedStill.event('ApprovalRecorded.v1', recorded('lea'));
    approvedStill.event('AccessApproved.v1', approvedBy('lea'));
    expect(await approvedStill.rest()).toEqual(['lou denied r1, and it was approved']);
    const forgotten = acceptedRun(oneStage);
    forgotten.event('ApprovalRecorded.v1', recorded('lou', 'deny'));
    expect(await forgotten.rest()).toEqual(['lou denied r1, and it was not denied']);
    forgotten.event('AccessDenied.v1', { requestId: 'r1' });
    expect(await forgotten.rest()).toEqual([]);
  });

  it('takes that nobody approves what needs no approval', async () => {
    const run = acceptedRun(oneStage, { approvalRequired: false });
    run.event('AccessApproved.v1', approvedBy());
    expect(await run.rest()).toEqual([]);
  });
});
