import { accessEndedV1, accessGrantedV1, accessGrantFailedV1, eligibilityConfirmedV1, eligibilityLapsedV1 } from '@team/contracts';
import { exampleOf } from '@team/testing';
import { approval, received, revocation } from '../../test/received.ts';
import { assignment, grantIds, requestId, types } from '../../test/scenario.ts';
import { down, forged, service } from '../../test/service.ts';
import { requestKey } from './ports.ts';

const [a, other] = grantIds;
const key = requestKey(requestId);

describe('AccessApproved', () => {
  it('opens the grants of the approval', async () => {
    const { approved, requests } = service();
    await approved(received(approval()));
    expect(types(requests.published)).toEqual(['AccessWindowOpened.v1']);
  });

  it('that is forged takes nothing from the genuine one that comes later', async () => {
    const { approved, requests } = service();
    await expect(approved(received(forged))).rejects.toThrow('ERR_EVIDENCE_SIGNATURE');
    expect(requests.state(key)).toBeUndefined();
    await approved(received(approval()));
    expect(types(requests.published)).toEqual(['AccessWindowOpened.v1']);
  });

  it('was accepted when its evidence says so', async () => {
    const acceptedAt = '2026-11-22T09:00:00.000Z';
    const { approved, requests } = service(() => Promise.resolve({ acceptedAt }));
    await approved(received(approval()));
    expect(requests.state(key)?.approval?.acceptedAt).toBe(acceptedAt);
    expect(types(requests.published)).toEqual(['AccessOpeningDue.v1']);
  });

  it('keeps which request it extends', async () => {
    const { approved, requests } = service();
    await approved(received({ ...approval(), extends: a }));
    expect(requests.state(key)?.approval?.extends).toBe(a);
  });

  it('is judged with every revocation that came before it, one at a time', async () => {
    const { approved, revoked, requests } = service();
    await revoked(received(revocation({ by: 'mallory@acme.example' })));
    await revoked(received(revocation()));
    expect(requests.published).toEqual([]);
    await approved(received(approval()));
    expect(types(requests.published)).toEqual(['AccessRevocationRefused.v1', 'AccessRevoked.v1']);
  });

  it('is judged with those that can be judged, though the directory is down for others', async () => {
    const { approved, revoked, directory, requests } = service();
    await revoked(received(revocation({ by: 'mallory@acme.example' })));
    await revoked(received(revocation()));
    directory(down);
    await approved(received(approval()));
    expect(types(requests.published)).toEqual(['AccessRevoked.v1']);
  });

  it('that contradicts the first is a final error, and the first stands', async () => {
    const { approved, requests } = service();
    await approved(received(approval()));
    await approved(received(approval()));
    await expect(approved(received(approval({ startsAt: 30 })))).rejects.toThrow('ERR_APPROVAL_CONTRADICTED');
    const more = { groupIds: [], userIds: ['93672a4c-0009-7009-8009-000000000009'] };
    await expect(approved(received({ ...approval(), revocableBy: more }))).rejects.toThrow('ERR_APPROVAL_CONTRADICTED');
    expect(types(requests.published)).toEqual(['AccessWindowOpened.v1']);
  });
});

describe('AccessRevocationRequested', () => {
  it('ends access at once, once', async () => {
    const { approved, revoked, requests } = service();
    await approved(received(approval()));
    await revoked(received(revocation()));
    await revoked(received(revocation()));
    expect(types(requests.published)).toEqual(['AccessWindowOpened.v1', 'AccessRevoked.v1']);
  });

  it('under an event id that was used before, with other content, is judged for itself', async () => {
    const { approved, revoked, requests } = service();
    await approved(received(approval()));
    await revoked(received(revocation({ by: 'mallory@acme.example' })));
    await revoked(received(revocation()));
    expect(types(requests.published)).toEqual(['AccessWindowOpened.v1', 'AccessRevocationRefused.v1', 'AccessRevoked.v1']);
  });

  it.each([
    { wrong: 'source', over: { source: 'acme.unknown' } },
    { wrong: 'account', over: { account: '999988887777' } },
    { wrong: 'detail-type', over: { detailType: 'AccessRevocationRequested.v2' } },
  ])('from a $wrong that is not registered is refused', async ({ over }) => {
    const { approved, revoked, requests } = service();
    await approved(received(approval()));
    await revoked(received(revocation(), over));
    expect(requests.published.at(-1)).toMatchObject({
      type: 'AccessRevocationRefused.v1',
      data: { reason: { code: 'ERR_EMITTER_UNKNOWN' } },
    });
  });

  it('that cannot be judged while the directory is down is judged when time takes it up again', async () => {
    const { approved, revoked, due, directory, noted, clock, requests } = service();
    await approved(received(approval()));
    directory(down);
    await revoked(received(revocation({ by: 'bob@acme.example' })));
    clock.advance(60_000);
    await due(key);
    expect(noted).toHaveLength(2);
    directory(undefined);
    clock.advance(60_000);
    await due(key);
    expect(types(requests.published)).toEqual(['AccessWindowOpened.v1', 'AccessRevocationRefused.v1']);
  });

  it('whose judgement fails for any other reason is received again', async () => {
    const { approved, revoked, directory, requests } = service();
    await approved(received(approval()));
    directory(new Error('no such instance'));
    await expect(revoked(received(revocation({ by: 'bob@acme.example' })))).rejects.toThrow('no such instance');
    expect(requests.state(key)?.unjudged).toHaveLength(1);
  });

  it('by the requester does not wait for others that need the directory', async () => {
    const { approved, revoked, directory, requests } = service();
    await approved(received(approval()));
    directory(down);
    await revoked(received(revocation({ by: 'bob@acme.example' })));
    await revoked(received(revocation()));
    expect(types(requests.published)).toEqual(['AccessWindowOpened.v1', 'AccessRevoked.v1']);
  });

  it('by the requester ends access though the directory is down and twenty strangers ask', async () => {
    const { approved, revoked, directory, requests } = service();
    await approved(received(approval()));
    directory(down);
    for (let i = 0; i < 20; i += 1) await revoked(received(revocation({ by: `stranger-${i}@acme.example` })));
    await revoked(received(revocation()));
    expect(types(requests.published)).toEqual(['AccessWindowOpened.v1', 'AccessRevoked.v1']);
  });
});

