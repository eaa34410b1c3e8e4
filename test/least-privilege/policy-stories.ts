import { accessRequestedV1, approverPolicySubmittedV1, eligibilityPolicySubmittedV1, judgedChange, type ApproverPolicy, type EligibilityPolicy } from '@team/contracts';
import * as z from 'zod';
import { ask, type World } from '../../infra/local/src/play/world.ts';
import { devPayments, emeka, organization, policies, prodPayments, wren } from '../journeys/fixture.ts';
import { expectThat } from './expectations.ts';
import type { Story } from './story.ts';

const ana = 'ana.alvarez@acme.example';
const bo = 'bo.haddad@acme.example';
/** Minutes for what is done at once. */
const atOnce = 0.3;

const present = <T>(found: T | undefined, what: string): T => {
  if (found === undefined) throw new Error(`the fixture has no ${what}`);
  return found;
};
const reading = present(policies.eligibility.find(({ policyId }) => policyId === 'developers-read-production'), 'policy on reading');
const approversOf = (policyId: string): ApproverPolicy => present(policies.approvers.find((one) => one.policyId === policyId), `approver policy ${policyId}`);
const production = approversOf('production');
const readOnly = present(organization.PermissionSets.find(({ Name }) => Name === 'ReadOnlyAccess'), 'permission set').PermissionSetArn;

/** Denies what bears tags that nothing bears: to know, both must be read. */
const quarantine: EligibilityPolicy = {
  policyId: 'quarantine',
  effect: 'deny',
  principals: { groupIds: reading.principals.groupIds, userIds: [] },
  targets: { accountIds: [], organizationalUnitIds: [], accountTags: [{ key: 'quarantined', values: ['yes'] }] },
  permissionSetArns: [],
  permissionSetTags: [{ key: 'quarantined', values: ['yes'] }],
};
const tagged = { policies: { ...policies, eligibility: [...policies.eligibility, quarantine] } };

/** Submits a change of eligibility policy to a laid-down one and gives its id. */
async function submit(world: World, policy: EligibilityPolicy): Promise<string> {
  const changeId = world.newId();
  await world.emit('local-channel', eligibilityPolicySubmittedV1, { changeId, submittedBy: ana, policyId: policy.policyId, expectedVersion: 1, policy });
  return changeId;
}

async function submitApprovers(world: World, policy: ApproverPolicy, expectedVersion: number): Promise<string> {
  const changeId = world.newId();
  await world.emit('local-channel', approverPolicySubmittedV1, { changeId, submittedBy: ana, policyId: policy.policyId, expectedVersion, policy });
  return changeId;
}

async function askFreely(world: World): Promise<string> {
  const requestId = world.newId();
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, wren, devPayments, 'PowerUserAccess', { durationMinutes: 5 }));
  return requestId;
}

const explained = z.object({ explanations: z.array(z.object({ allowed: z.boolean(), reasons: z.array(z.object({ code: z.string() })) })) });
const laidDown = z.object({ proposals: z.array(z.unknown()) });
const approvers = z.object({ answers: z.array(z.object({ stages: z.array(z.object({ people: z.array(z.string()) })), problem: z.unknown().optional() })) });

const uses = (functionName: string, ...actions: readonly string[]): string[] => actions.map((action) => `team-${functionName} ${action}`);
const people = ['identitystore:DescribeUser', 'identitystore:ListGroupMembershipsForMember', 'identitystore:ListGroups', 'identitystore:ListUsers'] as const;
const places = ['organizations:DescribeAccount', 'organizations:ListAccountsForParent', 'organizations:ListOrganizationalUnitsForParent', 'organizations:ListParents', 'organizations:ListRoots', 'sso:DescribePermissionSet', 'sso:ListPermissionSets'] as const;
const tags = ['organizations:ListTagsForResource', 'sso:ListTagsForResource'] as const;

