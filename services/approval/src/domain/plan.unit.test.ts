import { admin, dana, policy, target } from '../../test/placed.ts';
import { idOf, stage } from '../../test/scenario.ts';
import { planApproval } from './plan.ts';
import type { Target } from './policy.ts';

const nobody = { groupIds: [], userIds: [] };

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
        { chain: 'prod', grantIds: [idOf('g'), idOf('h')], open: 0, counted: [] },
        { chain: 'root', grantIds: [idOf('s')] },
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

  const always = (quorum: number, ...groups: readonly string[]) => ({ ...stage(quorum, ...groups), always: true });
  it('names of each stage the policy that asks for it, and keeps targets apart that take other stages under the same policy', () => {
    const root = policy('root', ['r-acme'], { permissionSetArns: [admin], stages: [always(1, 'security')], deadlineMinutes: 30 });
    const reading: Target = { ...another, permissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0000000reader0000' };
    expect(planApproval([prod, root], [target, reading], dana, nobody, 180)).toMatchObject({
      deadlineMinutes: 30,
      policies: [
        { chain: 'root>prod', grantIds: [idOf('g')], stages: [{ policyId: 'root' }, { policyId: 'prod' }] },
        { chain: 'prod', grantIds: [idOf('h')], stages: [{ policyId: 'prod' }] },
      ],
    });
  });

  it('cannot be had where stages asked always make a way of more than five', () => {
    const root = policy('root', ['r-acme'], { stages: [always(1, 'security'), always(1, 'audit')] });
    const plan = (count: number) =>
      planApproval([policy('prod', ['ou-acme-prod0000'], { stages: Array.from({ length: count }, () => stage(1, 'leads')) }), root], [target], dana, nobody, 180);
    expect(plan(3).kind).toBe('ask');
    expect(plan(4)).toMatchObject({ kind: 'impossible', reason: { code: 'ERR_TOO_MANY_STAGES' } });
  });

  it('is reminded of as often as the most pressing of its policies wants, or as usual', () => {
    const root = policy('root', ['r-acme'], { remindEveryMinutes: 20 });
    expect(planApproval([{ ...prod, remindEveryMinutes: 45 }, root], [target, sandbox], dana, nobody, 180)).toMatchObject({ remindEveryMinutes: 20 });
    expect(planApproval([prod], [target], dana, nobody, 180)).not.toHaveProperty('remindEveryMinutes');
  });

  it('has no escalation that would come after the deadline, and no more people with those that come than can be named', () => {
    const to = (...groups: readonly string[]) => stage(1, ...groups).approvers;
    const plan = (afterMinutes: number, ...groups: readonly string[]) =>
      planApproval([{ ...prod, stages: [{ ...stage(1, 'leads'), escalation: { afterMinutes, to: to(...groups) } }] }], [target], dana, nobody, 180);
    expect(plan(59, 'security')).toMatchObject({ policies: [{ stages: [{ escalation: { afterMinutes: 59 } }] }] });
    expect(plan(60, 'security')).not.toHaveProperty('policies.0.stages.0.escalation');
    expect(plan(30, ...Array.from({ length: 50 }, (_, i) => `group ${i}`))).toMatchObject({ reason: { code: 'ERR_TOO_MANY_APPROVERS' } });
  });
});
