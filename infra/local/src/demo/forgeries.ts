import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { accessRequestedV1, type AccessApprovedV1, type AccessRequestAcceptedV1 } from '@team/contracts';
import { grantIdOf, toTimestamp, type EvidenceType } from '@team/runtime';
import { ask } from '../play/world.ts';
import { busName } from '../system/who.ts';
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

/** The bus refuses whoever is not the publisher; then forgeries are put past it, as if its policy did not exist. */
export async function forgeries(script: Script): Promise<void> {
  await busRefuses(script);
  script.say('From here on somebody has rights on the bus that nobody should have: what is forged gets past its policy.');
  await forgedDecision(script);
  await forgedAcceptance(script);
  await forgedApproval(script);
  await replayedWindow(script);
}

async function busRefuses({ world, say, check }: Script): Promise<void> {
  say('deploy-pipeline, with its own credentials, publishes as somebody else:');
  const { eventBridge } = world.system.clients('deploy-pipeline');
  for (const [source, detailType] of [
    ['team.local-channel', 'ApprovalDecisionSubmitted.v1'],
    ['team.request', 'AccessRequestAccepted.v1'],
    ['team.approval', 'AccessApproved.v1'],
    ['team.expiry', 'AccessWindowOpened.v1'],
    ['acme.deploy-pipeline', 'AccessApproved.v1'],
  ] as const) {
    const entry = { EventBusName: busName, Source: source, DetailType: detailType, Detail: JSON.stringify({ metadata: metadata(world, world.newId()), data: {} }) };
    const refusal = await eventBridge.send(new PutEventsCommand({ Entries: [entry] })).then(
      () => 'taken',
      (error: unknown) => (error instanceof Error ? error.name : 'unknown'),
    );
    check(`the bus refuses ${detailType} from ${source}: ${refusal}`, refusal === 'AccessDeniedException');
  }
}

async function forgedDecision({ world, say, check, carried, assignment, onRecord }: Script): Promise<void> {
  say(`A decision in the name of ${lead}, signed with another key:`);
  const requestId = world.newId();
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, developer, payments, 'ReadOnlyAccess', { durationMinutes: 30, justification: 'look at a slow query' }));
  const asked = await world.until('ApprovalRequested.v1', requestId);
  const decisionId = world.newId();
  const seconds = Math.floor(world.now() / 1000);
  const decider = world.user(lead).UserId;
  const claims = { requestId, requestDigest: asked.detail.data['requestDigest'], decisionId, decider, verdict: 'approve', auth_time: seconds, exp: seconds + 300 };
  const signature = forge('team-decision+jws', 'alias/team-local-channel', claims);
  const data = { requestId, decisionId, verdict: 'approve', decider: lead, signature };
  await assignment(developer, payments, 'ReadOnlyAccess', false);
  world.inject('team.local-channel', 'ApprovalDecisionSubmitted.v1', { metadata: metadata(world, requestId), data });
  const refused = await world.until('ApprovalDecisionRefused.v1', requestId);
  await world.pass(5);
  check('approval refuses the decision: ERR_DECISION_SIGNATURE', codes(refused).includes('ERR_DECISION_SIGNATURE'));
  await assignment(developer, payments, 'ReadOnlyAccess', false);
  await onRecord(requestId, [{ detailType: 'ApprovalDecisionSubmitted' }, { detailType: 'ApprovalDecisionRefused', code: 'ERR_DECISION_SIGNATURE' }]);
  await world.decide(requestId, 'deny', lead, 'clearing up');
  await world.until('AccessDenied.v1', requestId);
  carried(['ApprovalDecisionSubmitted', 'ApprovalDecisionRefused', 'AccessDenied'], requestId);
}

/** What is said of a request, but for what the audit service says of anything that leads nowhere. */
const answersTo = (world: Script['world'], requestId: string) => world.events(requestId).filter(({ source }) => source !== 'team.audit');

async function forgedAcceptance({ world, say, check, carried, assignment, onRecord }: Script): Promise<void> {
  say('An acceptance of a request that nobody made, which says that no approval is needed:');
  const real = world.events().find(({ detailType }) => detailType === 'AccessRequestAccepted.v1')?.detail.data as AccessRequestAcceptedV1;
  const requestId = world.newId();
  const grants = real.grants.map((grant) => ({ ...grant, grantId: grantIdOf(requestId, grant.accountId, grant.permissionSetArn) }));
  const forged = { ...real, requestId, grants, approvalRequired: false, acceptance: forge('team-acceptance+jws', 'alias/team-acceptance', { requestId }) };
  await assignment(developer, payments, 'ReadOnlyAccess', false);
  world.inject('team.request', 'AccessRequestAccepted.v1', { metadata: metadata(world, requestId), data: forged });
  await world.pass(5);
  carried(['AccessRequestAccepted'], requestId);
  check('no service answers it with anything', answersTo(world, requestId).length === 1);
  const letters = await deadLettersOf(world, 'team-approval-inbox-dlq');
  check(`approval lays it down as a dead letter: ${letters.join(', ')}`, letters.includes('ERR_ACCEPTANCE_FORGED'));
  await assignment(developer, payments, 'ReadOnlyAccess', false);
  await onRecord(requestId, [{ detailType: 'AccessRequestAccepted' }]);
}