/** What is asked of policies, and how they are changed. */
export const policyStories: readonly Story[] = [
  {
    name: 'policies that the request service tells, one of which waits for a second administrator',
    shows: uses('request-query', 'dynamodb:GetItem', 'dynamodb:Scan'),
    async play(world) {
      await submit(world, { ...reading, maximumDurationMinutes: 240 });
      await world.until('PolicyChangeProposed.v1', undefined, atOnce);
      const { proposals } = laidDown.parse(await world.system.invoke('team-request-query', { op: 'policies' }));
      expectThat(proposals.length === 1, `${proposals.length} proposals are told`);
    },
  },
  {
    name: 'what would become of requests by name and by id, under policies that go by tags',
    shows: uses('request-query', ...people, ...places, ...tags, 'organizations:DescribeOrganization', 'sso:ListPermissionSetsProvisionedToAccount'),
    options: tagged,
    async play(world) {
      const asked = [wren, world.user(wren).UserId].map((requester) => ({ requester, accountId: devPayments, permissionSet: 'PowerUserAccess', durationMinutes: 30, justification: 'rotate a leaked key' }));
      const { explanations } = explained.parse(await world.system.invoke('team-request-query', { op: 'explain', asked }));
      expectThat(explanations.length === 2 && explanations.every(({ allowed }) => allowed), `not allowed: ${JSON.stringify(explanations)}`);
    },
  },
  {
    name: 'approver policies that the approval service tells, one of which waits for a second administrator',
    shows: uses('approval-query', 'dynamodb:GetItem', 'dynamodb:Scan'),
    async play(world) {
      await submitApprovers(world, { ...production, deadlineMinutes: 30, stages: [...production.stages].slice(0, 1).map((stage) => ({ ...stage, approvers: { ...stage.approvers, userIds: [world.user(wren).UserId] } })) }, 1);
      await world.until('ApproverPolicyProposed.v1', undefined, atOnce);
      const { proposals } = laidDown.parse(await world.system.invoke('team-approval-query', { op: 'policies' }));
      expectThat(proposals.length === 1, `${proposals.length} proposals are told`);
    },
  },
  {
    name: 'who could approve, asked by name and by id',
    shows: uses('approval-query', 'identitystore:ListGroupMemberships', ...people, ...places),
    async play(world) {
      const asked = [wren, world.user(wren).UserId].map((requester) => ({ requester, accountId: prodPayments, permissionSetArn: readOnly }));
      const { answers } = approvers.parse(await world.system.invoke('team-approval-query', { op: 'approvers', asked }));
      expectThat(answers.every(({ stages }) => stages[0]?.people.includes(emeka) === true), `nobody could: ${JSON.stringify(answers)}`);
    },
  },
  {
    name: 'how a change of eligibility policy would be judged',
    shows: uses('request-query', 'identitystore:ListGroupMemberships'),
    async play(world) {
      const change = { kind: 'EligibilityPolicy', subject: reading.policyId, expectedVersion: 1, after: { ...reading, maximumDurationMinutes: 240 } };
      const { waits, widens, reasons } = judgedChange.parse(await world.system.invoke('team-request-query', { op: 'judge', change }));
      expectThat(waits && widens.length === 1 && reasons.length === 0, `judged otherwise: ${JSON.stringify({ waits, widens, reasons })}`);
    },
  },
  {
    name: 'how a change of approver policy would be judged',
    shows: uses('approval-query', 'organizations:DescribeOrganization', 'identitystore:ListGroupMemberships'),
    async play(world) {
      const change = { kind: 'ApproverPolicy', subject: 'production', expectedVersion: 1, after: { ...production, deadlineMinutes: 30 } };
      const { waits, widens, reasons } = judgedChange.parse(await world.system.invoke('team-approval-query', { op: 'judge', change }));
      expectThat(waits === widens.length > 0 && reasons.length === 0, `judged otherwise: ${JSON.stringify({ waits, widens, reasons })}`);
    },
  },
  {
    name: 'a request that is judged by tags, too',
    shows: uses('request-inbox', ...tags),
    options: tagged,
    play: async (world) => void (await world.until('AccessRequestAccepted.v1', await askFreely(world), atOnce)),
  },
  {
    name: 'the same, taken up again, its first judge having died',
    shows: uses('request-timers', ...tags),
    options: tagged,
    mishaps: [{ functionName: 'request-inbox', action: 'Sign', nth: 1, fate: 'die-before' }],
    play: async (world) => void (await world.until('AccessRequestAccepted.v1', await askFreely(world), 1 + atOnce)),
  },
  {
    name: 'a wider eligibility policy, to which a second administrator agrees',
    shows: uses('request-inbox', 'kms:GetPublicKey', 'identitystore:ListGroupMemberships'),
    async play(world) {
      const changeId = await submit(world, { ...reading, maximumDurationMinutes: 240 });
      await world.until('PolicyChangeProposed.v1', undefined, atOnce);
      await world.decideChange(changeId, 'agree', bo);
      await world.until('EligibilityPolicyChanged.v1', undefined, atOnce);
    },
  },
  {
    name: 'an approver policy that asks for more, and holds at once',
    shows: uses('approval-inbox', 'organizations:DescribeOrganization'),
    async play(world) {
      await submitApprovers(world, { ...approversOf('production-administrators'), deadlineMinutes: 30 }, 1);
      await world.until('ApproverPolicyChanged.v1', undefined, atOnce);
    },
  },
  {
    name: 'a new approver policy that is laid down later, its first writer having died',
    shows: uses('approval-timers', 'dynamodb:PutItem'),
    mishaps: [{ functionName: 'approval-inbox', action: 'PutItem', nth: 2, fate: 'die-before' }],
    async play(world) {
      const changeId = await submitApprovers(world, { ...production, policyId: 'payments', targets: { accountIds: [prodPayments], organizationalUnitIds: [] } }, 0);
      await world.until('ApproverPolicyProposed.v1', undefined, atOnce);
      await world.decideChange(changeId, 'agree', bo);
      // The register is looked at after three minutes, and the queue shows the decision again after six.
      await world.until('ApproverPolicyChanged.v1', undefined, 4);
    },
  },
];
