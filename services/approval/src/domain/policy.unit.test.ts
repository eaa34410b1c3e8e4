import { admin, dana, policy, target } from '../../test/placed.ts';
import { idOf, stage } from '../../test/scenario.ts';
import { stagesFor, type ApproverPolicy, type PolicyStage } from './policy.ts';

const reader = 'arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0000000reader0000';

const chosen = (...policies: readonly ApproverPolicy[]) => stagesFor(policies, target, dana).at(-1)?.policy.policyId;

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

describe('stages that a nearer policy cannot drop', () => {
  const always = (quorum: number, ...groups: readonly string[]): PolicyStage => ({ ...stage(quorum, ...groups), always: true });
  const asked = (...policies: readonly ApproverPolicy[]): readonly string[] =>
    stagesFor(policies, target, dana).map(({ policy: { policyId }, stage: one }) => `${policyId} ${one.approvers.groupIds.map(nameOf).join('+')}`);
  const nameOf = (id: string): string => ['leads', 'security', 'owners', 'audit'].find((name) => idOf(name) === id) ?? id;
  const nearest = policy('account', ['111122223333'], { stages: [stage(1, 'leads'), stage(1, 'owners')] });
  const unit = policy('unit', ['ou-acme-workloads'], { stages: [stage(1, 'leads'), always(1, 'audit')] });
  const root = policy('root', ['r-acme'], { stages: [always(1, 'security'), stage(1, 'owners')] });

  it('are asked before its own, from the farthest to the nearest, and no other stage of theirs is', () => {
    expect(asked(nearest, unit, root)).toEqual(['root security', 'unit audit', 'account leads', 'account owners']);
    expect(asked(root, nearest, unit)).toEqual(asked(nearest, unit, root));
  });

  it('are asked also where the nearer one is of the same place and names more', () => {
    const narrow = policy('narrow', ['r-acme'], { permissionSetArns: [admin] });
    expect(asked(narrow, root)).toEqual(['root security', 'narrow leads']);
  });

  it('are not asked where their policy does not apply to the target', () => {
    expect(asked(nearest, { ...root, permissionSetArns: [reader] })).toEqual(['account leads', 'account owners']);
  });

  it('are asked once where the nearer policy asks the same people, and as many', () => {
    const strict = policy('root', ['r-acme'], { stages: [always(1, 'owners')] });
    expect(asked(nearest, strict)).toEqual(['account leads', 'account owners']);
    const farther = policy('unit', ['ou-acme-workloads'], { stages: [always(1, 'security')] });
    expect(asked(policy('account', ['111122223333']), farther, root)).toEqual(['unit security', 'account leads']);
  });

  it.each([
    ['more people', always(2, 'owners')],
    ['others too', always(1, 'owners', 'security')],
    ['the manager too', { ...always(1, 'owners'), requesterManager: true }],
    ['others later', { ...always(1, 'owners'), escalation: { afterMinutes: 30, to: stage(1, 'security').approvers } }],
  ])('are asked beside a nearer stage of the same people where they ask %s', (_what, one) => {
    expect(asked(nearest, policy('root', ['r-acme'], { stages: [one] }))).toHaveLength(3);
  });

  it('that ask the same people twice take them twice: one stage stands for one', () => {
    const twice = policy('root', ['r-acme'], { stages: [always(1, 'owners'), always(1, 'owners')] });
    expect(asked(nearest, twice)).toEqual(['root owners', 'account leads', 'account owners']);
  });
});
