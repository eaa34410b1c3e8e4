import { idOf, person, stage } from '../../test/scenario.ts';
import { choosePolicy, planApproval, type ApproverPolicy, type Target } from './policy.ts';

const admin = 'arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-00000000admin0000';
const reader = 'arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0000000reader0000';
const target: Target = {
  grantId: idOf('g'),
  accountId: '111122223333',
  permissionSetArn: admin,
  ouPath: ['r-acme', 'ou-acme-workloads', 'ou-acme-prod0000'],
};
const dana = person('dana', 'developers');
const nobody = { groupIds: [], userIds: [] };

const policy = (policyId: string, where: readonly string[], rest: Partial<ApproverPolicy> = {}): ApproverPolicy => ({
  policyId,
  targets: { accountIds: where.filter((id) => /^\d/.test(id)), organizationalUnitIds: where.filter((id) => !/^\d/.test(id)) },
  stages: [stage(1, 'leads')],
  ...rest,
});
const chosen = (...policies: readonly ApproverPolicy[]) => choosePolicy(policies, target, dana)?.policyId;

describe('which approver policy applies', () => {
  const root = policy('root', ['r-acme']);
  const unit = policy('unit', ['ou-acme-workloads']);
  const nearest = policy('nearest', ['ou-acme-prod0000']);
  const account = policy('account', ['111122223333']);

  it.each([
    ['the account wins over its unit', [root, unit, nearest, account], 'account'],
    ['the nearest unit wins over one above it', [root, unit, nearest], 'nearest'],
    ['a unit reaches accounts at any depth', [root, unit], 'unit'],
    ['the root comes last', [root], 'root'],
    ['a unit that the account is not in does not reach it', [policy('other', ['ou-acme-sandbox0'])], undefined],
  ])('%s', (_rule, policies, expected) => {
    expect(chosen(...policies)).toBe(expected);
    expect(chosen(...policies.toReversed())).toBe(expected);
  });

  it('counts a policy that names a unit and the account by the account', () => {
    expect(chosen(nearest, policy('both', ['r-acme', '111122223333']))).toBe('both');
  });

  it.each([
    ['the permission set', { permissionSetArns: [admin] }],
    ['the requester', { requesters: { groupIds: [], userIds: [dana.userId] } }],
    ["the requester's group", { requesters: { groupIds: [idOf('developers')], userIds: [] } }],
  ])('among equals one that names %s wins', (_what, narrower) => {
    expect(chosen(policy('a-plain', ['ou-acme-prod0000']), policy('z-narrow', ['ou-acme-prod0000'], narrower))).toBe('z-narrow');
  });

  it('prefers one that names permission set and requester over one that names either', () => {
    const either = policy('a', ['r-acme'], { permissionSetArns: [admin] });
    const both = policy('b', ['r-acme'], { permissionSetArns: [admin], requesters: { groupIds: [], userIds: [dana.userId] } });
    expect(chosen(either, both)).toBe('b');
  });

  it('lets the place win over what else a policy names', () => {
    expect(chosen(policy('far', ['r-acme'], { permissionSetArns: [admin] }), nearest)).toBe('nearest');
  });

  it('passes over a policy for another permission set or other requesters', () => {
    const others = { requesters: { groupIds: [idOf('finance')], userIds: [] } };
    expect(chosen(policy('set', ['111122223333'], { permissionSetArns: [reader] }), policy('people', ['111122223333'], others), root)).toBe(
      'root',
    );
  });

  it('decides a tie by the order of policy ids, whatever the order of policies', () => {
    expect(chosen(policy('b', ['r-acme']), policy('a', ['r-acme']))).toBe('a');
    expect(chosen(policy('a', ['r-acme']), policy('b', ['r-acme']))).toBe('a');
  });
});

describe('what a request needs', () => {
  const sandbox: Target = { ...target, grantId: idOf('s'), accountId: '444455556666', ouPath: ['r-acme', 'ou-acme-sandbox0'] };
  const another: Target = { ...target, grantId: idOf('h'), accountId: '777788889999' };
  const prod = policy('prod', ['ou-acme-prod0000'], { deadlineMinutes: 60 });

  it('puts targets under the same policy together and takes the earliest deadline', () => {
    const plan = planApproval([prod, policy('root', ['r-acme'])], [target, sandbox, another], dana, nobody, 180);
    expect(plan).toMatchObject({
      kind: 'ask',
      deadlineMinutes: 60,
      policies: [
        { policyId: 'prod', grantIds: [idOf('g'), idOf('h')], open: 0, counted: [] },
        { policyId: 'root', grantIds: [idOf('s')] },
      ],
    });
  });

  it("takes the request's deadline where it is earlier than a policy's own is for others", () => {
    const patient = policy('patient', ['ou-acme-prod0000'], { deadlineMinutes: 600 });
    expect(planApproval([patient, policy('root', ['r-acme'])], [target, sandbox], dana, nobody, 180)).toMatchObject({
      deadlineMinutes: 180,
    });
  });

  it('cannot be had where one target has no policy, and says for which account', () => {
    const plan = planApproval([prod], [target, sandbox], dana, nobody, 180);
    expect(plan).toMatchObject({
      kind: 'impossible',
      reason: { code: 'ERR_NO_APPROVER_POLICY', message: expect.stringContaining('444455556666') },
    });
  });

  const many = (count: number) => Array.from({ length: count }, (_, i) => `1111${String(i).padStart(8, '0')}`);
  it('cannot be had under more than 20 policies at once', () => {
    const plan = (count: number) =>
      planApproval(
        many(count).map((id) => policy(`p-${id}`, [id])),
        many(count).map((accountId) => ({ ...target, grantId: idOf(accountId), accountId })),
        dana,
        nobody,
        180,
      );
    expect(plan(20).kind).toBe('ask');
    expect(plan(21)).toMatchObject({ kind: 'impossible', reason: { code: 'ERR_TOO_MANY_POLICIES' } });
  });

  it('cannot be had where one policy asks for more than 12 decisions', () => {
    const plan = (...quorums: readonly number[]) =>
      planApproval([policy('long', ['r-acme'], { stages: quorums.map((quorum) => stage(quorum, 'leads')) })], [target], dana, nobody, 180);
    expect(plan(10, 2).kind).toBe('ask');
    expect(plan(10, 3)).toMatchObject({ reason: { code: 'ERR_TOO_MANY_DECISIONS' } });
  });

  it('cannot be had where approvers, administrators and who asked come to more than can be named', () => {
    const groups = Array.from({ length: 49 }, (_, i) => `group ${i}`);
    const plan = (administrators: readonly string[]) =>
      planApproval(
        [policy('wide', ['r-acme'], { stages: [stage(1, ...groups)] })],
        [target],
        dana,
        { groupIds: administrators.map(idOf), userIds: [] },
        180,
      );
    expect(plan(['administrators']).kind).toBe('ask');
    expect(plan(['administrators', 'owners'])).toMatchObject({ reason: { code: 'ERR_TOO_MANY_APPROVERS' } });
  });
});
