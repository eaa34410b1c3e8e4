import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { policyId } from '../policy.ts';
import { acceptanceJws, digest, grant, justification, minutes, organizationalUnitId, person, principals, reason, shortText, stretch, ticket, timestamp, uuid, accountId } from '../primitives.ts';

/** A request is allowed by policy; it still needs approval where it says so. */
export const accessRequestAcceptedV1 = defineFact('team.request', {
  detailType: 'AccessRequestAccepted.v1',
  summary: 'A request is allowed by policy; it still needs approval where it says so.',
  data: z.object({
    requestId: uuid,
    /** SHA-256 of the canonical JSON (RFC 8785) of what was asked, as accepted. Decisions are signed over it. */
    requestDigest: digest,
    requester: person,
    askedBy: person.optional(),
    emitter: z.object({ name: shortText, source: shortText, account: accountId }),
    grants: z
      .array(
        grant.extend({
          /** From the root down to the account's own unit. */
          organizationalUnitIds: z.array(organizationalUnitId).max(12),
          /** The one eligibility policy under which this target is allowed. */
          policyId,
        }),
      )
      .min(1)
      .max(50),
    /** Absent: as soon as it is approved. */
    startAt: timestamp.optional(),
    durationMinutes: minutes,
    justification: justification.optional(),
    ticket: ticket.optional(),
    breakGlass: z.boolean(),
    /** Whoever decides must say why. */
    commentRequired: z.boolean().optional(),
    /** Break glass: how long after its end it may go without review. */
    reviewWithinMinutes: minutes.optional(),
    /** The request that this one prolongs. */
    extends: uuid.optional(),
    /** Always there with `extends`, and only then. Policies and limits were asked about its whole duration. */
    stretch: stretch.optional(),
    approvalRequired: z.boolean(),
    approvalDeadlineMinutes: minutes,
    /** May end access besides requester and approvers. */
    administrators: principals,
    /** What people should know, for instance sessions that outlast the grant. */
    warnings: z.array(reason).max(50),
    acceptedAt: timestamp,
    /** JWS by the request service's key over request digest, requester, grant ids and whether approval is needed. */
    acceptance: acceptanceJws,
  }),
});
export type AccessRequestAcceptedV1 = DataOf<typeof accessRequestAcceptedV1>;
