import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { acceptanceJws, decisionJws, grant, maximumDecisions, person, principals, proofJws, stretch, timestamp, uuid, windowBounds } from '../primitives.ts';

/** A request may be opened within its bounds; carries a proof per grant. */
export const accessApprovedV1 = defineFact('team.approval', {
  detailType: 'AccessApproved.v1',
  summary: 'A request may be opened within its bounds; carries a proof per grant.',
  data: z.object({
    requestId: uuid,
    requester: person,
    askedBy: person.optional(),
    /**
     * Each with the proof: JWS by the approval service's key over grant, principal, bounds, hashes of acceptance and decisions, and the
     * digest of all that is said here.
     */
    grants: z.array(grant.extend({ proof: proofJws })).min(1).max(50),
    window: windowBounds,
    /** Who decided, and in whose place where somebody who is away delegated; empty where policy asks for no approval. */
    approvals: z.array(z.object({ decisionId: uuid, decider: person, onBehalfOf: person.optional(), decidedAt: timestamp })).max(maximumDecisions),
    acceptedAt: timestamp,
    acceptance: acceptanceJws,
    /** Decisions as signed by their channels, in the order of `approvals`. */
    decisions: z.array(decisionJws).max(maximumDecisions),
    /** Who may end it besides the requester; membership is looked up when they do. */
    revocableBy: principals,
    breakGlass: z.boolean(),
    /** The request that this one prolongs. */
    extends: uuid.optional(),
    /** With `extends`: the first request of the stretch, which ends as a whole. */
    stretch: stretch.optional(),
    approvedAt: timestamp,
  }),
});
export type AccessApprovedV1 = DataOf<typeof accessApprovedV1>;
