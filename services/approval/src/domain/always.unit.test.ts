import fc from 'fast-check';
import { idOf, person } from '../../test/scenario.ts';
import { planApproval } from './plan.ts';
import type { ApproverPolicy, PolicyStage, Target } from './policy.ts';

const places = ['r-acme', 'ou-acme-workloads', 'ou-acme-prod0000', '111122223333', 'ou-acme-sandbox0'];
const sets = ['admin', 'reader'];
const dana = person('dana', 'developers');

const anyStage: fc.Arbitrary<PolicyStage> = fc
  .record({ groups: fc.subarray(['leads', 'security'], { minLength: 1 }), quorum: fc.integer({ min: 1, max: 2 }), always: fc.boolean() })
  .map(({ groups, quorum, always }) => ({ approvers: { groupIds: groups.map(idOf), userIds: [] }, quorum, always }));
const anyPolicies: fc.Arbitrary<readonly ApproverPolicy[]> = fc
  .array(
    fc.record({
      where: fc.subarray(places, { minLength: 1 }),
      set: fc.option(fc.constantFrom(...sets), { nil: undefined }),
      group: fc.option(fc.constantFrom('developers', 'finance'), { nil: undefined }),
      stages: fc.array(anyStage, { minLength: 1, maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((all) =>
    all.map(({ where, set, group, stages }, i) => ({
      policyId: `policy-${i}`,
      targets: { accountIds: where.filter((id) => /^\d/.test(id)), organizationalUnitIds: where.filter((id) => !/^\d/.test(id)) },
      ...(set === undefined ? {} : { permissionSetArns: [set] }),
      ...(group === undefined ? {} : { requesters: { groupIds: [idOf(group)], userIds: [] } }),
      stages,
    })),
  );

const targets: readonly Target[] = sets.map((permissionSetArn) => ({
  grantId: idOf(permissionSetArn),
  accountId: '111122223333',
  permissionSetArn,
  ouPath: ['r-acme', 'ou-acme-workloads', 'ou-acme-prod0000'],
}));

/** Written from the rule alone: whether a policy reaches a target. */
const reaches = ({ targets: where, permissionSetArns, requesters }: ApproverPolicy, { accountId, ouPath, permissionSetArn }: Target): boolean =>
  (where.accountIds.includes(accountId) || ouPath.some((unit) => where.organizationalUnitIds.includes(unit))) &&
  (permissionSetArns?.includes(permissionSetArn) ?? true) &&
  (requesters === undefined || requesters.groupIds.some((id) => dana.groupIds.includes(id)));

/** Stages as texts, each as often as different people are needed for it. */
const peopleFor = (stages: readonly Pick<PolicyStage, 'approvers' | 'quorum'>[]): readonly string[] =>
  stages.flatMap(({ approvers, quorum }) => Array.from({ length: quorum }, () => approvers.groupIds.toSorted().join()));

describe('whatever the policies', () => {
  it('the stages that any of them asks always are asked, of as many people', () => {
    fc.assert(
      fc.property(anyPolicies, (policies) => {
        const plan = planApproval(policies, targets, dana, { groupIds: [], userIds: [] }, 180);
        if (plan.kind !== 'ask') return;
        for (const target of targets) {
          const asked = peopleFor(plan.policies.find(({ grantIds }) => grantIds.includes(target.grantId))?.stages ?? []);
          for (const policy of policies.filter((one) => reaches(one, target))) {
            const always = peopleFor(policy.stages.filter((one) => one.always === true));
            for (const who of always) expect(asked.filter((one) => one === who).length).toBeGreaterThanOrEqual(always.filter((one) => one === who).length);
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('the last stages are those of one policy, whole and in its order, and those before are asked always', () => {
    fc.assert(
      fc.property(anyPolicies, (policies) => {
        const plan = planApproval(policies, targets, dana, { groupIds: [], userIds: [] }, 180);
        if (plan.kind !== 'ask') return;
        for (const { stages } of plan.policies) {
          const last = policies.find(({ policyId }) => policyId === stages.at(-1)?.policyId);
          const own = last?.stages ?? [];
          expect(stages.slice(-own.length).map(({ policyId, approvers, quorum }) => [policyId, approvers, quorum])).toEqual(
            own.map(({ approvers, quorum }) => [last?.policyId, approvers, quorum]),
          );
          for (const { policyId, approvers, quorum } of stages.slice(0, -own.length)) {
            const always = policies.find((one) => one.policyId === policyId)?.stages.filter((one) => one.always === true) ?? [];
            expect(always.map((one) => peopleFor([one]))).toContainEqual(peopleFor([{ approvers, quorum }]));
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('some take an approval, so that the rules above are about something', () => {
    const kinds = fc.sample(anyPolicies, { numRuns: 200, seed: 7 }).map((policies) => planApproval(policies, targets, dana, { groupIds: [], userIds: [] }, 180).kind);
    expect(kinds.filter((kind) => kind === 'ask').length).toBeGreaterThan(50);
  });
});
