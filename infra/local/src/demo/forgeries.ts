import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { accessApprovedV1, accessRequestedV1, type AccessApprovedV1, type AccessRequestAcceptedV1 } from '@team/contracts';
import { grantIdOf, toTimestamp, type EvidenceType } from '@team/runtime';
import { ask } from '../play/world.ts';
import { deadLettersOf } from './dead-letters.ts';
import { codes } from './reasons.ts';
import type { Script } from './script.ts';

const payments = '836423630756';
const developer = 'wren.kowalski@acme.example';
const lead = 'emeka.eriksen@acme.example';

/** A key that an intruder made: everything is right about its signatures but whose they are. */
const intruder = createPrivateKey(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }));

function forge(type: EvidenceType, keyId: string, claims: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const input = `${part({ alg: 'ES256', kid: keyId, typ: type })}.${part(claims)}`;
  const signature = sign('sha256', Buffer.from(input), { key: intruder, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
}

/** Four forgeries, each first refused by the bus, then put past it as if its policy did not exist. */
export async function forgeries(script: Script): Promise<void> {
  await busRefuses(script);
  await forgedDecision(script);
  await forgedAcceptance(script);
  await forgedApproval(script);
  await replayedWindow(script);
}

async function busRefuses({ world, check }: Script): Promise<void> {
  const emitter = 'deploy-pipeline';
  const approval = world.events().find(({ detailType }) => detailType === 'AccessApproved.v1')?.detail.data;
  const refusal = await world.emit(emitter, accessApprovedV1, approval as AccessApprovedV1).then(
    () => 'taken',
    (error: unknown) => (error instanceof Error ? error.name : 'unknown'),
  );
  check('the bus refuses a pipeline that publishes an approval: AccessDeniedException', refusal === 'AccessDeniedException');
}

async function forgedDecision({ world, say, check, timeline, assignment }: Script): Promise<void> {
  say('With rights on the bus that nobody should have — a forged decision:');
  const requestId = world.newId();
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, developer, payments, 'ReadOnlyAccess', { durationMinutes: 30 }));
  const asked = await world.until('ApprovalRequested.v1', requestId);
  const decisionId = world.newId();
  const seconds = Math.floor(world.now() / 1000);
  const decider = world.user(lead).UserId;
  const claims = { requestId, requestDigest: asked.detail.data['requestDigest'], decisionId, decider, verdict: 'approve', auth_time: seconds, exp: seconds + 300 };
  const signature = forge('team-decision+jws', 'alias/team-local-channel', claims);
  const data = { requestId, decisionId, verdict: 'approve', decider: lead, signature };
  world.inject('team.local-channel', 'ApprovalDecisionSubmitted.v1', { metadata: metadata(world, requestId), data });
  const refused = await world.until('ApprovalDecisionRefused.v1', requestId);
  await world.pass(5);
  timeline(requestId, ['ApprovalDecisionSubmitted', 'ApprovalDecisionRefused']);
  check(`the decision is refused for its signature: ${codes(refused).join(', ')}`, codes(refused).some((code) => code.includes('SIGNATURE')));
  await assignment(developer, payments, 'ReadOnlyAccess', false);
  await world.decide(requestId, 'deny', lead, 'clearing up');
  await world.until('AccessDenied.v1', requestId);
  timeline(requestId, ['AccessDenied']);
}

async function forgedAcceptance({ world, say, check, timeline, assignment }: Script): Promise<void> {
  say('A forged acceptance that says no approval is needed:');
  const real = world.events().find(({ detailType }) => detailType === 'AccessRequestAccepted.v1')?.detail.data as AccessRequestAcceptedV1;
  const requestId = world.newId();
  const grants = real.grants.map((grant) => ({ ...grant, grantId: grantIdOf(requestId, grant.accountId, grant.permissionSetArn) }));
  const forged = { ...real, requestId, grants, approvalRequired: false, acceptance: forge('team-acceptance+jws', 'alias/team-acceptance', { requestId }) };
  world.inject('team.request', 'AccessRequestAccepted.v1', { metadata: metadata(world, requestId), data: forged });
  await world.pass(5);
  timeline(requestId, ['AccessRequestAccepted']);
  const published = world.events(requestId).map(({ detailType }) => detailType);
  check('no service answered it with anything', published.length === 1);
  const letters = await deadLettersOf(world, 'team-approval-inbox-dlq');
  check(`approval laid it down as a dead letter: ${letters.join(', ')}`, letters.includes('ERR_ACCEPTANCE_FORGED'));
  await assignment(developer, payments, 'ReadOnlyAccess', false);
}

async function forgedApproval({ world, say, check, timeline, assignment }: Script): Promise<void> {
  say('A forged AccessApproved:');
  const real = world.events().find(({ detailType }) => detailType === 'AccessApproved.v1')?.detail.data as AccessApprovedV1;
  const requestId = world.newId();
  const at = (minutes: number): string => toTimestamp(world.now() + minutes * 60_000);
  const window = { notBefore: at(0), openBy: at(60), durationMinutes: 60, latestEnd: at(135) };
  const grants = real.grants.map((grant) => ({
    ...grant,
    grantId: grantIdOf(requestId, grant.accountId, grant.permissionSetArn),
    proof: forge('team-proof+jws', 'alias/team-proof', { requestId }),
  }));
  world.inject('team.approval', 'AccessApproved.v1', { metadata: metadata(world, requestId), data: { ...real, requestId, grants, window, acceptedAt: at(0), approvedAt: at(0) } });
  const failed = await world.until('AccessGrantFailed.v1', requestId);
  await world.pass(5);
  timeline(requestId, ['AccessApproved', 'AccessGrantFailed']);
  check(`provisioning refused the evidence: ${codes(failed).join(', ')}`, codes(failed).some((code) => code.startsWith('ERR_EVIDENCE')));
  await assignment(developer, payments, 'ReadOnlyAccess', false);
}

async function replayedWindow({ world, say, check, timeline, assignment }: Script): Promise<void> {
  say('A real AccessWindowOpened of scene (a), put on the bus again, as it was and under a new event id:');
  const real = world.events().find(({ detailType }) => detailType === 'AccessWindowOpened.v1');
  if (real === undefined) throw new Error('scene (a) opened no window');
  const requestId = String(real.detail.metadata['requestId']);
  world.inject(real.source, real.detailType, real.detail);
  await world.pass(5);
  world.inject(real.source, real.detailType, { ...real.detail, metadata: { ...real.detail.metadata, eventId: world.newId() } });
  const failed = await world.until('AccessGrantFailed.v1', requestId);
  await world.pass(5);
  timeline(requestId, ['AccessWindowOpened', 'AccessWindowOpened', 'AccessGrantFailed']);
  check(`a grant is used once and never again: ${codes(failed).join(', ')}`, failed.detail.data['final'] === false);
  await assignment(developer, payments, 'ReadOnlyAccess', false);
}

const metadata = (world: Script['world'], requestId: string) => ({ eventId: world.newId(), requestId, occurredAt: toTimestamp(world.now()) });
