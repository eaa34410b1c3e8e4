import * as z from 'zod';
import { timestamp, uuid } from './primitives.ts';

/** What every event says about itself, beside its data. */
export const metadata = z.object({
  /** UUIDv7 from TEAM's own services; any UUID from emitters. The same event delivered again has the same one. */
  eventId: uuid,
  /** Correlation: every event of one request carries it. */
  requestId: uuid.optional(),
  /** `eventId` of what led to this event. */
  causationId: uuid.optional(),
  occurredAt: timestamp,
  /** W3C Trace Context. */
  traceparent: z.string().max(64).optional(),
});
export type Metadata = z.infer<typeof metadata>;

/** Metadata of an event that belongs to one request. */
export const requestMetadata = metadata.extend({ requestId: uuid });

/** An event as EventBridge delivers it to a queue. Field names and meanings: "AWS service event metadata", EventBridge user guide. */
export const deliveredEvent = z.object({
  id: z.string().min(1).max(128),
  'detail-type': z.string().min(1).max(128),
  source: z.string().min(1).max(256),
  account: z.string().max(12),
  time: z.string().max(64),
  detail: z.record(z.string(), z.unknown()),
});
export type DeliveredEvent = z.infer<typeof deliveredEvent>;

/** What led to a decision: the event that is being handled, or nothing where time alone did. */
export interface Cause {
  readonly eventId?: string | undefined;
  readonly traceparent?: string | undefined;
}

/** An event of the bus, checked against its contract. `source` and `account` are the bus's word for who sent it. */
export interface Received<Data> {
  readonly metadata: Metadata;
  readonly data: Data;
  readonly detailType: string;
  readonly source: string;
  readonly account: string;
  readonly cause: Cause;
}
