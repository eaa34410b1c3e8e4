import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { accessRequestedV1 } from '@team/contracts';
import { ask, type World } from '../../infra/local/src/play/world.ts';
import { approvedLife, inProduction } from '../hostile/hostile-world.ts';
import { devPayments, policies, prodPayments, wren } from '../journeys/worlds.ts';
import { auditStories } from './audit-stories.ts';
import { expectRest, expectThat } from './expectations.ts';
import { lifecycleStories } from './lifecycle-stories.ts';
import { policyStories } from './policy-stories.ts';
import { portalStories } from './portal-stories.ts';
import { promptStories } from './prompt-stories.ts';
import { rareStories } from './rare-stories.ts';
import type { Mishap, Story } from './story.ts';

type Asking = Parameters<typeof ask>[4];

/** Asks for what needs no approval. */
async function askFreely(world: World, more: Asking = {}): Promise<string> {
  const requestId = world.newId();
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, wren, devPayments, 'PowerUserAccess', { durationMinutes: 2, ...more }));
  return requestId;
}

/** From asking to the end, which comes when it is due: two minutes of access, each step at once. */
async function life(world: World, patience = 1): Promise<void> {
  const requestId = await approvedLife(world, { durationMinutes: 2 });
  await world.until('AccessGranted.v1', requestId, patience);
  await world.until('AccessEnded.v1', requestId, 3 + patience);
  await world.pass(patience);
  expectThat((await inProduction(world)).length === 0, 'access is left');
  await expectRest(world);
}

const dies = (functionName: string, action: string, nth: number, fate: Mishap['fate'] = 'die-before'): Mishap => ({ functionName, action, nth, fate });
/** A life in which one process dies, and whose work is taken up by others within minutes. */
const interrupted = (mishap: Mishap, ...shows: readonly string[]): Story => ({
  name: `a life in which ${mishap.functionName} dies at ${mishap.action} ${mishap.nth}`,
  shows,
  mishaps: [mishap],
  play: (world) => life(world, 5),
});

/** A message that nobody can make anything of, in a queue whose reader has to lay it down. */
const laidDown = (queue: string, MessageBody = 'nonsense'): Story => ({
  name: `what ${queue} cannot read is laid down`,
  shows: [`team-${queue} sqs:SendMessage`],
  async play(world) {
    const QueueUrl = `http://localhost/${world.organization.DelegatedAdministratorAccountId}/team-${queue}`;
    await world.system.clients('deployment').sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    await world.pass(0.2);
    expectThat(world.system.queues.peek(`team-${queue}-dlq`).length === 1, 'it was not laid down at once');
  },
});

export const stories: readonly Story[] = [
  { name: 'access that needs no approval', play: async (world) => void (await world.until('AccessEnded.v1', await askFreely(world), 4)) },
  { name: 'approved access, from asking to its end', play: (world) => life(world) },
  {
    name: 'a request that comes again with other content',
    async play(world) {
      const requestId = await askFreely(world);
      await world.until('AccessGranted.v1', requestId, 1);
      await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, wren, devPayments, 'PowerUserAccess', { durationMinutes: 3 }));
      await world.until('DuplicateRequestIgnored.v1', requestId, 0.5);
    },
  },
  {
    name: 'access from a later time on, looked at again before it opens',
    async play(world) {
      const requestId = await askFreely(world, { startAt: new Date(world.now() + 20 * 60_000).toISOString() });
      await world.until('EligibilityConfirmed.v1', requestId, 20);
      await world.until('AccessGranted.v1', requestId, 20);
    },
  },
  {
    name: 'a request that a stranger may not cancel and its requester may',
    async play(world) {
      const requestId = world.newId();
      await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, wren, prodPayments, 'ReadOnlyAccess'));
      await world.until('ApprovalRequested.v1', requestId, 0.5);
      await world.revoke(requestId, 'quinn.eriksen@acme.example');
      await world.until('CancellationRefused.v1', requestId, 0.5);
      await world.revoke(requestId, wren);
      await world.until('AccessCancelled.v1', requestId, 0.5);
    },
  },
  {
    name: 'a request that nobody decides',
    options: { policies: { ...policies, approvers: policies.approvers.map((policy) => ({ ...policy, deadlineMinutes: 12 })) } },
    async play(world) {
      const requestId = world.newId();
      await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, wren, prodPayments, 'ReadOnlyAccess'));
      await world.until('ApprovalReminded.v1', requestId, 7);
      await world.until('ApprovalExpired.v1', requestId, 7);
      await world.pass(0.2);
      await expectRest(world);
    },
  },
  ...['request-inbox', 'approval-inbox', 'expiry-inbox', 'provisioning-inbox', 'audit-inbox', 'audit-grants', 'audit-follow'].map((queue) => laidDown(queue)),
  ...['request-timers', 'approval-timers', 'expiry-timers', 'provisioning-timers', 'audit-timers'].map((queue) => laidDown(queue, JSON.stringify({ timer: 'nobody#1' }))),
  interrupted(dies('request-inbox', 'PutEvents', 1)),
  interrupted(dies('request-inbox', 'PutItem', 2)),
  interrupted(dies('request-inbox', 'Sign', 1)),
  interrupted(dies('approval-inbox', 'PutEvents', 1)),
  interrupted(dies('approval-inbox', 'Sign', 1)),
  interrupted(dies('expiry-inbox', 'PutEvents', 1)),
  interrupted(dies('expiry-timers', 'PutEvents', 1)),
  interrupted(dies('provisioning-inbox', 'UpdateItem', 1)),
  interrupted(dies('provisioning-dispatch', 'PutEvents', 1)),
  interrupted(dies('provisioning-dispatch', 'CreateAccountAssignment', 1, 'die-after'), 'team-provisioning-dispatch sso:ListAccountAssignmentCreationStatus'),
  interrupted(dies('provisioning-dispatch', 'DeleteAccountAssignment', 1, 'die-after'), 'team-provisioning-dispatch sso:ListAccountAssignmentDeletionStatus'),
  interrupted(dies('audit-inbox', 'PutItem', 1, 'die-after')),
  interrupted(dies('audit-inbox', 'UpdateItem', 1)),
  ...policyStories,
  ...promptStories,
  ...auditStories,
  ...lifecycleStories,
  ...rareStories,
  ...portalStories,
];
