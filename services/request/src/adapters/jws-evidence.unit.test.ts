import { acceptanceClaims, digestOf, requestDigestOf } from '@team/runtime';
import { accepted, wren } from '../../test/facts.ts';
import type { UnsignedAcceptance } from '../domain/events.ts';
import { jwsEvidence } from './jws-evidence.ts';

/** What was signed for an acceptance, and as what. */
async function signed(acceptance: UnsignedAcceptance) {
  const calls: { readonly type: string; readonly payload: object }[] = [];
  const evidence = jwsEvidence({
    async sign(type, payload) {
      calls.push({ type, payload });
      return 'e30.e30.c2ln';
    },
  });
  await expect(evidence.signAcceptance(acceptance)).resolves.toBe('e30.e30.c2ln');
  return calls;
}

const { userId, userName } = wren;
const whole: UnsignedAcceptance = { ...accepted, askedBy: { userId, userName }, startAt: '2026-03-03T09:00:00Z' };

describe('an acceptance', () => {
  it.each([
    ['all optional parts', whole],
    ['none', accepted],
  ])('is signed as the claims that others check it by: %s', async (_parts, acceptance) => {
    const [call] = await signed(acceptance);
    expect(call?.type).toBe('team-acceptance+jws');
    expect(acceptanceClaims.strict().parse(call?.payload)).toEqual(call?.payload);
  });

  it('binds requester, asker, grants, time, duration and whether approval is needed', async () => {
    const changes: Partial<UnsignedAcceptance>[] = [
      { requester: { userId: 'other', userName } },
      { askedBy: { userId: 'other', userName } },
      { grants: [] },
      { startAt: '2026-03-04T09:00:00Z' },
      { durationMinutes: 61 },
      { approvalRequired: false },
      { requestDigest: 'e'.repeat(64) },
    ];
    const payloads = await Promise.all([{}, ...changes].map(async (change) => (await signed({ ...whole, ...change }))[0]?.payload));
    expect(new Set(payloads.map(digestOf)).size).toBe(payloads.length);
  });

  it('has the digest that whoever holds the event computes', () => {
    const { requestDigestOf: own } = jwsEvidence({ sign: async () => '' });
    const { grants, warnings: _, ...rest } = accepted;
    const administrators = { groupIds: [...rest.administrators.groupIds], userIds: [...rest.administrators.userIds] };
    const event = { ...rest, administrators, grants: grants.map((grant) => ({ ...grant, organizationalUnitIds: [] })) };
    expect(own(accepted)).toBe(requestDigestOf(event));
    expect(own({ ...accepted, durationMinutes: 61 })).not.toBe(own(accepted));
    expect(own({ ...accepted, approvalDeadlineMinutes: 1 })).not.toBe(own(accepted));
    expect(own({ ...accepted, administrators: { groupIds: ['others'], userIds: [] } })).not.toBe(own(accepted));
    expect(own({ ...accepted, grants: grants.map((grant) => ({ ...grant, policyId: 'other' })) })).not.toBe(own(accepted));
  });
});
