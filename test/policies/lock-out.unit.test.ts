import fc from 'fast-check';
import type { ApproverPolicy, EligibilityPolicy } from '@team/contracts';
import { lockedOut } from '@team/governance';
import { planApproval } from '../../services/approval/src/domain/plan.ts';
import { unfillableStage } from '../../services/approval/src/domain/staffing.ts';

// Few of each, so that policies, people and places meet often.
const people = ['ana', 'bo', 'chi', 'dee', 'emi'];
const groups: Readonly<Record<string, readonly string[]>> = { leads: ['ana', 'bo'], security: ['chi'], all: people, none: [] };
const root = 'r-acme';
const units = ['ou-acme-00000001', 'ou-acme-00000002'];
const accounts = [
  { accountId: '111111111111', ouPath: [root] },
  { accountId: '222222222222', ouPath: [root, 'ou-acme-00000001'] },
  { accountId: '333333333333', ouPath: [root, 'ou-acme-00000001', 'ou-acme-00000002'] },
];
const sets = ['arn:a', 'arn:b'];

const principals = fc.record({ groupIds: fc.subarray(Object.keys(groups)), userIds: fc.subarray(people) });
const targets = fc.record({ accountIds: fc.subarray(accounts.map(({ accountId }) => accountId)), organizationalUnitIds: fc.subarray([root, ...units]) });
const approvers: fc.Arbitrary<ApproverPolicy> = fc.record({
  policyId: fc.constantFrom('p', 'q', 'r'),
  targets,
  stages: fc.array(fc.record({ approvers: principals, quorum: fc.integer({ min: 1, max: 2 }), always: fc.boolean() }), { minLength: 1, maxLength: 3 }),
  permissionSetArns: fc.option(fc.subarray(sets, { minLength: 1 }), { nil: undefined }),
  requesters: fc.option(principals, { nil: undefined }),
});
const eligibility: fc.Arbitrary<EligibilityPolicy> = fc.record({
  policyId: fc.constant('e'),
  principals,
  targets,
  permissionSetArns: fc.subarray(sets, { minLength: 1 }),
  maximumDurationMinutes: fc.constant(60),
  approval: fc.constant('required'),
});

const membersOf = ({ groupIds, userIds }: { readonly groupIds: readonly string[]; readonly userIds: readonly string[] }): string[] => [...new Set([...userIds, ...groupIds.flatMap((id) => groups[id] ?? [])])];
const spotsOf = (policy: EligibilityPolicy) => [
  ...reached(policy).map((account) => ({ name: account.accountId, ...account })),
  ...policy.targets.organizationalUnitIds.map((id) => ({ name: id, ouPath: [root, ...units.slice(0, units.indexOf(id) + 1)] })),
];
const reached = ({ targets: { accountIds, organizationalUnitIds } }: EligibilityPolicy) =>
  accounts.filter(({ accountId, ouPath }) => accountIds.includes(accountId) || organizationalUnitIds.some((unit) => ouPath.includes(unit)));

/** Whether somebody who may ask for something under the policy would wait for a yes that nobody could give. */
function isStuck(policy: EligibilityPolicy, inForce: readonly ApproverPolicy[]): boolean {
  return membersOf(policy.principals).some((requester) =>
    reached(policy).some((account) =>
      policy.permissionSetArns.some((permissionSetArn) => {
        const groupIds = Object.keys(groups).filter((id) => groups[id]?.includes(requester));
        const plan = planApproval(inForce, [{ grantId: 'grant', permissionSetArn, ...account }], { userId: requester, groupIds }, { groupIds: [], userIds: [] }, 60);
        if (plan.kind !== 'ask') return true;
        return plan.policies.some((asked) => unfillableStage(asked, asked.stages.map((stage) => membersOf(stage.approvers).filter((id) => id !== requester))) !== undefined);
      }),
    ),
  );
}

it('what is found to lock nobody out leaves no request that nobody could approve, as the approval service plans it', () => {
  let open = 0;
  let refused = 0;
  fc.assert(
    fc.property(eligibility, fc.uniqueArray(approvers, { selector: ({ policyId }) => policyId, maxLength: 3 }), (policy, inForce) => {
      const reasons = lockedOut(policy, spotsOf(policy), inForce, (all) => new Set(membersOf(all)));
      if (reasons.length > 0) {
        refused += 1;
        return;
      }
      open += 1;
      expect(isStuck(policy, inForce)).toBe(false);
    }),
    { numRuns: 5_000 },
  );
  expect(open).toBeGreaterThan(200);
  expect(refused).toBeGreaterThan(200);
});

const asks = (policyId: string, unit: string, stages: number, more: Partial<ApproverPolicy> = {}): ApproverPolicy => ({
  policyId,
  targets: { accountIds: [], organizationalUnitIds: [unit] },
  stages: Array.from({ length: stages }, (_, n) => ({ approvers: { groupIds: [], userIds: people.slice(n) }, quorum: 1, always: policyId === 'all' })),
  ...more,
});
const asking: EligibilityPolicy = { policyId: 'e', principals: { groupIds: [], userIds: ['zoe'] }, targets: { accountIds: [], organizationalUnitIds: [root] }, permissionSetArns: ['arn:a'], maximumDurationMinutes: 60, approval: 'required' };

it.each<[string, Partial<EligibilityPolicy>, readonly ApproverPolicy[], readonly string[]]>([
  ['stages asked always beside its own: more than a request carries', {}, [asks('all', root, 4), asks('near', units[0] ?? '', 1), asks('nearest', units[1] ?? '', 2, { stages: ['fay', 'gus'].map((id) => ({ approvers: { groupIds: [], userIds: [id] }, quorum: 1 })) })], ['ERR_TOO_MUCH_ASKED']],
  ['a stage of more people by name than a request carries', {}, [asks('all', root, 1, { stages: [{ approvers: { groupIds: [], userIds: Array.from({ length: 51 }, (_, n) => `user ${n}`) }, quorum: 1 }] })], ['ERR_TOO_MUCH_ASKED']],
  ['a nearer policy for requesters of a group, of whom the only one who asks is', {}, [asks('all', root, 1), asks('near', units[0] ?? '', 1, { requesters: { groupIds: ['zoes'], userIds: [] }, stages: [{ approvers: { groupIds: [], userIds: ['zoe'] }, quorum: 1 }] })], ['ERR_NO_ELIGIBLE_APPROVER']],
  ['no policy for some of those who ask', { principals: { groupIds: [], userIds: ['zoe', 'ana'] } }, [asks('all', root, 1, { requesters: { groupIds: ['zoes'], userIds: [] } })], ['ERR_NO_APPROVER_POLICY']],
  ['permission sets by tag beside one by name, and approvers for that alone', { permissionSetTags: [{ key: 'Risk' }] }, [asks('all', root, 1, { permissionSetArns: ['arn:a'] })], ['ERR_NO_APPROVER_POLICY']],
  ['approvers for all', {}, [asks('all', root, 2), asks('near', units[0] ?? '', 2)], []],
])('%s', (_what, more, inForce, codes) => {
  const policy = { ...asking, ...more };
  const all: Readonly<Record<string, readonly string[]>> = { zoes: ['zoe'] };
  const reasons = lockedOut(policy, spotsOf(policy), inForce, ({ groupIds, userIds }) => new Set([...userIds, ...groupIds.flatMap((id) => all[id] ?? [])]));
  expect([...new Set(reasons.map(({ code }) => code))]).toEqual(codes);
});
