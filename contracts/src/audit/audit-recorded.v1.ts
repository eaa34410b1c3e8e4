import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { digest, shortText, timestamp } from '../primitives.ts';

/** An event was recorded; carries it in OCSF for the SIEM. */
export const auditRecordedV1 = defineFact('team.audit', {
  detailType: 'AuditRecorded.v1',
  summary: 'An event was recorded; carries it in OCSF for the SIEM.',
  data: z.object({
    /** `eventId` of what was recorded; of an event that has none, the id that EventBridge gave it. */
    recordedEventId: shortText,
    detailType: shortText,
    /** `request#<id>`, or `source#<source>#<day>` for what belongs to no request. */
    chain: z.string().min(1).max(300),
    /** Counted from 1 in each chain. Every record is told of: a number that never comes is one that got lost. */
    seq: z.int().min(1),
    hash: digest,
    mapper: shortText,
    /** The event as an OCSF object; its class says which attributes it has. */
    ocsf: z.record(z.string().max(64), z.unknown()),
    recordedAt: timestamp,
  }),
});
export type AuditRecordedV1 = DataOf<typeof auditRecordedV1>;
