import { running } from '../../test/running.ts';
import { idOf, only, person } from '../../test/scenario.ts';
import { accepted, leadsApprove, received } from '../../test/service.ts';
import { signed } from '../../test/signing.ts';

describe('a forged acceptance', () => {
  const real = accepted().data;
  it.each([
    ['signed by another key', accepted({}, (claims) => signed('team-acceptance+jws', 'attacker', claims, 'acceptance'))],
    ['another kind of evidence', accepted({}, (claims) => signed('team-decision+jws', 'acceptance', claims))],
    ['that says approval is not needed', received('AccessRequestAccepted.v1', { ...real, approvalRequired: false })],
    [
      'for another requester',
      received('AccessRequestAccepted.v1', { ...real, requester: { userId: person('zoe').userId, userName: 'zoe' } }),
    ],
    [
      'for another account',
      received('AccessRequestAccepted.v1', { ...real, grants: real.grants.map((grant) => ({ ...grant, accountId: '999988887777' })) }),
    ],
    ['of another digest', received('AccessRequestAccepted.v1', { ...real, requestDigest: 'f'.repeat(64) })],
    ['with another grant id', accepted({ grants: real.grants.map((grant) => ({ ...grant, grantId: idOf('chosen') })) })],
    ['that lets people decide without a word', received('AccessRequestAccepted.v1', { ...accepted({ commentRequired: true }).data, commentRequired: false })],
    ['for another duration', received('AccessRequestAccepted.v1', { ...real, durationMinutes: 500 })],
  ])('%s is laid down for good and changes nothing', async (_case, event) => {
    const { accept, state, types } = running();
    await expect(accept(event)).rejects.toMatchObject({ code: 'ERR_ACCEPTANCE_FORGED', retryable: false });
    expect(types()).toEqual([]);
    expect(state()).toBeUndefined();
  });

  it('cannot lead to a weaker policy or show other names: places and names are read from AWS', async () => {
    const { accept, policies, published } = running();
    policies.push({ ...leadsApprove, policyId: 'production', targets: { accountIds: [], organizationalUnitIds: ['ou-acme-prod0000'] } });
    const grants = real.grants.map((grant) => ({
      ...grant,
      organizationalUnitIds: ['r-acme'],
      accountName: 'Sandbox',
      permissionSetName: 'ReadOnly',
    }));
    await accept(received('AccessRequestAccepted.v1', { ...real, grants, requester: { ...real.requester, userName: 'the boss' } }));
    expect(only(published, 'ApprovalRequested.v1')).toMatchObject({
      requester: { userName: person('dana').userName },
      grants: [{ accountName: 'Ledger', permissionSetName: 'AdministratorAccess' }],
      openStages: [{ policyId: 'production' }],
    });
  });
});

it('tells whoever is asked that they must say why, where the request says so', async () => {
  const { accept, published } = running();
  await accept(accepted({ commentRequired: true }));
  expect(only(published, 'ApprovalRequested.v1').commentRequired).toBe(true);
});

describe('an accepted request that nobody can decide', () => {
  it.each([
    ['no policy covers it', (at: ReturnType<typeof running>) => void at.policies.pop(), 'ERR_NO_APPROVER_POLICY'],
    [
      'its approvers are the requester alone',
      (at: ReturnType<typeof running>) => void ['anna', 'ben'].map((name) => at.people.delete(name)),
      'ERR_NO_ELIGIBLE_APPROVER',
    ],
    [
      'its approvers are disabled',
      (at: ReturnType<typeof running>) =>
        void ['anna', 'ben'].map((name) => at.people.set(name, { ...person(name, 'leads'), enabled: false })),
      'ERR_NO_ELIGIBLE_APPROVER',
    ],
    ['its requester is gone', (at: ReturnType<typeof running>) => void at.people.delete('dana'), 'ERR_USER_UNKNOWN'],
    [
      'its requester is disabled',
      (at: ReturnType<typeof running>) => void at.people.set('dana', { ...person('dana'), enabled: false }),
      'ERR_REQUESTER_DISABLED',
    ],
    ['its account is gone', (at: ReturnType<typeof running>) => void at.ouPaths.clear(), 'ERR_TARGET_UNKNOWN'],
  ])('is denied at once because %s', async (_why, change, code) => {
    const at = running();
    at.people.set('dana', person('dana', 'leads'));
    change(at);
    await at.accept();
    expect(at.types()).toEqual(['AccessDenied.v1']);
    expect(only(at.published, 'AccessDenied.v1').reason.code).toBe(code);
  });
});

describe("a stage for the requester's manager", () => {
  const managed = () => {
    const at = running();
    at.people.set('mia', person('mia'));
    at.policies.push({
      ...leadsApprove,
      policyId: 'managed',
      targets: { accountIds: [], organizationalUnitIds: ['ou-acme-prod0000'] },
      stages: [{ approvers: { groupIds: [], userIds: [] }, quorum: 1, requesterManager: true }],
    });
    return at;
  };

  it('asks whom the identity store names as manager when approval begins', async () => {
    const { accept, managers, published } = managed();
    managers.set(person('dana').userId, person('mia').userId);
    await accept();
    expect(only(published, 'ApprovalRequested.v1').openStages).toMatchObject([{ policyId: 'managed', approvers: { userIds: [person('mia').userId] } }]);
  });

  it.each([
    ['it names none', undefined],
    ['the manager is disabled', 'ben'],
    ['the requester manages themselves', 'dana'],
  ])('denies the request at once where nobody else is asked and %s', async (_why, manager) => {
    const at = managed();
    at.people.set('ben', { ...person('ben', 'leads'), enabled: false });
    if (manager !== undefined) at.managers.set(person('dana').userId, person(manager).userId);
    await at.accept();
    expect(only(at.published, 'AccessDenied.v1').reason.code).toBe('ERR_NO_ELIGIBLE_APPROVER');
  });

  it('asks the others of the stage where no manager is named', async () => {
    const at = managed();
    at.policies.splice(0, 2, { ...leadsApprove, stages: leadsApprove.stages.map((one) => ({ ...one, requesterManager: true })) });
    await at.accept();
    expect(only(at.published, 'ApprovalRequested.v1').openStages).toMatchObject([{ approvers: { groupIds: [idOf('leads')], userIds: [] } }]);
  });
});