async function forgedApproval({ world, say, check, carried, assignment, onRecord }: Script): Promise<void> {
  say('An approval of a request that nobody made. Expiry, which keeps time, verifies what was signed before it believes anything:');
  const real = world.events().find(({ detailType }) => detailType === 'AccessApproved.v1')?.detail.data as AccessApprovedV1;
  const requestId = world.newId();
  const at = (minutes: number): string => toTimestamp(world.now() + minutes * 60_000);
  const window = { notBefore: at(0), openBy: at(60), durationMinutes: 60, latestEnd: at(135) };
  const proof = forge('team-proof+jws', 'alias/team-proof', { requestId });
  const grants = real.grants.map((grant) => ({ ...grant, grantId: grantIdOf(requestId, grant.accountId, grant.permissionSetArn), proof }));
  const data = { ...real, requestId, grants, window, acceptedAt: at(0), approvedAt: at(0) };
  await assignment(developer, payments, 'ReadOnlyAccess', false);
  world.inject('team.approval', 'AccessApproved.v1', { metadata: metadata(world, requestId), data });
  await world.pass(5);
  check('no service answers it with anything', answersTo(world, requestId).length === 1);
  const letters = await deadLettersOf(world, 'team-expiry-inbox-dlq');
  check(`expiry lays it down as a dead letter: ${letters.join(', ')}`, letters.includes('ERR_EVIDENCE_SIGNATURE'));
  say('The window that such an approval would open, put on the bus past expiry as well. Provisioning verifies the whole evidence again:');
  const [grant] = grants;
  const { requester: principal, breakGlass, acceptance, decisions } = data;
  const opened = { requestId, principal, grant, window, breakGlass, proof, acceptance, decisions, openedAt: at(0) };
  world.inject('team.expiry', 'AccessWindowOpened.v1', { metadata: metadata(world, requestId), data: opened });
  const failed = await world.until('AccessGrantFailed.v1', requestId);
  await world.pass(5);
  check('provisioning refuses the evidence: ERR_EVIDENCE_SIGNATURE', codes(failed).includes('ERR_EVIDENCE_SIGNATURE'));
  await assignment(developer, payments, 'ReadOnlyAccess', false);
  carried(['AccessApproved', 'AccessWindowOpened', 'AccessGrantFailed'], requestId);
  await onRecord(requestId, [{ detailType: 'AccessApproved' }, { detailType: 'AccessWindowOpened' }, { detailType: 'AccessGrantFailed', code: 'ERR_EVIDENCE_SIGNATURE' }]);
}

async function replayedWindow({ world, say, check, carried, assignment, onRecord }: Script): Promise<void> {
  const real = world.events().find(({ detailType }) => detailType === 'AccessWindowOpened.v1');
  if (real === undefined) throw new Error('scene (a) opened no window');
  const requestId = String(real.detail.metadata['requestId']);
  const before = world.events(requestId).length;
  await assignment(developer, payments, 'ReadOnlyAccess', false);
  say('AccessWindowOpened of scene (a), with its genuine proof, put on the bus again as it was:');
  world.inject(real.source, real.detailType, real.detail);
  await world.pass(5);
  check('no service answers it with anything', world.events(requestId).length === before + 1);
  await assignment(developer, payments, 'ReadOnlyAccess', false);
  say('The same under a new event id:');
  world.inject(real.source, real.detailType, { ...real.detail, metadata: { ...real.detail.metadata, eventId: world.newId() } });
  const failed = await world.until('AccessGrantFailed.v1', requestId);
  await world.pass(5);
  check('a grant serves once: ERR_GRANT_USED', codes(failed).includes('ERR_GRANT_USED'));
  await assignment(developer, payments, 'ReadOnlyAccess', false);
  carried(['AccessWindowOpened', 'AccessWindowOpened', 'AccessGrantFailed'], requestId);
  await onRecord(requestId, [{ detailType: 'AccessEnded' }, { detailType: 'AccessWindowOpened' }, { detailType: 'AccessGrantFailed', code: 'ERR_GRANT_USED' }]);
}

const metadata = (world: Script['world'], requestId: string) => ({ eventId: world.newId(), requestId, occurredAt: toTimestamp(world.now()) });
