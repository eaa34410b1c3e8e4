import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { digest, shortText, timestamp, uuid } from '../primitives.ts';

/** An event was recorded; carries it in OCSF for the SIEM. */
export const auditRecordedV1 = defineFact('team.audit', {
  detailType: 'AuditRecorded.v1',
  summary: 'An event was recorded; carries it in OCSF for the SIEM.',
  data: z.object({
    /** `eventId` of what was recorded. */
    recordedEventId: uuid,
    detailType: shortText,
    chain: shortText,
    seq: z.int().min(1),
    hash: digest,
    mapper: shortText,
    /** The event as an OCSF object; its class says which attributes it has. */
    ocsf: z.record(z.string().max(64), z.unknown()),
    recordedAt: timestamp,
  }),
});
export type AuditRecordedV1 = DataOf<typeof auditRecordedV1>;
