import { approvalDigestOf, evidenceHash, OutageError, proofClaims, verifyClaims } from '@team/runtime';
import { running } from '../../test/running.ts';
import { minute, only, person, refusalCodes, requestId, start } from '../../test/scenario.ts';
import { accepted, permissionSetArn, revoked, submitted } from '../../test/service.ts';
import { onAccessRequestAccepted } from './on-access-request-accepted.ts';

describe('from acceptance to approval', () => {
  it('asks, records, and approves with a proof that rests on acceptance and decision', async () => {
    const { accept, decide, published, types, verifier } = running();
    await accept();
    await decide();
    expect(types()).toEqual(['ApprovalRequested.v1', 'ApprovalRecorded.v1', 'AccessApproved.v1']);
    const approved = only(published, 'AccessApproved.v1');
    const proof = await verifyClaims(verifier, approved.grants[0]?.proof ?? '', { type: 'team-proof+jws', keyId: 'proof' }, proofClaims);
    expect(proof).toEqual({
      grantId: approved.grants[0]?.grantId,
      requestId,
      principalId: person('dana').userId,
      accountId: '111122223333',
      permissionSetArn,
      ...approved.window,
      acceptanceHash: evidenceHash(approved.acceptance),
      decisionHashes: approved.decisions.map(evidenceHash),
      approvalDigest: approvalDigestOf(approved),
    });
  });

  it('approves at once what needs no approval', async () => {
    const { accept, types } = running();
    await accept(accepted({ approvalRequired: false }));
    expect(types()).toEqual(['AccessApproved.v1']);
  });

  it('publishes each thing once, however often its cause is delivered', async () => {
    const { accept, decide, types } = running();
    const [acceptance, decision] = [accepted(), submitted('anna')];
    for (let i = 0; i < 3; i += 1) await accept(acceptance);
    for (let i = 0; i < 3; i += 1) await decide(decision);
    await accept(acceptance);
    expect(types()).toEqual(['ApprovalRequested.v1', 'ApprovalRecorded.v1', 'AccessApproved.v1']);
  });

  it('approves later, for the moment of agreement, when signing failed at first', async () => {
    const { accept, decide, due, clock, signer, published, types } = running();
    await accept();
    signer.outage = new OutageError('ERR_KMS_UNAVAILABLE', 'down');
    await expect(decide()).rejects.toThrow('down');
    expect(types()).not.toContain('AccessApproved.v1');
    signer.outage = undefined;
    clock.advance(5 * minute);
    await due();
    expect(only(published, 'AccessApproved.v1')).toMatchObject({
      approvedAt: new Date(start).toISOString(),
      window: { notBefore: new Date(start).toISOString() },
    });
  });

  it('puts off, without refusing, a decision whose signature cannot be checked while KMS is down', async () => {
    const { accept, decide, keys, types } = running();
    await accept();
    keys.available = false;
    await expect(decide()).rejects.toBeInstanceOf(OutageError);
    keys.available = true;
    await decide();
    expect(types()).not.toContain('ApprovalDecisionRefused.v1');
  });
});

describe('what comes early', () => {
  it('is a decision: judged when its request is known', async () => {
    const { accept, decide, types } = running();
    await decide();
    expect(types()).toEqual([]);
    await accept();
    expect(types()).toEqual(['ApprovalRequested.v1', 'ApprovalRecorded.v1', 'AccessApproved.v1']);
  });

  it('is a decision that an outage put off past its time: it counts, since it arrived in time', async () => {
    const { accept, decide, clock, types } = running();
    const decision = submitted('anna');
    clock.advance(31 * minute);
    await decide(decision);
    expect(types()).toEqual([]);
    await accept();
    expect(types()).toEqual(['ApprovalRequested.v1', 'ApprovalRecorded.v1', 'AccessApproved.v1']);
  });

  it('is a wish to cancel: it wins over a decision that came early too, and over a request that needs no approval', async () => {
    for (const approvalRequired of [true, false]) {
      const { accept, decide, revoke, types } = running();
      await decide();
      await revoke(revoked('dana'));
      await accept(accepted({ approvalRequired }));
      expect(types()).toContain('AccessCancelled.v1');
      expect(types()).not.toContain('AccessApproved.v1');
    }
  });

  it('is judged by the next timer where a crash came between', async () => {
    const { accept, decide, due, ports, types } = running();
    await decide();
    const load = ports.approvals.load;
    let loads = 0;
    const crashing = {
      ...ports,
      approvals: { ...ports.approvals, load: (id: string) => ((loads += 1) === 2 ? Promise.reject(new Error('killed')) : load(id)) },
    };
    await expect(onAccessRequestAccepted(accepted(), crashing)).rejects.toThrow('killed');
    expect(types()).toEqual(['ApprovalRequested.v1']);
    await due();
    expect(types()).toContain('AccessApproved.v1');
    await accept();
    expect(types()).toHaveLength(3);
  });
});

describe('a decision', () => {
  it('is judged by membership at that moment, not by what it was when people were asked', async () => {
    const { accept, decide, people, published } = running();
    await accept();
    people.set('anna', person('anna'));
    await decide();
    expect(refusalCodes(published)).toEqual(['ERR_NOT_AN_APPROVER']);
    people.set('zoe', person('zoe', 'leads'));
    await decide(submitted('zoe'));
    expect(only(published, 'ApprovalRecorded.v1').decider.userId).toBe(person('zoe').userId);
  });

  it.each([
    ['by a key that is not the channel’s', submitted('anna', undefined, { key: 'attacker' }), 'ERR_DECISION_SIGNATURE'],
    ['from a source that nobody registered', submitted('anna', undefined, { from: 'acme.unheard-of' }), 'ERR_CHANNEL_UNKNOWN'],
    ['from an account other than the channel’s', { ...submitted('anna'), account: '999988887777' }, 'ERR_CHANNEL_UNKNOWN'],
    ['from a registered system that is no channel', submitted('anna', undefined, { from: 'acme.pipeline' }), 'ERR_CHANNEL_UNKNOWN'],
    ['over another request', submitted('anna', { requestDigest: 'a'.repeat(64) }), 'ERR_DECISION_MISMATCH'],
    ['signed for somebody else', submitted('anna', undefined, { claims: { decider: person('ben').userId } }), 'ERR_DECISION_MISMATCH'],
  ])('%s is refused', async (_case, event, code) => {
    const { accept, decide, published } = running();
    await accept();
    await decide(event);
    expect(refusalCodes(published)).toEqual([code]);
  });

  it('of the requester, who is an approver too, does not count', async () => {
    const { accept, decide, people, published } = running();
    people.set('dana', person('dana', 'leads'));
    await accept();
    await decide(submitted('dana'));
    expect(refusalCodes(published)).toEqual(['ERR_SELF_APPROVAL']);
  });
});

describe('a revocation', () => {
  it.each([
    ['by the requester through a channel', revoked('dana'), 'AccessCancelled.v1'],
    ['by a registered security system', revoked(undefined, 'acme.siem'), 'AccessCancelled.v1'],
    ['by somebody else through a channel', revoked('zoe'), 'CancellationRefused.v1'],
    ['in the name of the requester by a system that authenticates nobody', revoked('dana', 'acme.pipeline'), 'CancellationRefused.v1'],
    ['by a source that nobody registered', revoked('dana', 'acme.unheard-of'), 'CancellationRefused.v1'],
  ])('%s: %#', async (_case, event, answer) => {
    const { accept, revoke, types } = running();
    await accept();
    await revoke(event);
    await revoke(event);
    expect(types()).toEqual(['ApprovalRequested.v1', answer]);
  });
});
