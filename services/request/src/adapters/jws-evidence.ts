import { digestOf, grantIdOf, requestDigestOf, type AcceptanceClaims, type Signer } from '@team/runtime';
import type { Evidence } from '../application/ports.ts';
import type { UnsignedAcceptance } from '../domain/events.ts';

/** Acceptances as JWS, signed by this service's key; ids and digests as whoever checks them computes them. */
export function jwsEvidence(signer: Signer): Evidence {
  return {
    grantIdOf,
    requestDigestOf(content) {
      const grants = content.grants.map((grant) => ({ ...grant, organizationalUnitIds: [...grant.organizationalUnitIds] }));
      const { groupIds, userIds } = content.administrators;
      return requestDigestOf({ ...content, grants, administrators: { groupIds: [...groupIds], userIds: [...userIds] } });
    },
    digestOf,
    signAcceptance: (accepted) => signer.sign('team-acceptance+jws', claimsOf(accepted)),
  };
}

function claimsOf(accepted: UnsignedAcceptance): AcceptanceClaims {
  const { requestId, requestDigest, requester, askedBy, grants, durationMinutes, startAt } = accepted;
  const { approvalRequired, breakGlass, extends: extended, acceptedAt } = accepted;
  return {
    requestId,
    requestDigest,
    requester: requester.userId,
    ...(askedBy === undefined ? {} : { askedBy: askedBy.userId }),
    grantIds: grants.map(({ grantId }) => grantId),
    durationMinutes,
    ...(startAt === undefined ? {} : { startAt }),
    approvalRequired,
    breakGlass,
    ...(extended === undefined ? {} : { extends: extended }),
    acceptedAt,
  };
}
