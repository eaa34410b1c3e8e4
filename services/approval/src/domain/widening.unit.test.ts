import fc from 'fast-check';
import { planApproval } from './plan.ts';
import type { ApproverPolicy, PolicyStage } from './policy.ts';
import { unfillableStage } from './staffing.ts';
import { easedApproval } from './widening.ts';

// Few of each, so that policies ask the same people and meet at one place.
const people = ['ana', 'bo', 'chi'];
const root = 'r-acme';
const unit = 'ou-acme-00000001';
const target = { grantId: 'grant', accountId: '111111111111', permissionSetArn: 'arn:a', ouPath: [root, unit] };

const asked = fc.record({ groupIds: fc.constant([]), userIds: fc.subarray(people, { minLength: 1 }) });
const stage: fc.Arbitrary<PolicyStage> = fc.record({
  approvers: asked,
  quorum: fc.integer({ min: 1, max: 2 }),
  always: fc.boolean(),
  escalation: fc.option(fc.record({ afterMinutes: fc.constantFrom(20, 50), to: asked }), { nil: undefined, freq: 1 }),
});
const stages = fc.array(stage, { minLength: 1, maxLength: 3 });
const deadlineMinutes = fc.constantFrom(undefined, 30, 90);
const policy = (policyId: string): fc.Arbitrary<ApproverPolicy> =>
  fc.record({ policyId: fc.constant(policyId), targets: fc.constantFrom({ accountIds: [], organizationalUnitIds: [root] }, { accountIds: [], organizationalUnitIds: [unit] }), stages, deadlineMinutes });

/** A policy and what somebody made of it: fewer people, more of them, other stages in another order, another deadline. */
const changed = policy('p').chain((before) => {
  const altered = fc.tuple(...before.stages.map((one) => fc.tuple(fc.subarray([...one.approvers.userIds], { minLength: 1 }), fc.integer({ min: 0, max: 1 })).map(([userIds, more]) => ({ ...one, approvers: { groupIds: [], userIds }, quorum: one.quorum + more }))));
  return fc
    .record({ kept: fc.oneof(fc.constant(before.stages), altered), more: fc.oneof(fc.constant([]), stages), shuffle: fc.boolean(), deadline: fc.oneof(fc.constant(before.deadlineMinutes), deadlineMinutes) })
    .map(({ kept, more, shuffle, deadline }) => [before, { ...before, stages: shuffle ? [...kept, ...more].reverse() : [...kept, ...more], deadlineMinutes: deadline }] as const);
});

/** Whether these people together can say yes to a request under these policies, once what is to be escalated was. */
function suffices(yes: readonly string[], policies: readonly ApproverPolicy[]): boolean {
  const plan = planApproval(policies, [target], { userId: 'wren', groupIds: [] }, { groupIds: [], userIds: [] }, 60);
  if (plan.kind !== 'ask') return false;
  return plan.policies.every((one) => unfillableStage(one, one.stages.map(({ approvers, escalation }) => yes.filter((id) => [...approvers.userIds, ...(escalation?.to.userIds ?? [])].includes(id)))) === undefined);
}

it('a change of which nothing is said to ease lets no people approve who could not before', () => {
  let silent = 0;
  let different = 0;
  fc.assert(
    fc.property(changed, policy('a'), fc.option(policy('z')), fc.subarray(people, { minLength: 1 }), ([before, after], one, other, yes) => {
      const others = [one, ...(other === null ? [] : [other])];
      if (easedApproval(before, after, others).length > 0) return;
      silent += 1;
      if (JSON.stringify(before) !== JSON.stringify(after)) different += 1;
      if (suffices(yes, [...others, after])) expect(suffices(yes, [...others, before])).toBe(true);
    }),
    { numRuns: 20_000 },
  );
  // Otherwise the property would hold where everything is said to ease.
  expect(silent).toBeGreaterThan(2_000);
  expect(different).toBeGreaterThan(1_000);
});

const leads = { groupIds: [], userIds: ['ana', 'bo'] };
const base: ApproverPolicy = { policyId: 'p', targets: { accountIds: [], organizationalUnitIds: [unit] }, stages: [{ approvers: leads, quorum: 1 }] };
const always: ApproverPolicy = { policyId: 'root', targets: { accountIds: [], organizationalUnitIds: [root] }, stages: [{ approvers: { groupIds: [], userIds: ['ana'] }, quorum: 1, always: true }] };

it.each<[string, ApproverPolicy, ApproverPolicy, readonly ApproverPolicy[], boolean]>([
  ['fewer people of whom one must say yes', base, { ...base, stages: [{ approvers: { groupIds: [], userIds: ['ana'] }, quorum: 1 }] }, [], false],
  ['those whom another policy asks always, so that one yes stands for two', base, { ...base, stages: [{ approvers: { groupIds: [], userIds: ['ana'] }, quorum: 1 }] }, [always], true],
  ['a later deadline, before which the stage is escalated', { ...base, deadlineMinutes: 60 }, { ...base, deadlineMinutes: 90 }, [], true],
  ['a deadline where the limits had one', base, { ...base, deadlineMinutes: 90 }, [], true],
  ['an earlier deadline', { ...base, deadlineMinutes: 90 }, { ...base, deadlineMinutes: 60 }, [], false],
  ['the same', base, base, [always], false],
  ['another group of approvers', base, { ...base, stages: [{ approvers: { groupIds: ['leads'], userIds: [] }, quorum: 1 }] }, [], true],
])('%s: eases or not', (_what, before, after, others, eases) => {
  expect(easedApproval(before, after, others).length > 0).toBe(eases);
});
