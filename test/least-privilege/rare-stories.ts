import { accessRequestedV1, approvalDecisionSubmittedV1 } from '@team/contracts';
import { createSigner } from '@team/runtime';
import { AwsError } from '../../infra/local/src/cloud/aws-error.ts';
import { ask, type World } from '../../infra/local/src/play/world.ts';
import { localChannelKey } from '../../infra/local/src/system/who.ts';
import { approvedLife, askForProduction, throttled } from '../hostile/hostile-world.ts';
import { devPayments, emeka, hana, policies, prodPayments, wren } from '../journeys/worlds.ts';
import { expectRest } from './expectations.ts';
import type { Story } from './story.ts';

const unanswered = { functionName: 'expiry-inbox', action: 'IsMemberInGroups', nth: 1, fate: throttled() } as const;
const deletedGroup = 'Security Response';

/** Somebody of a group of approvers ends access; `meanwhile` happens before. */
async function revoked(world: World, requestId: string, patience: number, meanwhile: () => void = () => undefined): Promise<void> {
  await world.until('AccessGranted.v1', requestId, 1);
  meanwhile();
  await world.revoke(requestId, hana, 'incident');
  await world.until('AccessRevoked.v1', requestId, patience);
}

/** Access that two groups of approvers may end, one of which is deleted. */
async function revokedBesideDeletedGroup(world: World, patience: number): Promise<void> {
  const requestId = world.newId();
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, 'keiko.kowalski@acme.example', prodPayments, 'AdministratorAccess', { ticket: { id: 'OPS-1' } }));
  await world.until('ApprovalRequested.v1', requestId, 0.5);
  await world.decide(requestId, 'approve', emeka);
  await world.until('ApprovalRequested.v1', requestId, 0.5);
  await world.decide(requestId, 'approve', 'ines.lindqvist34@acme.example');
  const group = world.organization.Groups.find(({ DisplayName }) => DisplayName === deletedGroup);
  await revoked(world, requestId, patience, () => world.system.people.deleteGroup(String(group?.GroupId)));
}

/** A decision that is there before the request that it is about. */
async function decidedEarly(world: World): Promise<void> {
  const requestId = await askForProduction(world);
  const accepted = await world.until('AccessRequestAccepted.v1', requestId, 0.5);
  const decisionId = world.newId();
  const seconds = Math.floor(world.now() / 1000);
  const claims = { requestId, decisionId, decider: world.user(emeka).UserId, verdict: 'approve' as const, auth_time: seconds, exp: seconds + 300 };
  const signer = createSigner(world.system.clients('local-channel').kms, localChannelKey);
  const signature = await signer.sign('team-decision+jws', { ...claims, requestDigest: String(accepted.detail.data['requestDigest']) });
  await world.emit('local-channel', approvalDecisionSubmittedV1, { requestId, decisionId, verdict: 'approve', decider: emeka, signature });
  await world.until('AccessApproved.v1', requestId, 4.5);
}

/** Break glass, which needs no approval and is reviewed by an administrator when it is over, at the latest after so many minutes. */
async function brokenGlass(world: World, patience: number): Promise<void> {
  const requestId = world.newId();
  await world.emit('local-channel', accessRequestedV1, ask(requestId, 'ines.lindqvist34@acme.example', prodPayments, 'BreakGlass', { breakGlass: true, durationMinutes: 2 }));
  await world.until('AccessEnded.v1', requestId, 4);
  if (world.events(requestId).every(({ detailType }) => detailType !== 'AccessReviewRequested.v1')) await world.until('AccessReviewRequested.v1', requestId, patience);
  await world.review(requestId, 'justified', 'ana.alvarez@acme.example');
  await world.until('AccessReviewed.v1', requestId, 0.5);
  await world.pass(0.2);
  await expectRest(world);
}

const toTarget = (arn: string, name: string): boolean => arn.endsWith(`:team-${name}`);
/** What takes more than one mishap, or one at the right moment. */
export const rareStories: readonly Story[] = [
  { name: 'access that somebody of a group of approvers ends', play: async (world) => revoked(world, await approvedLife(world, { durationMinutes: 60 }), 0.5) },
  {
    name: 'the same, judged later because the identity store did not answer',
    mishaps: [unanswered],
    play: async (world) => revoked(world, await approvedLife(world, { durationMinutes: 60 }), 3),
  },
  { name: 'access that somebody ends who may by one group, another having been deleted', play: (world) => revokedBesideDeletedGroup(world, 0.5) },
  {
    name: 'the same, judged later because the identity store did not answer, with a group deleted',
    mishaps: [unanswered],
    play: (world) => revokedBesideDeletedGroup(world, 3),
  },
  {
    name: 'a decision that came before its request, whose handler died with it',
    options: { more: { deliveryFaults: { copies: (event, target) => (event['detail-type'] === 'AccessRequestAccepted.v1' && toTarget(target, 'approval-inbox') ? [15_000] : [0]) } } },
    mishaps: [{ functionName: 'approval-inbox', action: 'UpdateItem', nth: 2, fate: 'die-before' }],
    play: decidedEarly,
  },
  { name: 'break glass, from asking to its review', play: (world) => brokenGlass(world, 0.5) },
  {
    name: 'the same, where the process died that heard that it was over',
    mishaps: [{ functionName: 'approval-inbox', action: 'UpdateItem', nth: 3, fate: 'die-before' }],
    play: (world) => brokenGlass(world, 8),
  },
  {
    name: 'a deadline that is near when the reminder goes out',
    options: { policies: { ...policies, approvers: policies.approvers.map((policy) => ({ ...policy, deadlineMinutes: 3 })) } },
    async play(world) {
      const requestId = await askForProduction(world);
      await world.until('ApprovalReminded.v1', requestId, 2);
      await world.until('ApprovalExpired.v1', requestId, 1.55);
    },
  },
  {
    name: 'a window whose handling failed for a moment',
    mishaps: [{ functionName: 'provisioning-inbox', action: 'PutItem', nth: 2, fate: throttled() }],
    async play(world) {
      const requestId = world.newId();
      await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, wren, devPayments, 'PowerUserAccess', { durationMinutes: 5 }));
      await world.until('AccessGranted.v1', requestId, 2);
    },
  },
  {
    name: 'access whose permission set Identity Center does not find at first',
    mishaps: [{ functionName: 'provisioning-dispatch', action: 'ListAccountAssignments', nth: 1, fate: new AwsError('ResourceNotFoundException', 'not there') }],
    async play(world) {
      const requestId = world.newId();
      await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, wren, devPayments, 'PowerUserAccess', { durationMinutes: 5 }));
      await world.until('AccessGranted.v1', requestId, 1);
    },
  },
];