describe('what provisioning says', () => {
  it('fixes the end, and lets time bring it', async () => {
    const { approved, granted, due, clock, requests } = service();
    await approved(received(approval()));
    await granted(received(exampleOf(accessGrantedV1, { requestId, grantId: a, assignment, grantedAt: '2026-11-22T10:05:00.000Z' })));
    clock.advance(60 * 60_000);
    await due(key);
    expect(types(requests.published)).toEqual(['AccessWindowOpened.v1', 'AccessExpired.v1']);
  });

  it('counts as a failure only where the grant, not just one event about it, was given up', async () => {
    const { approved, failed, requests } = service();
    await approved(received(approval()));
    await failed(received(exampleOf(accessGrantFailedV1, { requestId, grantId: a, assignment, final: false })));
    expect(requests.state(key)?.progress[a]?.failed).toBeUndefined();
    await failed(received(exampleOf(accessGrantFailedV1, { requestId, grantId: a, assignment, final: true })));
    expect(requests.state(key)?.progress[a]?.failed).toBe(true);
  });

  it('about a grant that the approved request has not is a final error', async () => {
    const { approved, granted, ended, failed } = service();
    await approved(received(approval()));
    const unknown = { requestId, grantId: other, assignment };
    await expect(granted(received(exampleOf(accessGrantedV1, unknown)))).rejects.toThrow('ERR_GRANT_UNKNOWN');
    await expect(ended(received(exampleOf(accessEndedV1, unknown)))).rejects.toThrow('ERR_GRANT_UNKNOWN');
    await expect(failed(received(exampleOf(accessGrantFailedV1, { ...unknown, final: true })))).rejects.toThrow('ERR_GRANT_UNKNOWN');
  });

  it('about its grant on another assignment is a final error, and changes nothing', async () => {
    const { approved, granted, ended, failed, requests } = service();
    await approved(received(approval()));
    const before = requests.state(key);
    for (const other of [{ principalId: '93672a4c-0009-7009-8009-000000000009' }, { accountId: '999988887777' }, { permissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-7223a1b2c3d4e5f6/ps-fedcba9876543210' }]) {
      const elsewhere = { requestId, grantId: a, assignment: { ...assignment, ...other } };
      await expect(granted(received(exampleOf(accessGrantedV1, elsewhere)))).rejects.toThrow('ERR_GRANT_UNKNOWN');
      await expect(ended(received(exampleOf(accessEndedV1, elsewhere)))).rejects.toThrow('ERR_GRANT_UNKNOWN');
      await expect(failed(received(exampleOf(accessGrantFailedV1, { ...elsewhere, final: true })))).rejects.toThrow('ERR_GRANT_UNKNOWN');
    }
    expect(requests.state(key)).toEqual(before);
  });

  it('before the approval is remembered for as many grants as a request can have', async () => {
    const { ended } = service();
    const end = (i: number) =>
      ended(received(exampleOf(accessEndedV1, { requestId, grantId: `${String(i).padStart(8, '0')}-0000-5000-8000-000000000000` })));
    for (let i = 0; i < 50; i += 1) await end(i);
    await expect(end(50)).rejects.toThrow('ERR_GRANT_UNKNOWN');
    await expect(end(49)).resolves.toBeUndefined();
  });
});

describe('what the request service answers at the start', () => {
  it.each([
    { answer: 'confirmed' as const, then: 'AccessWindowOpened.v1' },
    { answer: 'lapsed' as const, then: 'AccessRevoked.v1' },
  ])('$answer: $then', async ({ answer, then }) => {
    const { approved, due, confirmed, lapsed, clock, requests } = service();
    await approved(received(approval({ startsAt: 60 })));
    clock.advance(55 * 60_000);
    await due(key);
    if (answer === 'confirmed') await confirmed(received(exampleOf(eligibilityConfirmedV1, { requestId, grantIds: [a] })));
    else
      await lapsed(
        received(
          exampleOf(eligibilityLapsedV1, { requestId, grantIds: [a], reasons: [{ code: 'ERR_NOT_ELIGIBLE', message: 'left the group' }] }),
        ),
      );
    expect(types(requests.published)).toEqual(['AccessScheduled.v1', 'AccessOpeningDue.v1', then]);
  });
});
