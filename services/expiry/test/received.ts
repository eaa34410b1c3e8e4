import { accessApprovedV1, accessRevocationRequestedV1, type AccessApprovedV1, type AccessRevocationRequestedV1 } from '@team/contracts';
import { exampleOf } from '@team/testing';
import type { Received } from '../src/application/ports.ts';
import { alice, approve, requestId } from './scenario.ts';

/** An event as a use case gets it. */
export function received<Data>(data: Data, over: Partial<Received<Data>> = {}): Received<Data> {
  const metadata = { eventId: '01936d00-0000-7000-8000-00000000000e', requestId, occurredAt: '2026-11-22T10:05:00.000Z' };
  return {
    metadata,
    data,
    detailType: 'AccessRevocationRequested.v1',
    source: 'team.portal',
    account: '111122223333',
    cause: { eventId: metadata.eventId },
    ...over,
  };
}

/** The event of an approval. */
export function approval(asked: Parameters<typeof approve>[0] = {}): AccessApprovedV1 {
  const { approval: said, proofs } = approve(asked);
  const grants = Object.values(said.grants).map((grant) => ({ ...grant, proof: proofs[grant.grantId] ?? '' }));
  const { requester, window, acceptedAt, approvedAt, acceptance } = said;
  return exampleOf(accessApprovedV1, {
    requestId,
    requester,
    window,
    acceptedAt,
    approvedAt,
    acceptance,
    grants,
    decisions: ['de.ci.sion'],
  });
}

/** The intent of a revocation, by the requester unless told otherwise. */
export const revocation = (over: Partial<AccessRevocationRequestedV1> = {}) =>
  exampleOf(accessRevocationRequestedV1, { requestId, by: alice.userName, ...over });
