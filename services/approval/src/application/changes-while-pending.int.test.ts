import { running } from '../../test/running.ts';
import { idOf, minute, only, person, refusalCodes } from '../../test/scenario.ts';
import { accepted, leadsApprove, received, revoked, submitted } from '../../test/service.ts';

/** What changes in AWS while a request waits; it goes on, or ends with a reason. */
describe('while a request waits', () => {
  const groupDeleted = (at: ReturnType<typeof running>) => ['anna', 'ben'].forEach((name) => at.people.set(name, person(name)));

  it('and its group of approvers is deleted, nobody decides, and it ends at the deadline', async () => {
    const at = running();
    await at.accept();
    groupDeleted(at);
    await at.decide();
    expect(refusalCodes(at.published)).toEqual(['ERR_NOT_AN_APPROVER']);
    at.clock.advance(180 * minute);
    await at.due();
    expect(at.types().at(-1)).toBe('ApprovalExpired.v1');
  });

  it('and its group of approvers is deleted, whom it is escalated to decide', async () => {
    const at = running();
    const security = { groupIds: [idOf('security')], userIds: [] };
    at.people.set('sam', person('sam', 'security'));
    at.policies.splice(0, 1, { ...leadsApprove, stages: leadsApprove.stages.map((one) => ({ ...one, escalation: { afterMinutes: 20, to: security } })) });
    await at.accept();
    groupDeleted(at);
    at.clock.advance(20 * minute);
    await at.due();
    await at.decide(submitted('sam'));
    expect(at.types()).toContain('AccessApproved.v1');
  });

  it('and its group of approvers is deleted, its requester and administrators can still cancel it', async () => {
    for (const who of ['dana', 'adam']) {
      const at = running();
      at.people.set('adam', person('adam', 'administrators'));
      await at.accept();
      groupDeleted(at);
      await at.revoke(revoked(who));
      expect(at.types()).toContain('AccessCancelled.v1');
    }
  });

  it.each([
    ['moved', ['r-acme', 'ou-acme-sandbox0']],
    ['left without any unit, which were deleted', ['r-acme']],
    ['taken out of the organization', undefined],
  ])('and its account is %s, those who were asked decide', async (_what, path) => {
    const at = running();
    const production = { ...leadsApprove, policyId: 'production', targets: { accountIds: [], organizationalUnitIds: ['ou-acme-prod0000'] } };
    at.policies.splice(0, 1, production);
    await at.accept();
    if (path === undefined) at.ouPaths.clear();
    else at.ouPaths.set('111122223333', path);
    await at.decide();
    expect(at.types()).toContain('AccessApproved.v1');
  });

  it('and its policy is removed, those who were asked decide', async () => {
    const at = running();
    await at.accept();
    at.policies.splice(0);
    await at.decide();
    expect(at.types()).toContain('AccessApproved.v1');
  });

  it('and its requester is renamed, it goes on, they may cancel it under the new name, and may not approve it', async () => {
    const renamed = { ...person('dana', 'leads'), userName: 'dana.married@acme.example' };
    const at = running();
    await at.accept();
    at.people.set('dana', renamed);
    const own = submitted('dana');
    await at.decide({ ...own, data: { ...own.data, decider: renamed.userName } });
    expect(refusalCodes(at.published)).toEqual(['ERR_SELF_APPROVAL']);
    await at.decide();
    expect(only(at.published, 'AccessApproved.v1').requester.userId).toBe(renamed.userId);
    const cancelled = running();
    await cancelled.accept();
    cancelled.people.set('dana', renamed);
    await cancelled.revoke(received('AccessRevocationRequested.v1', { requestId: own.data.requestId, by: renamed.userName }));
    expect(cancelled.types()).toContain('AccessCancelled.v1');
  });

  it('and its approver is renamed, they decide under the new name', async () => {
    const at = running();
    await at.accept();
    at.people.set('anna', { ...person('anna', 'leads'), userName: 'anna.new@acme.example' });
    const decision = submitted('anna');
    await at.decide({ ...decision, data: { ...decision.data, decider: 'ANNA.new@acme.example' } });
    expect(at.types()).toContain('AccessApproved.v1');
  });
});

describe('between acceptance and approval', () => {
  it.each([
    ['its account moved to where no policy reaches', ['r-other'], 'ERR_NO_APPROVER_POLICY'],
    ['its account left the organization', undefined, 'ERR_TARGET_UNKNOWN'],
  ])('%s: denied with that reason', async (_what, path, code) => {
    const at = running();
    if (path === undefined) at.ouPaths.clear();
    else at.ouPaths.set('111122223333', path);
    await at.accept(accepted());
    expect(only(at.published, 'AccessDenied.v1').reason.code).toBe(code);
  });
});
